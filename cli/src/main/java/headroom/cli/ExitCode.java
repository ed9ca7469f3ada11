package headroom.cli;

/** What the exit codes mean; the same for every command. */
final class ExitCode {
  /** Fine. */
  static final int OK = 0;

  /** The answer is no: an objective failed, a gate is breached. */
  static final int NO = 1;

  /** The question could not be asked: usage, a file, a connection. */
  static final int NOT_ASKED = 2;

  /** Interrupted by Ctrl-C. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
