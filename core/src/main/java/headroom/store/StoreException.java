package headroom.store;

import org.jspecify.annotations.Nullable;

/** A store could not do what it was asked to; the message says why and what helps. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
