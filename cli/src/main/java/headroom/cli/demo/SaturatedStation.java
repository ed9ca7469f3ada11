package headroom.cli.demo;

import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.rollup.Cell;
import headroom.store.History;
import headroom.store.Series;
import headroom.wall.Objective;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Which station had no room left while the objective failed, read from the telemetry of that time
 * by plain thresholds and so independent of the predictor.
 *
 * <p>The objective fails before a station is quite full: at p99 a pool of a few connections makes
 * requests wait too long from about three quarters of its capacity on. So where waiting is reported
 * it decides, and only else how full a station was. The deepest station is named: a pool that is
 * full because the processor is, is a symptom.
 */
final class SaturatedStation {
  private static final double PROCESSOR_FULL = 0.93;
  private static final double MAKES_WAIT = 0.7;

  /** Waiting that long at the objective's quantile, as a share of what it allows, explains it. */
  private static final double WAIT_SHARE = 0.4;

  private SaturatedStation() {}

  /** The station that was full, empty when none was by these thresholds. */
  static Optional<String> during(History failing, Objective objective) {
    return fullProcessor(failing)
        .or(() -> longestWait(failing, objective))
        .or(() -> fullest(failing, Measure.POOL_USED, Measure.POOL_LIMIT, "pool"))
        .or(() -> fullest(failing, Measure.EXECUTOR_ACTIVE, Measure.EXECUTOR_LIMIT, "executor"))
        .or(() -> fullest(failing, Measure.THREADS_BUSY, Measure.THREADS_LIMIT, "threads"));
  }

  private static Optional<String> fullProcessor(History failing) {
    return failing.of(Measure.HOST_CPU_UTILIZATION).stream()
        .filter(series -> series.total().mean().orElse(0) >= PROCESSOR_FULL)
        .findFirst()
        .map(series -> series.key().service() + "/cpu");
  }

  private static Optional<String> longestWait(History failing, Objective objective) {
    String best = null;
    double longest = WAIT_SHARE * objective.seconds();
    for (Series series : failing.of(Measure.POOL_WAIT)) {
      double wait = series.total().quantile(objective.quantile()).orElse(0);
      if (wait >= longest) {
        longest = wait;
        best = "%s/pool/%s".formatted(series.key().service(), series.key().subject());
      }
    }
    return Optional.ofNullable(best);
  }

  private static Optional<String> fullest(
      History failing, Measure used, Measure limit, String kind) {
    String best = null;
    double bestUtilization = MAKES_WAIT;
    for (Series series : failing.of(used)) {
      OptionalDouble room = last(failing, limit, series.key());
      Cell total = series.total();
      if (room.isEmpty() || total.count() == 0 || !(room.getAsDouble() > 0)) {
        continue;
      }
      double utilization = total.sum() / total.count() / room.getAsDouble();
      if (utilization >= bestUtilization) {
        bestUtilization = utilization;
        best = "%s/%s/%s".formatted(series.key().service(), kind, series.key().subject());
      }
    }
    return Optional.ofNullable(best);
  }

  private static OptionalDouble last(History failing, Measure limit, SeriesKey used) {
    return failing.of(limit).stream()
        .filter(series ->
            series.key().service().equals(used.service())
                && series.key().instance().equals(used.instance())
                && series.key().subject().equals(used.subject()))
        .mapToDouble(series -> series.total().last())
        .findFirst();
  }
}
