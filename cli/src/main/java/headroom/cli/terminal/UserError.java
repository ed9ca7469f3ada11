package headroom.cli.terminal;

/**
 * Something the user can mend: said in one or two lines, without a stack trace, with exit code
 * {@link ExitCode#NOT_ASKED}.
 */
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param what what is wrong and where
   * @param next what to do about it
   */
  public UserError(String what, String next) {
    super(what + System.lineSeparator() + next);
  }
}
