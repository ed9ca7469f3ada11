package headroom.cli.prove;

import headroom.cli.terminal.Progress;
import headroom.cli.terminal.Terminal;
import org.jspecify.annotations.Nullable;

/** Shows the course as lines and one progress bar for each part. */
public final class TerminalNarrator implements Narrator {
  private final Terminal terminal;
  private @Nullable Progress progress;
  private String part = "";

  public TerminalNarrator(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void say(String line) {
    terminal.say(line);
  }

  @Override
  public synchronized void progress(String what, double share, String detail) {
    if (progress == null || !part.equals(what)) {
      progress = new Progress(terminal, what, System::nanoTime);
      part = what;
    }
    progress.at(share, detail);
  }
}
