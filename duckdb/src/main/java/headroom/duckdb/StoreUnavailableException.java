package headroom.duckdb;

/** A data folder cannot be used; the message says which, why, and what to do about it. */
public final class StoreUnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why a folder cannot be used. */
  public enum Reason {
    /** Another live process has it open. */
    HELD,
    /** It cannot be created, read or written. */
    NOT_WRITABLE,
    DISK_FULL,
    /** Its files are not what they should be. */
    CORRUPT,
    /** A newer version of Headroom wrote it. */
    NEWER,
    OTHER
  }

  private final Reason reason;

  StoreUnavailableException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  StoreUnavailableException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
