package headroom.store;

/** A store could not do what it was asked to; the message says why and what helps. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
