package headroom.ingest;

/** A record that cannot be told from what is around it. */
final class BadRecordException extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean last;

  /**
   * @param last whether nothing behind it can be read either
   */
  BadRecordException(String message, boolean last) {
    super(message, null, false, false);
    this.last = last;
  }

  boolean isLast() {
    return last;
  }
}
