package headroom.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import headroom.analysis.WindowAnalysis;
import headroom.store.RollupStore;
import headroom.wall.Objective;
import java.time.Instant;
import java.util.List;

/** Answers about a stretch of time that is named, such as that of a test. */
final class Windows {
  private static final JsonMapper JSON = new JsonMapper();
  private static final double LONGEST_SECONDS = 3_600;

  private final RollupStore store;

  Windows(RollupStore store) {
    this.store = store;
  }

  /** The walls that it alone lets one see, for an objective of one's own. */
  JsonNode walls(Query query) {
    if (query.text("whatIf") != null || query.text("growth") != null || query.text("launch") != null) {
      throw ApiException.badRequest(
          "whatIf, growth and launch are about now, so from and to have no use there",
          "Ask one after the other.");
    }
    Objective usual = Objective.DEFAULT;
    var objective =
        new Objective(
            query.number("quantile", usual.quantile(), 0, 0.99999),
            query.number("seconds", usual.seconds(), 0, LONGEST_SECONDS),
            query.number("errors", usual.errorShare(), 0, 1));
    long seed = (long) query.number("seed", 1, -1, Long.MAX_VALUE);
    List<Double> at = query.multiples("at");
    return WallsJson.write(window(query).walls(objective, seed), at);
  }

  /** How many requests users made in it, and how busy each station was. */
  JsonNode stations(Query query) {
    WindowAnalysis window = window(query);
    ObjectNode document = JSON.createObjectNode();
    document.put("actions", window.actions()).put("seconds", window.time().toSeconds());
    ArrayNode stations = document.putArray("stations");
    window
        .uses(query.number("quantile", Objective.DEFAULT.quantile(), 0, 0.99999))
        .byStation()
        .forEach((station, use) -> {
          ObjectNode one = stations.addObject().put("station", station.text());
          JsonNumbers.put(one, "utilization", use.utilization());
          use.waitSeconds().ifPresent(seconds -> JsonNumbers.put(one, "waitSeconds", seconds));
        });
    return document;
  }

  private WindowAnalysis window(Query query) {
    Instant from = query.instant("from");
    Instant to = query.instant("to");
    if (from == null || to == null) {
      throw ApiException.badRequest(
          "say which time: from or to is missing",
          "Ask with ?from=2026-11-21T10:00:00Z&to=2026-11-21T10:10:00Z.");
    }
    try {
      return WindowAnalysis.of(store, from, to);
    } catch (IllegalArgumentException wrong) {
      throw ApiException.badRequest(String.valueOf(wrong.getMessage()), "Ask for less.");
    }
  }
}
