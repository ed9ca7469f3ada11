package headroom.duckdb;

import headroom.duckdb.StoreUnavailableException.Reason;
import headroom.store.StoreException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** Turns DuckDB's errors, which only their text tells apart, into ones that say what to do. */
final class Failures {
  /** In this order, since a message can match several. */
  private static final List<Clue> CLUES =
      List.of(
          new Clue("conflicting lock", Reason.HELD, "close the program that has its database open"),
          new Clue("no space left", Reason.DISK_FULL, "free some space on its disk"),
          new Clue("disk quota", Reason.DISK_FULL, "free some space on its disk"),
          new Clue("file too large", Reason.DISK_FULL, "raise the limit on the size of files"),
          new Clue("newer version", Reason.NEWER, "start the newer version of Headroom"),
          new Clue("permission denied", Reason.NOT_WRITABLE, "make its files writable"),
          new Clue("read-only file system", Reason.NOT_WRITABLE, "make its disk writable"),
          new Clue("not a valid duckdb", Reason.CORRUPT, Clue.RESTORE),
          new Clue("corrupt", Reason.CORRUPT, Clue.RESTORE),
          new Clue("checksum", Reason.CORRUPT, Clue.RESTORE),
          new Clue("serialization error", Reason.CORRUPT, Clue.RESTORE));

  private record Clue(String text, Reason reason, String help) {
    static final String RESTORE =
        "restore it from a backup, or move it away to start with an empty one";
  }

  private Failures() {}

  static StoreUnavailableException unavailable(Path folder, SQLException e) {
    Clue clue = clue(e);
    return new StoreUnavailableException(
        clue.reason, "data folder %s cannot be opened: %s".formatted(folder, text(e, clue)), e);
  }

  static StoreException failed(Path folder, SQLException e) {
    return new StoreException("data folder %s: %s".formatted(folder, text(e, clue(e))), e);
  }

  /** A commit failed, so that only a look at the database can tell whether it is kept. */
  static StoreException uncertain(Path folder, SQLException e) {
    return failed(folder, new UncertainCommit(e));
  }

  static boolean isUncertain(StoreException e) {
    return e.getCause() instanceof UncertainCommit;
  }

  private static final class UncertainCommit extends SQLException {
    private static final long serialVersionUID = 1L;

    UncertainCommit(SQLException cause) {
      super(cause.getMessage(), cause);
    }
  }

  static StoreUnavailableException noNativeLibrary(LinkageError e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return new StoreUnavailableException(
        Reason.OTHER,
        "DuckDB's native library cannot be loaded (%s); it is unpacked to %s, which needs 100 MB free, or another folder given with -Djava.io.tmpdir"
            .formatted(cause, System.getProperty("java.io.tmpdir")),
        e);
  }

  /** Whether the database refuses all work until it is opened anew. */
  static boolean isFatal(Throwable e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("database has been invalidated")
        || message.contains("FATAL")
        || message.contains("Reopen the database")
        || (e.getCause() != null && isFatal(e.getCause()));
  }

  private static String text(SQLException e, Clue clue) {
    String first = firstLine(e);
    return clue.help.isEmpty() ? first : first + "; " + clue.help;
  }

  static String firstLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("unknown error");
  }

  private static Clue clue(SQLException e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return CLUES.stream()
        .filter(clue -> message.contains(clue.text))
        .findFirst()
        .orElse(new Clue("", Reason.OTHER, ""));
  }
}
