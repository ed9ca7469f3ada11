package headroom.server.api;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import headroom.analysis.CoveredTime;
import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.rollup.Cell;
import headroom.store.History;
import headroom.store.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The document of {@code GET /api/v1/operations}: rate, errors and latency quantiles of every
 * operation, in total and by window, greatest share of the time spent first. Quantiles are of the
 * merged histograms, never averages of quantiles.
 */
final class OperationsJson {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MOST = 60;

  private OperationsJson() {}

  private record Operation(Series series, Cell total) {
    private double seconds() {
      return total.sum();
    }
  }

  /** A document without data, for a store that has none. */
  static ObjectNode empty() {
    ObjectNode document = JSON.createObjectNode();
    document.putArray("operations");
    return document;
  }

  static ObjectNode write(History history, @Nullable String service) {
    int width = history.resolution().seconds();
    List<Operation> operations = operations(history, service);
    ObjectNode document = JSON.createObjectNode();
    document.put("from", history.from().toString()).put("to", history.to().toString());
    document.put("resolutionSeconds", width);
    CoveredTime covered =
        CoveredTime.of(operations.stream().map(Operation::series).toList(), width);
    double allSeconds = operations.stream().mapToDouble(Operation::seconds).sum();
    ArrayNode array = document.putArray("operations");
    for (Operation operation : operations.stream().limit(MOST).toList()) {
      if (covered != null) {
        write(array.addObject(), operation, covered, allSeconds, width);
      }
    }
    document.put("leftOut", Math.max(0, operations.size() - MOST));
    return document;
  }

  private static List<Operation> operations(History history, @Nullable String service) {
    Map<SeriesKey, List<Series>> parts = new HashMap<>();
    for (Series series : history.of(Measure.OPERATION)) {
      SeriesKey key = series.key();
      if (service != null && !service.equals(key.service())) {
        continue;
      }
      parts
          .computeIfAbsent(
              new SeriesKey(Measure.OPERATION, key.service(), "", key.subject(), ""),
              unused -> new ArrayList<>())
          .add(series);
    }
    List<Operation> operations = new ArrayList<>();
    parts.forEach((key, instances) -> {
      Series merged = Series.merged(key, instances);
      operations.add(new Operation(merged, merged.total()));
    });
    operations.removeIf(operation -> operation.total().count() == 0);
    operations.sort(
        Comparator.comparingDouble(Operation::seconds)
            .reversed()
            .thenComparing(operation -> operation.series().key().subject()));
    return operations;
  }

  private static void write(
      ObjectNode node, Operation operation, CoveredTime covered, double allSeconds, int width) {
    SeriesKey key = operation.series().key();
    node.put("service", key.service()).put("operation", key.subject());
    if (allSeconds > 0) {
      JsonNumbers.put(node, "share", operation.seconds() / allSeconds);
    }
    CellJson.write(node, Measure.Kind.DISTRIBUTION, operation.total(), covered.seconds());
    ArrayNode points = node.putArray("points");
    for (Series.Window window : operation.series().windows()) {
      ObjectNode point = points.addObject();
      point.put("at", Instant.ofEpochSecond(window.start()).toString());
      CellJson.write(point, Measure.Kind.DISTRIBUTION, window.cell(), width);
    }
  }
}
