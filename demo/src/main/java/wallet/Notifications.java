package wallet;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ExecutorServiceMetrics;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Tells customers about their exchanges, from a bounded queue, without letting them wait for it.
 */
final class Notifications implements AutoCloseable {
  private static final Logger LOGGER = Logger.getLogger(Notifications.class.getName());
  private static final int WORKERS = 4;
  private static final int QUEUE = 1_000;

  private final Partner.Client partner;
  private final ExecutorService executor;
  private final Counter dropped;

  Notifications(Partner.Client partner, MeterRegistry registry) {
    this.partner = partner;
    var workers =
        new ThreadPoolExecutor(
            WORKERS,
            WORKERS,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE),
            Thread.ofPlatform().daemon().name("notifications-", 0).factory());
    this.executor = ExecutorServiceMetrics.monitor(registry, workers, "notifications");
    this.dropped = registry.counter("notifications.dropped");
  }

  void exchanged(Exchange exchange) {
    try {
      executor.execute(() -> send(exchange));
    } catch (RejectedExecutionException e) {
      dropped.increment();
    }
  }

  private void send(Exchange exchange) {
    try {
      partner.post("/notifications", "exchange " + exchange.id() + " is done");
    } catch (Refusal e) {
      dropped.increment();
      LOGGER.log(Level.FINE, "notification not sent", e);
    }
  }

  /** Lets what is queued go out, for a moment. */
  @Override
  public void close() {
    Workers.stop(executor, Duration.ofSeconds(1));
  }
}
