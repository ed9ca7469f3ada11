package headroom.cli.serve;

import headroom.analysis.Analysis;
import headroom.analysis.DailyPredictions;
import headroom.store.RollupStore;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread of a server that keeps each day's predictions. */
final class PredictionKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PredictionKeeper.class);
  private static final long EVERY_MINUTES = 10;

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
      DailyPredictions.keep(store, analysis, clock.instant());
    } catch (RuntimeException failed) {
      LOG.warn("today's predictions could not be kept: {}", failed.toString());
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
