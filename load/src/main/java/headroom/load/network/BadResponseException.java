package headroom.load.network;

/** Bytes that are no response, or one over a limit. */
public final class BadResponseException extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean tooLarge;

  public BadResponseException(boolean tooLarge, String message) {
    super(message, null, false, false);
    this.tooLarge = tooLarge;
  }

  public boolean isTooLarge() {
    return tooLarge;
  }
}
