package headroom.ingest.pipeline;

import headroom.store.RollupStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one collector that all transports call: the way of a request into the worker's tables, and of
 * the tables into the store.
 *
 * <pre>
 *  transports ──► bodies (bounded in number and bytes) ──► worker thread ──► tables
 *                 └ no room: refused, retryable            └ then answered   └ every flush interval ──► store
 * </pre>
 *
 * A request is acknowledged only once it is in the tables. Killing the process loses what was
 * acknowledged since the last flush, and nothing older.
 */
public final class Intake {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  private final IngestWorker worker;
  private final IntakeLimits limits;
  private final InstantSource clock;
  private final IngestCounters counters = new IngestCounters();
  private final SeenServices services = new SeenServices();
  private final Flusher flusher;
  private final Room room;
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(task -> Flusher.daemon(task, "ingest"));
  private volatile Map<String, Long> dropped = Map.of();

  public Intake(
      IngestWorker worker,
      RollupStore store,
      IntakeLimits limits,
      Duration flushInterval,
      InstantSource clock) {
    this.worker = worker;
    this.limits = limits;
    this.clock = clock;
    this.flusher = new Flusher(store, clock, counters, services);
    this.room = new Room(limits);
    var unused =
        thread.scheduleWithFixedDelay(
            this::flushQuietly,
            flushInterval.toMillis(),
            flushInterval.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /**
   * A place for one request, to be had before its body is read and closed once it is answered.
   *
   * @throws OverloadedException when there is no room now, or never again
   */
  public Place enter() throws OverloadedException {
    if (stopping.get()) {
      throw stopping();
    }
    return room.enter();
  }

  /**
   * Has the worker take a request. Fails with {@link OverloadedException} or {@link
   * UnusableRequestException}, or with whatever broke the worker.
   */
  public CompletableFuture<Receipt> receive(TelemetryRequest request) {
    var answer = new CompletableFuture<Receipt>();
    try {
      thread.execute(() -> work(request, answer));
    } catch (RejectedExecutionException closed) {
      answer.completeExceptionally(stopping());
    }
    return answer;
  }

  private static OverloadedException stopping() {
    return new OverloadedException(
        OverloadedException.Cause.STOPPING, "the server is stopping; send again");
  }

  @SuppressWarnings("CatchAndPrintStackTrace")
  private void work(TelemetryRequest request, CompletableFuture<Receipt> answer) {
    try {
      Receipt receipt = worker.receive(request);
      counters.received(request.signal(), request.body().length, receipt, clock.instant());
      answer.complete(receipt);
    } catch (UnusableRequestException unusable) {
      answer.completeExceptionally(unusable);
    } catch (Throwable broken) {
      LOG.error("a request of {} broke the worker", request.signal(), broken);
      answer.completeExceptionally(broken);
    }
  }

  private void flushQuietly() {
    try {
      dropped = Map.copyOf(worker.dropped());
      var unused =
          flusher.isIdle() ? flusher.write(worker.drain(clock.instant())) : flusher.retry();
    } catch (RuntimeException broken) {
      LOG.error("the tables could not be drained", broken);
    }
  }

  /**
   * Writes what the tables hold at this moment into the store and waits for it.
   *
   * @throws IllegalStateException when the store refuses it
   */
  public void flush() {
    await(onWorker(() -> flusher.isIdle() ? null : flusher.retry()));
    await(
        onWorker(() -> {
          dropped = Map.copyOf(worker.dropped());
          return flusher.write(worker.drain(clock.instant()));
        }));
  }

  private CompletableFuture<@Nullable Void> onWorker(Step step) {
    return CompletableFuture.completedFuture(null)
        .thenComposeAsync(
            unused -> {
              CompletableFuture<@Nullable Void> written = step.run();
              return written == null ? CompletableFuture.completedFuture(null) : written;
            },
            thread);
  }

  private interface Step {
    @Nullable CompletableFuture<@Nullable Void> run();
  }

  private static void await(CompletableFuture<@Nullable Void> step) {
    try {
      step.join();
    } catch (CompletionException failed) {
      throw new IllegalStateException(
          "telemetry could not be stored: " + failed.getCause(), failed.getCause());
    }
  }

  /** From now on every new request is refused with a retryable answer. */
  public void refuseNew() {
    stopping.set(true);
  }

  /** Has the worker finish what it was given, and writes everything that it holds. */
  public void close() {
    refuseNew();
    try {
      await(onWorker(() -> flusher.isIdle() ? null : flusher.retry()));
      await(onWorker(() -> flusher.write(worker.drainAll(clock.instant()))));
    } finally {
      thread.shutdownNow();
      flusher.close();
    }
  }

  public IngestCounters counters() {
    return counters;
  }

  public SeenServices services() {
    return services;
  }

  /** What the worker dropped, by reason, as of the last flush. */
  public Map<String, Long> dropped() {
    return dropped;
  }

  /** Why the last flush failed; null when it did not. */
  public @Nullable String flushFailure() {
    return flusher.failure();
  }

  /** Bytes of bodies that are being received or wait for the worker. */
  public long waitingBytes() {
    return room.usedBytes();
  }

  /** Requests that are being received or wait for the worker. */
  public int waitingRequests() {
    return room.usedRequests();
  }

  public IntakeLimits limits() {
    return limits;
  }
}
