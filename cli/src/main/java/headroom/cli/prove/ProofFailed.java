package headroom.cli.prove;

/** A proof could not be brought to its end; the message says why. */
public final class ProofFailed extends Exception {
  private static final long serialVersionUID = 1L;

  ProofFailed(String message) {
    super(message);
  }
}
