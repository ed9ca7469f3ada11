package headroom.cli.terminal;

/** What the exit codes mean; the same for every command. */
public final class ExitCode {
  /** Fine. */
  public static final int OK = 0;

  /** The answer is no: an objective failed, a gate is breached. */
  public static final int NO = 1;

  /** The question could not be asked: usage, a file, a connection. */
  public static final int NOT_ASKED = 2;

  /** Interrupted by Ctrl-C. */
  public static final int INTERRUPTED = 130;

  private ExitCode() {}
}
