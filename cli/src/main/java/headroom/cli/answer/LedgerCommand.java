package headroom.cli.answer;

import headroom.cli.terminal.Terminal;
import headroom.server.api.LedgerJson;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What was predicted, and what became of it. */
@Command(
    name = "ledger",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Every prediction that was kept, with its interval, and whether it turned out right. A server"
          + " keeps those of each station once a day, the demo its own."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  headroom ledger", "  headroom ledger --server http://127.0.0.1:8080 --json"})
public final class LedgerCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private Question question;

  public LedgerCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    return question.answer(
        terminal,
        "/api/v1/ledger",
        analysis -> LedgerJson.write(analysis.ledger()),
        LedgerText::lines);
  }
}
