package headroom.cli.answer;

import headroom.cli.terminal.Terminal;
import headroom.cli.terminal.UserError;
import headroom.server.api.FindingsJson;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is wrong now. */
@Command(
    name = "findings",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "What is wrong now, worst first, each with its evidence and what to do next.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  headroom findings",
      "  headroom findings --since 2026-11-21T10:00:00Z --json",
      "  headroom findings --since PT2H          the last two hours",
      "  headroom findings --p99 2s --errors 0.5%%"
    })
public final class FindingsCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private Question question;
  @Mixin private ObjectiveOptions objectives;

  @Option(
      names = "--since",
      paramLabel = "T",
      description = "only what began at or after this time, or this long ago (ISO 8601)")
  private @Nullable String since;

  public FindingsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    Instant from = since == null ? null : time(since);
    return question.answer(
        terminal,
        objectives,
        "/api/v1/findings" + (from == null ? "" : "?since=" + from),
        analysis -> FindingsJson.write(analysis.findings(), analysis.objectives(), from),
        FindingsText::lines);
  }

  private static Instant time(String text) {
    try {
      return text.startsWith("P")
          ? Instant.now().minus(Duration.parse(text))
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new UserError(
          "--since must be a time or a duration, got '" + text + "'",
          "Such as 2026-11-21T10:00:00Z or PT2H.");
    }
  }
}
