package headroom.cli.prove;

import headroom.cli.terminal.Terminal;
import java.io.Console;
import org.jspecify.annotations.Nullable;

/** Asks whoever sits at the terminal. */
final class Questions {
  private Questions() {}

  /** What was typed; null when nobody sits there. */
  static @Nullable String ask(Terminal terminal, String question) {
    Console console = System.console();
    if (console == null || !terminal.isLive()) {
      return null;
    }
    terminal.clearStatus();
    terminal.say(question);
    return console.readLine();
  }
}
