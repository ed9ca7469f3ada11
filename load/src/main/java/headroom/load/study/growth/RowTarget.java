package headroom.load.study.growth;

/** Where rows go. Used by one thread. */
interface RowTarget extends AutoCloseable {
  /** How many rows are there. */
  long present() throws RowsFailed, InterruptedException;

  /** The most rows that one call takes. */
  int batch();

  /** Writes rows {@code first} to {@code first + count - 1}: all of them, or it throws. */
  void write(long first, int count) throws RowsFailed, InterruptedException;

  @Override
  void close();

  /** Why rows could not be written. */
  final class RowsFailed extends Exception {
    private static final long serialVersionUID = 1;

    RowsFailed(String message, Throwable cause) {
      super(message, cause);
    }

    RowsFailed(String message) {
      super(message);
    }
  }
}
