package headroom.load.network;

/** The target cannot be loaded at all; the message says why. */
public final class TargetUnusableException extends Exception {
  private static final long serialVersionUID = 1;

  public TargetUnusableException(String message) {
    super(message);
  }

  public TargetUnusableException(String message, Throwable cause) {
    super(message, cause);
  }
}
