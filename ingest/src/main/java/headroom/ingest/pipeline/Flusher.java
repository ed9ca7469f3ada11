package headroom.ingest.pipeline;

import headroom.rollup.Resolution;
import headroom.store.RollupStore;
import headroom.store.RollupStore.Extent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes drained tables into the store on its own thread, one batch at a time. A batch that the
 * store refused is kept and tried again at the next flush; until it is written nothing more is
 * drained, so that what waits is never more than one batch and the (bounded) tables.
 */
final class Flusher {
  private static final Logger LOG = LoggerFactory.getLogger(Flusher.class);
  private static final Duration BETWEEN_EXPIRIES = Duration.ofMinutes(10);

  private final RollupStore store;
  private final InstantSource clock;
  private final IngestCounters counters;
  private final SeenServices services;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(task -> daemon(task, "flusher"));

  private final AtomicReference<IngestWorker.@Nullable Batch> waiting = new AtomicReference<>();
  private volatile @Nullable String failure;
  private @Nullable Instant lastExpiry;

  Flusher(RollupStore store, InstantSource clock, IngestCounters counters, SeenServices services) {
    this.store = store;
    this.clock = clock;
    this.counters = counters;
    this.services = services;
  }

  static Thread daemon(Runnable task, String name) {
    var thread = new Thread(task, "headroom-" + name);
    thread.setDaemon(true);
    return thread;
  }

  boolean isIdle() {
    return waiting.get() == null;
  }

  /** Why the last flush failed; null when it did not. */
  @Nullable String failure() {
    return failure;
  }

  /** Takes a batch while idle; the future fails when the store refuses it, the batch is kept. */
  CompletableFuture<@Nullable Void> write(IngestWorker.Batch batch) {
    if (!waiting.compareAndSet(null, batch)) {
      throw new IllegalStateException("a batch is still waiting to be written");
    }
    return retry();
  }

  /** Tries the waiting batch, if there is one. */
  CompletableFuture<@Nullable Void> retry() {
    return CompletableFuture.runAsync(this::writeWaiting, thread);
  }

  private void writeWaiting() {
    IngestWorker.Batch batch = waiting.get();
    if (batch == null) {
      return;
    }
    try {
      if (!batch.isEmpty()) {
        store.merge(batch.rollups());
        batch.events().forEach(store::record);
        counters.flushed(batch.rollups().size());
        services.see(batch.rollups());
      }
      expireNowAndThen();
      failure = null;
      waiting.set(null);
    } catch (RuntimeException refused) {
      counters.flushFailed();
      failure = String.valueOf(refused.getMessage());
      LOG.warn("{} rollups could not be stored and are kept: {}", batch.rollups().size(), failure);
      throw refused;
    }
  }

  private void expireNowAndThen() {
    Instant now = clock.instant();
    Instant last = lastExpiry;
    if (last == null || Duration.between(last, now).compareTo(BETWEEN_EXPIRIES) >= 0) {
      lastExpiry = now;
      if (last != null) {
        store.expire(newest(now));
      }
    }
  }

  /** Age counts from the newest that is kept: an old recording that is only looked at stays. */
  private Instant newest(Instant now) {
    return store.extent(Resolution.TEN_SECONDS).map(Extent::to).filter(now::isAfter).orElse(now);
  }

  /** Ends the thread after what was handed over is written or refused. */
  void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(30, TimeUnit.SECONDS)) {
        LOG.warn("the last flush took more than 30 s and was given up");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
