package headroom.cli.answer;

import com.fasterxml.jackson.databind.JsonNode;
import headroom.analysis.StoreAnalysis;
import headroom.cli.data.DataFolder;
import headroom.cli.data.LocalStore;
import headroom.cli.data.ServerClient;
import headroom.cli.terminal.ExitCode;
import headroom.cli.terminal.JsonText;
import headroom.cli.terminal.Terminal;
import headroom.cli.terminal.UserError;
import headroom.forecast.GrowthPlan;
import headroom.wall.Objectives;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Whom to ask: a running server, or a folder that nobody holds. Without either option the default
 * folder is asked, through the server that holds it if there is one.
 */
final class Question {
  @Mixin private DataFolder folder;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "ask a running server, such as http://127.0.0.1:8080")
  private @Nullable URI server;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      defaultValue = "${env:HEADROOM_TOKEN}",
      description = "the token that the server wants, if it does")
  private @Nullable String token;

  @Option(names = "--json", description = "print the document for machines")
  private boolean json;

  /** Gets the document and prints it, as JSON or in words. */
  int answer(
      Terminal terminal,
      String pathAndQuery,
      Function<StoreAnalysis, JsonNode> local,
      Function<JsonNode, List<String>> words)
      throws InterruptedException {
    return print(terminal, document(pathAndQuery, Optional.empty(), local), words);
  }

  /** The same where the user may say what must hold. */
  int answer(
      Terminal terminal,
      ObjectiveOptions objectives,
      String pathAndQuery,
      Function<StoreAnalysis, JsonNode> local,
      Function<JsonNode, List<String>> words)
      throws InterruptedException {
    Optional<Objectives> stated =
        objectives.isGiven() ? Optional.of(objectives.objectives()) : Optional.empty();
    return print(terminal, document(pathAndQuery, stated, local), words);
  }

  private int print(Terminal terminal, JsonNode document, Function<JsonNode, List<String>> words) {
    if (json) {
      terminal.result(JsonText.pretty(document));
    } else {
      words.apply(document).forEach(terminal::result);
    }
    return ExitCode.OK;
  }

  private JsonNode document(
      String pathAndQuery, Optional<Objectives> stated, Function<StoreAnalysis, JsonNode> local)
      throws InterruptedException {
    URI asked = server;
    if (asked != null && folder.isGiven()) {
      throw new UserError("both --data and --server are given", "Give one of them.");
    }
    if (asked == null) {
      asked = LocalStore.serverOf(folder.path());
    }
    if (asked != null && stated.isPresent()) {
      throw new UserError(
          "the server at %s judges by its own objectives".formatted(asked),
          "State them in its configuration (`headroom serve --config FILE`), or ask a folder that"
              + " no server holds.");
    }
    if (asked != null) {
      return new ServerClient(asked, token).get(pathAndQuery);
    }
    LocalStore.requireData(folder.path());
    try (LocalStore store = folder.open()) {
      return local.apply(
          new StoreAnalysis(store.rollups(), stated.orElse(Objectives.DEFAULT), GrowthPlan.NONE));
    }
  }
}
