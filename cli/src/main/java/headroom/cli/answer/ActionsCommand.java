package headroom.cli.answer;

import headroom.cli.terminal.Terminal;
import headroom.server.api.ActionsJson;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The work that each user action causes. */
@Command(
    name = "actions",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Work per user action: calls, statements, database time, depth, retries.",
    footerHeading = "%nExamples:%n",
    footer = {"  headroom actions", "  headroom actions --server http://127.0.0.1:8080 --json"})
public final class ActionsCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private Question question;

  public ActionsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    return question.answer(
        terminal,
        "/api/v1/actions",
        analysis -> ActionsJson.write(analysis.actions()),
        ActionsText::lines);
  }
}
