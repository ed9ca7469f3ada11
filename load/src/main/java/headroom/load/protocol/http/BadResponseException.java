package headroom.load.protocol.http;

/** Bytes that are no response, or one over a limit. */
final class BadResponseException extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean tooLarge;

  BadResponseException(boolean tooLarge, String message) {
    super(message, null, false, false);
    this.tooLarge = tooLarge;
  }

  boolean isTooLarge() {
    return tooLarge;
  }
}
