package headroom.drift;

import headroom.drift.HourlySeries.Column;
import headroom.model.Measure;
import headroom.model.SeriesKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The parts that the time of operations is made of: their own, which is the work that they do and
 * hardly goes with load; their statements; their calls to peers that send no telemetry. Each at
 * equal load of the service, as {@link Residuals}.
 */
final class TimeParts {
  static final String OWN_TIME = "its own time";

  private final Landscape landscape;
  private final Map<String, List<HourlySeries>> own;
  private final Map<String, List<HourlySeries>> statements;
  private final Map<String, List<HourlySeries>> calls;

  TimeParts(Landscape landscape) {
    this.landscape = landscape;
    own = byOperation(Measure.OPERATION_SELF, SeriesKey::subject);
    statements = byOperation(Measure.STATEMENT, SeriesKey::detail);
    calls = byOperation(Measure.CALL, SeriesKey::subject);
  }

  private Map<String, List<HourlySeries>> byOperation(
      Measure measure, Function<SeriesKey, String> operation) {
    Map<String, List<HourlySeries>> found = new HashMap<>();
    for (HourlySeries one : landscape.history.of(measure)) {
      String name = one.key().service() + " " + operation.apply(one.key());
      found.computeIfAbsent(name, unused -> new ArrayList<>()).add(one);
    }
    return found;
  }

  /**
   * @param what it is, such as "its own time"
   */
  record Part(String what, Residuals residuals) {}

  /** The parts of an operation of which enough is known; of the root of a trace none. */
  List<Part> of(Target target) {
    List<Part> parts = new ArrayList<>();
    if (target.measure == Measure.OPERATION) {
      add(parts, OWN_TIME, landscape.residuals(target.service, overInstances(target)));
      for (HourlySeries one : statements.getOrDefault(target.name(), List.of())) {
        add(parts, "its statement " + one.key().subject(), landscape.residuals(one, Column.P50));
      }
      for (HourlySeries one : calls.getOrDefault(target.name(), List.of())) {
        String peer = one.key().detail();
        if (!landscape.isService(peer)) {
          add(parts, "its call " + peer, landscape.residuals(one, Column.P50));
        }
      }
    }
    return parts;
  }

  private static void add(List<Part> parts, String what, @Nullable Residuals one) {
    if (one != null) {
      parts.add(new Part(what, one));
    }
  }

  /** The mean of log medians by requests: instances come and go, the operation stays. */
  private double[] overInstances(Target target) {
    Timeframe span = landscape.span;
    double[] sums = new double[span.length()];
    double[] requests = new double[span.length()];
    for (HourlySeries one : own.getOrDefault(target.name(), List.of())) {
      double[] logs = one.column(Column.P50, span.from(), span.to());
      double[] counts = one.column(Column.COUNT, span.from(), span.to());
      for (int t = 0; t < sums.length; t++) {
        if (counts[t] > 0 && Double.isFinite(logs[t])) {
          sums[t] += counts[t] * logs[t];
          requests[t] += counts[t];
        }
      }
    }
    for (int t = 0; t < sums.length; t++) {
      sums[t] /= requests[t]; // NaN where nothing is known
    }
    return sums;
  }
}
