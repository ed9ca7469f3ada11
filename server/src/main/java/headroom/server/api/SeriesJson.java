package headroom.server.api;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.store.History;
import headroom.store.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** The document of {@code GET /api/v1/series}: stored series window by window. */
final class SeriesJson {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MOST = 60;

  private SeriesJson() {}

  /** A document without data, for a store that has none. */
  static ObjectNode empty() {
    ObjectNode document = JSON.createObjectNode();
    document.putArray("series");
    return document;
  }

  static ObjectNode write(History history, Set<Measure> measures, Predicate<SeriesKey> wanted) {
    ObjectNode document = JSON.createObjectNode();
    document.put("from", history.from().toString()).put("to", history.to().toString());
    document.put("resolutionSeconds", history.resolution().seconds());
    List<Series> found = new ArrayList<>();
    for (Measure measure : measures) {
      history.of(measure).stream().filter(one -> wanted.test(one.key())).forEach(found::add);
    }
    found.sort(
        Comparator.comparing((Series one) -> one.key().measure())
            .thenComparing(one -> one.key().subject())
            .thenComparing(one -> one.key().detail())
            .thenComparing(one -> one.key().instance()));
    ArrayNode array = document.putArray("series");
    found.stream()
        .limit(MOST)
        .forEach(one -> write(array.addObject(), one, history.resolution().seconds()));
    document.put("leftOut", Math.max(0, found.size() - MOST));
    return document;
  }

  private static void write(ObjectNode node, Series series, int width) {
    SeriesKey key = series.key();
    node.put("measure", key.measure().name().toLowerCase(Locale.ROOT));
    node.put("kind", key.measure().kind().name().toLowerCase(Locale.ROOT));
    node.put("service", key.service()).put("instance", key.instance());
    node.put("subject", key.subject()).put("detail", key.detail());
    ArrayNode points = node.putArray("points");
    for (Series.Window window : series.windows()) {
      ObjectNode point = points.addObject();
      point.put("at", Instant.ofEpochSecond(window.start()).toString());
      CellJson.write(point, key.measure().kind(), window.cell(), width);
    }
  }
}
