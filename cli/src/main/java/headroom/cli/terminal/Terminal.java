package headroom.cli.terminal;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * Where a command speaks: results to standard output, everything else to standard error, so that
 * {@code --json} output can be piped.
 */
public final class Terminal {
  /** No terminal is narrower than this in practice. */
  private static final int NARROW = 79;

  private final PrintStream out;
  private final PrintStream err;
  private final boolean live;

  /** Lines of the panel that is shown now, the cursor below it. */
  private int panelLines;

  /**
   * @param live whether {@code err} is a terminal on which a line can be redrawn
   */
  public Terminal(PrintStream out, PrintStream err, boolean live) {
    this.out = out;
    this.err = err;
    this.live = live;
  }

  /**
   * The process's own streams. Java cannot ask whether standard error is a terminal; the launcher
   * can, and says so in the property {@code headroom.live}.
   */
  public static Terminal ofProcess() {
    boolean dumb = "dumb".equals(System.getenv("TERM")) || System.getenv("CI") != null;
    return new Terminal(System.out, System.err, Boolean.getBoolean("headroom.live") && !dumb);
  }

  /** A line of the result. */
  public void result(String line) {
    out.println(line);
    out.flush();
  }

  /** A line of news about the work. */
  public synchronized void say(String line) {
    if (live) {
      err.print(erased());
    }
    err.println(line);
  }

  public void say(String format, Object... arguments) {
    say(String.format(Locale.ROOT, format, arguments));
  }

  /** Redraws the status line; on anything but a terminal it does nothing. */
  public synchronized void status(String text) {
    if (live) {
      err.print(erased() + text);
      err.flush();
    }
  }

  /** Redraws several lines at once; on anything but a terminal it does nothing. */
  public synchronized void panel(List<String> lines) {
    if (live) {
      var text = new StringBuilder(erased());
      for (String line : lines) {
        // A line that wraps would be two, and the next redrawing one too low.
        text.append(line, 0, Math.min(line.length(), NARROW)).append('\n');
      }
      panelLines = lines.size();
      err.print(text);
      err.flush();
    }
  }

  /** What removes the status line or the panel. */
  private String erased() {
    String text = panelLines == 0 ? "\r\033[K" : "\r\033[" + panelLines + "A\033[J";
    panelLines = 0;
    return text;
  }

  /** Removes the status line. */
  public void clearStatus() {
    status("");
  }

  public boolean isLive() {
    return live;
  }

  public PrintStream out() {
    return out;
  }

  public PrintStream err() {
    return err;
  }
}
