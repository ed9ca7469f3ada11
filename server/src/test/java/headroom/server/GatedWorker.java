package headroom.server;

import headroom.ingest.pipeline.IngestWorker;
import headroom.ingest.pipeline.Receipt;
import headroom.ingest.pipeline.TelemetryRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** A worker that is busy until its gate is opened. */
final class GatedWorker implements IngestWorker {
  private final CountDownLatch busy = new CountDownLatch(1);
  private final CountDownLatch gate = new CountDownLatch(1);

  /** Makes a call on another thread, and returns once the worker is busy with it. */
  <T> CompletableFuture<T> whileBusy(Callable<T> call) throws InterruptedException {
    var executor = Executors.newSingleThreadExecutor();
    CompletableFuture<T> result =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return call.call();
              } catch (Exception failure) {
                throw new CompletionException(failure);
              }
            },
            executor);
    executor.shutdown();
    busy.await();
    return result;
  }

  void open() {
    gate.countDown();
  }

  @Override
  public Receipt receive(TelemetryRequest request) {
    busy.countDown();
    try {
      gate.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return new Receipt(1, 0, "");
  }

  @Override
  public Batch drain(Instant now) {
    return new Batch(List.of(), List.of());
  }

  @Override
  public Batch drainAll(Instant now) {
    return drain(now);
  }

  @Override
  public Map<String, Long> dropped() {
    return Map.of();
  }

  /** A worker with a fault of its own. */
  static IngestWorker broken() {
    return new IngestWorker() {
      @Override
      public Receipt receive(TelemetryRequest request) {
        throw new IllegalStateException("secret inside");
      }

      @Override
      public Batch drain(Instant now) {
        return new Batch(List.of(), List.of());
      }

      @Override
      public Batch drainAll(Instant now) {
        return drain(now);
      }

      @Override
      public Map<String, Long> dropped() {
        return Map.of();
      }
    };
  }
}
