package headroom.drift;

import headroom.drift.HourlySeries.Column;
import headroom.model.Measure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All that is known of the span: the targets, the rates of services, and who calls whom. */
final class Landscape {
  private static final List<Measure> TARGETS =
      List.of(Measure.OPERATION, Measure.SERVER_DURATION, Measure.ACTION);

  final HourlyHistory history;
  final Timeframe span;
  final List<Target> targets = new ArrayList<>();
  private final Map<String, double[]> rates = new TreeMap<>();
  private final Map<String, Set<String>> callees = new HashMap<>();

  Landscape(HourlyHistory history, Timeframe span) {
    this.history = history;
    this.span = span;
    for (Measure measure : TARGETS) {
      Map<String, List<HourlySeries>> services = new TreeMap<>();
      for (HourlySeries one : history.of(measure)) {
        services.computeIfAbsent(one.key().service(), unused -> new ArrayList<>()).add(one);
      }
      services.forEach((service, parts) ->
          rates.computeIfAbsent(
              service, unused -> HourlyHistory.sum(parts, Column.COUNT, span.from(), span.to())));
    }
    for (HourlySeries call : history.of(Measure.CALL)) {
      callees
          .computeIfAbsent(call.key().service(), unused -> new HashSet<>())
          .add(call.key().detail());
    }
    var parts = new TimeParts(this);
    for (Measure measure : TARGETS) {
      for (HourlySeries one : history.of(measure)) {
        if (measure != Measure.SERVER_DURATION || !hasOperations(one.key().service())) {
          Target target = Target.of(one, span, rate(one.key().service()));
          if (target.isKnown()) {
            parts.of(target).forEach(target::considerPart);
            targets.add(target);
          }
        }
      }
    }
  }

  private boolean hasOperations(String service) {
    return history.of(Measure.OPERATION).stream()
        .anyMatch(one -> one.key().service().equals(service));
  }

  /** Requests to a service by hour; NaN where unknown. */
  double[] rate(String service) {
    double[] known = rates.get(service);
    if (known != null) {
      return known;
    }
    double[] unknown = new double[span.length()];
    Arrays.fill(unknown, 1);
    return unknown;
  }

  boolean isService(String name) {
    return rates.containsKey(name);
  }

  Set<String> callees(String service) {
    return callees.getOrDefault(service, Set.of());
  }

  /** Whether one of them is the other or calls it. */
  boolean areLinked(String service, String other) {
    return service.equals(other)
        || callees(service).contains(other)
        || callees(other).contains(service);
  }

  /** What a column of a series does at equal load; null when too little is known. */
  @Nullable Residuals residuals(HourlySeries series, Column column) {
    return residuals(series.key().service(), series.column(column, span.from(), span.to()));
  }

  /** What logarithms do at equal load of a service. */
  @Nullable Residuals residuals(String service, double[] logs) {
    return Residuals.of(span, logs, Target.logs(rate(service)), new double[logs.length]);
  }
}
