package headroom.cli;

import headroom.ledger.Prediction;
import headroom.rollup.Resolution;
import headroom.server.api.Analysis;
import headroom.store.RollupStore;
import headroom.wall.Walls;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what a server predicts, once a day (UTC) for each station, so that it can be scored when
 * reality arrives: whoever only remembers what came true always was right.
 */
final class PredictionKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PredictionKeeper.class);
  private static final long EVERY_MINUTES = 10;

  /** A prediction from the first minutes would be kept for the whole day. */
  private static final Duration LEAST_TELEMETRY = Duration.ofHours(1);

  private static final int MOST_STATIONS = 100;

  private final RollupStore store;
  private final Analysis analysis;
  private final InstantSource clock;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("headroom-ledger").unstarted(task));

  PredictionKeeper(RollupStore store, Analysis analysis, InstantSource clock) {
    this.store = store;
    this.analysis = analysis;
    this.clock = clock;
  }

  /** From now on looks now and then whether today's predictions are still to be kept. */
  void begin() {
    var unused =
        thread.scheduleWithFixedDelay(
            this::keepQuietly, EVERY_MINUTES, EVERY_MINUTES, TimeUnit.MINUTES);
  }

  private void keepQuietly() {
    try {
      keep(store, analysis, clock.instant());
    } catch (RuntimeException failed) {
      LOG.warn("today's predictions could not be kept: {}", failed.toString());
    }
  }

  /** Keeps today's, unless that was done already, and says how many. */
  static int keep(RollupStore store, Analysis analysis, Instant now) {
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
    Walls walls = analysis.walls();
    var predictions = Prediction.of(walls, now).stream().limit(MOST_STATIONS).toList();
    predictions.forEach(prediction -> store.record(prediction.event()));
    return predictions.size();
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
