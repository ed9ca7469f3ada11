package headroom.cli;

import java.io.PrintStream;
import java.util.Locale;

/**
 * Where a command speaks: results to standard output, everything else to standard error, so that
 * {@code --json} output can be piped.
 */
final class Terminal {
  private final PrintStream out;
  private final PrintStream err;
  private final boolean live;

  /**
   * @param live whether {@code err} is a terminal on which a line can be redrawn
   */
  Terminal(PrintStream out, PrintStream err, boolean live) {
    this.out = out;
    this.err = err;
    this.live = live;
  }

  /**
   * The process's own streams. Java cannot ask whether standard error is a terminal; the launcher
   * can, and says so in the property {@code headroom.live}.
   */
  static Terminal ofProcess() {
    boolean dumb = "dumb".equals(System.getenv("TERM")) || System.getenv("CI") != null;
    return new Terminal(System.out, System.err, Boolean.getBoolean("headroom.live") && !dumb);
  }

  /** A line of the result. */
  void result(String line) {
    out.println(line);
    out.flush();
  }

  /** A line of news about the work. */
  void say(String line) {
    if (live) {
      err.print("\r\033[K");
    }
    err.println(line);
  }

  void say(String format, Object... arguments) {
    say(String.format(Locale.ROOT, format, arguments));
  }

  /** Redraws the status line; on anything but a terminal it does nothing. */
  void status(String text) {
    if (live) {
      err.print("\r\033[K" + text);
      err.flush();
    }
  }

  /** Removes the status line. */
  void clearStatus() {
    status("");
  }

  boolean isLive() {
    return live;
  }

  PrintStream out() {
    return out;
  }

  PrintStream err() {
    return err;
  }
}
