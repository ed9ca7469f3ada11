package headroom.cli.exam.recordings;

import headroom.cli.exam.recordings.RecordingFolder.SeriesFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads series as the M4 competition published them, one at a time: a row begins with the series'
 * name, and ends where cells are empty or NA. What came stands in the same row of the other file.
 *
 * <pre>
 *   Daily-train.csv   "V1","V2","V3",…        Daily-test.csv   "V1","V2",…
 *                     "D1","1017.1","1019.3"                   "D1","2030.5"
 * </pre>
 */
public final class SeriesReader implements AutoCloseable {
  /** Longer than any published series. */
  private static final int LONGEST_ROW = 4 << 20;

  private final SeriesFiles files;
  private final Rows train;
  private final Rows test;
  private boolean begun;

  /** Opens both files. */
  public SeriesReader(SeriesFiles files) throws IOException {
    this.files = files;
    train = new Rows(files.train());
    try {
      test = new Rows(files.test());
    } catch (IOException e) {
      train.close();
      throw e;
    }
  }

  /**
   * A series.
   *
   * @param actual what came after its history
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  public record SplitSeries(String name, double[] history, double[] actual) {}

  /** How many rows a file has below its head. */
  public static long rows(Path file) throws IOException {
    long lines = 0;
    boolean within = false;
    try (Reader in = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      char[] some = new char[1 << 16];
      for (int read = in.read(some); read > 0; read = in.read(some)) {
        for (int i = 0; i < read; i++) {
          lines += some[i] == '\n' ? 1 : 0;
        }
        within = some[read - 1] != '\n';
      }
    }
    return Math.max(0, lines + (within ? 1 : 0) - 1);
  }

  /** Passes over some rows. */
  public void skip(long rows) throws IOException, UnusableFileException {
    passHeads();
    for (long i = 0; i < rows; i++) {
      train.next();
      test.next();
    }
  }

  /**
   * The next series, null at the end.
   *
   * @throws UnusableFileException when a row is no series; the message says which and why
   */
  public @Nullable SplitSeries next() throws IOException, UnusableFileException {
    passHeads();
    String before = train.next();
    String after = test.next();
    if (before == null || after == null) {
      return null;
    }
    String name = nameOf(before);
    if (!name.equals(nameOf(after))) {
      throw new UnusableFileException(
          files.test(),
          "line %d is of %s, the same line of %s of %s; both must have the same order"
              .formatted(test.number, nameOf(after), files.train().getFileName(), name));
    }
    return new SplitSeries(name, train.values(before), test.values(after));
  }

  private void passHeads() throws IOException, UnusableFileException {
    if (!begun) {
      begun = true;
      train.next();
      test.next();
    }
  }

  private static String nameOf(String row) {
    int end = row.indexOf(',');
    return unquoted(end < 0 ? row : row.substring(0, end));
  }

  private static String unquoted(String cell) {
    String text = cell.strip();
    return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
        ? text.substring(1, text.length() - 1)
        : text;
  }

  @Override
  public void close() throws IOException {
    try (train) {
      test.close();
    }
  }

  /** The rows of a file. */
  private static final class Rows implements AutoCloseable {
    private final Path file;
    private final BufferedReader in;
    private long number;

    Rows(Path file) throws IOException {
      this.file = file;
      in = Files.newBufferedReader(file, StandardCharsets.UTF_8);
    }

    @Nullable String next() throws IOException, UnusableFileException {
      number++;
      var row = new StringBuilder();
      while (true) {
        int read = in.read();
        if (read < 0) {
          return row.isEmpty() ? null : row.toString();
        }
        if (read == '\n') {
          return row.toString();
        }
        if (row.length() == LONGEST_ROW) {
          throw new UnusableFileException(
              file, "line %d is longer than any series".formatted(number));
        }
        row.append((char) read);
      }
    }

    double[] values(String row) throws UnusableFileException {
      double[] values = new double[64];
      int count = 0;
      int from = row.indexOf(',') + 1;
      while (from > 0) {
        int comma = row.indexOf(',', from);
        String cell = unquoted(row.substring(from, comma < 0 ? row.length() : comma));
        if (cell.isEmpty() || cell.equals("NA")) {
          break;
        }
        if (count == values.length) {
          values = Arrays.copyOf(values, 2 * count);
        }
        values[count++] = number(cell);
        from = comma + 1;
      }
      return Arrays.copyOf(values, count);
    }

    private double number(String cell) throws UnusableFileException {
      try {
        double value = Double.parseDouble(cell);
        if (Double.isFinite(value)) {
          return value;
        }
      } catch (NumberFormatException e) {
        // Told below, as what is not finite is.
      }
      throw new UnusableFileException(
          file, "line %d: '%s' is not a number".formatted(number, cell));
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
