package headroom.server.api;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import headroom.analysis.Actions;
import headroom.analysis.Actions.Action;
import headroom.analysis.Actions.Work;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The document of {@code actions --json} and {@code GET /api/v1/actions}. */
public final class ActionsJson {
  private static final JsonMapper JSON = new JsonMapper();

  private ActionsJson() {}

  /** All actions; work that was not measured is left out. Durations are in seconds. */
  public static ObjectNode write(Actions actions) {
    ObjectNode document = JSON.createObjectNode();
    Instant from = actions.from();
    Instant to = actions.to();
    if (from != null && to != null) {
      document.put("windowStart", from.toString()).put("windowEnd", to.toString());
    }
    ArrayNode array = document.putArray("actions");
    actions.actions().forEach(action -> write(array.addObject(), action));
    return document;
  }

  private static void write(ObjectNode node, Action action) {
    node.put("service", action.service()).put("action", action.action());
    JsonNumbers.put(node, "perSecond", action.perSecond());
    JsonNumbers.put(node, "errorShare", action.errorShare());
    write(node, "responseSeconds", action.response());
    write(node, "calls", action.calls());
    write(node, "statements", action.statements());
    write(node, "databaseSeconds", action.databaseSeconds());
    write(node, "depth", action.depth());
    write(node, "retries", action.retries());
    ArrayNode repeats = node.putArray("repeats");
    for (Actions.Repeat repeat : action.repeats()) {
      ObjectNode inner = repeats.addObject().put("statement", repeat.statement());
      JsonNumbers.put(inner, "mean", repeat.mean());
      JsonNumbers.put(inner, "max", repeat.max());
    }
  }

  private static void write(ObjectNode node, String name, @Nullable Work work) {
    if (work != null) {
      ObjectNode inner = node.putObject(name);
      JsonNumbers.put(inner, "mean", work.mean());
      JsonNumbers.put(inner, "p50", work.p50());
      JsonNumbers.put(inner, "p95", work.p95());
      JsonNumbers.put(inner, "p99", work.p99());
      JsonNumbers.put(inner, "max", work.max());
    }
  }
}
