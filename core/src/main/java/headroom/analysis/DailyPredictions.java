package headroom.analysis;

import headroom.ledger.Prediction;
import headroom.rollup.Resolution;
import headroom.store.RollupStore;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * What is predicted of each station, kept once a day (UTC), so that it can be scored when reality
 * arrives: whoever only remembers what came true always was right.
 */
public final class DailyPredictions {
  /** A prediction from the first minutes would be kept for the whole day. */
  private static final Duration LEAST_TELEMETRY = Duration.ofHours(1);

  private static final int MOST_STATIONS = 100;

  private DailyPredictions() {}

  /** Keeps today's in the store, unless that was done already, and says how many. */
  public static int keep(RollupStore store, Analysis analysis, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    RollupStore.Extent extent = store.extent(Resolution.MINUTE).orElse(null);
    if (extent == null
        || Duration.between(extent.from(), extent.to()).compareTo(LEAST_TELEMETRY) < 0
        || extent.to().isBefore(now.minus(LEAST_TELEMETRY))) {
      return 0;
    }
    Instant midnight = today.atStartOfDay(ZoneOffset.UTC).toInstant();
    if (!store.events(midnight, midnight.plus(Duration.ofDays(1)), Prediction.KIND).isEmpty()) {
      return 0;
    }
    List<Prediction> predictions =
        Prediction.of(analysis.walls(), now).stream().limit(MOST_STATIONS).toList();
    predictions.forEach(prediction -> store.record(prediction.event()));
    return predictions.size();
  }
}
