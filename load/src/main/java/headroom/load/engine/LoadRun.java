package headroom.load.engine;

import headroom.load.arrival.ArrivalSchedule;
import headroom.load.protocol.Protocol;
import headroom.load.result.Generator;
import headroom.load.result.Interval;
import headroom.load.result.Judgement;
import headroom.load.result.LoadResult;
import headroom.load.result.RunStats;
import headroom.load.result.StepKey;
import headroom.plan.Plan;
import headroom.plan.Profile;
import headroom.plan.RateSegment;
import headroom.rollup.Cell;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A load test under way. Safe for use by several threads. */
public final class LoadRun implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LoadRun.class);

  /** A target that has not answered by then, nor so many requests, is not going to. */
  private static final double SILENT_SECONDS = 10;

  private static final int SILENT_REQUESTS = 20;

  private final Plan plan;
  private final LoadOptions options;
  private final Workers workers;
  private final LoadListener listener;
  private final ScheduledExecutorService clock;
  private final CompletableFuture<LoadResult> result = new CompletableFuture<>();
  private final AtomicBoolean concluding = new AtomicBoolean();
  private final StopWatch stopWatch;
  private final FaultSchedule faults;
  private final List<Protocol.Access> ways;

  private long startNanos;
  private Instant startedAt = Instant.EPOCH;
  private long cpuBeforeNanos;
  private ArrivalSchedule schedule;
  private @Nullable String stoppedBecause;
  private boolean answered;

  LoadRun(
      Plan plan,
      LoadOptions options,
      List<Worker> workers,
      FaultSchedule faults,
      List<Protocol.Access> ways,
      LoadListener listener) {
    this.plan = plan;
    this.options = options;
    this.workers = new Workers(workers, new CompiledPlan(plan, options.byFlow()).steps());
    this.listener = listener;
    this.faults = faults;
    this.ways = ways;
    this.stopWatch = new StopWatch(plan.stop());
    this.schedule =
        plan.profile() instanceof Profile.Open open
            ? new ArrivalSchedule(open.segments(), open.spacing(), options.seed())
            : ArrivalSchedule.uniform();
    this.clock =
        Executors.newSingleThreadScheduledExecutor(task -> {
          var thread = new Thread(task, "load-clock");
          thread.setDaemon(true);
          return thread;
        });
  }

  /** Begins so long from now. */
  void begin(long leadNanos, Instant now) {
    long atNanos = Workers.nowNanos() + leadNanos;
    startNanos = atNanos;
    startedAt = now.plusNanos(leadNanos);
    cpuBeforeNanos = workers.cpuNanos();
    workers.tell(worker -> worker.begin(atNanos));
    CompletableFuture<?> unusedEnd =
        workers.finished().whenCompleteAsync((ignored, failure) -> conclude(failure), clock);
    faults.begin(clock, leadNanos);
    var unusedTicks = clock.scheduleAtFixedRate(this::eachSecond, 1, 1, TimeUnit.SECONDS);
  }

  /** The port on which a proxy of the plan listens, for those that were given none. */
  public int proxyPort(String proxy) {
    return faults.port(proxy);
  }

  /** The moment from which the schedule counts. */
  public Instant startedAt() {
    return startedAt;
  }

  /** Seconds since the start of the schedule; a little below zero before it. */
  public double elapsedSeconds() {
    return (Workers.nowNanos() - startNanos) * 1e-9;
  }

  /**
   * Adds load after the last segment, or from now on when that has ended already.
   *
   * @return when it begins, in seconds since the start of the schedule
   * @throws IllegalStateException when the run cannot be extended
   */
  public synchronized double append(RateSegment segment) {
    if (!options.extendable()) {
      throw new IllegalStateException("start the run with an extendable profile to append to it");
    }
    double end = schedule.seconds();
    double gap = elapsedSeconds() - end;
    if (gap > 0) {
      extend(new RateSegment.Steady(0, gap));
    }
    double begins = schedule.seconds();
    extend(segment);
    return begins;
  }

  private void extend(RateSegment segment) {
    schedule = schedule.then(segment);
    workers.tell(worker -> worker.append(segment));
  }

  /** The load over time as known so far. */
  public synchronized ArrivalSchedule schedule() {
    return schedule;
  }

  /** Lets the run end when the segments appended so far are over. */
  public void seal() {
    workers.tell(Worker::seal);
  }

  /** Starts no more users; requests under way are waited for. */
  public synchronized void stop(String because) {
    if (stoppedBecause == null) {
      stoppedBecause = because;
    }
    workers.tell(Worker::stop);
  }

  /** The run as it is now. */
  public LiveSnapshot snapshot() {
    double elapsed = elapsedSeconds();
    return workers.snapshot(elapsed, schedule().ratePerSecond(elapsed));
  }

  /** All that was measured so far, but not when: the timeline is left empty. */
  public RunStats totals() {
    return workers.totals();
  }

  /**
   * Response times in seconds, by step, of requests intended within a stretch of the run; whole
   * intervals only, of a second each in the first ten minutes. May be asked again: late answers
   * still come in.
   */
  public Map<StepKey, Cell> responses(double fromSeconds, double toSeconds) {
    return workers.byStep(between(fromSeconds, toSeconds));
  }

  /** Counts and response times of all that was intended within a stretch of the run. */
  public Interval between(double fromSeconds, double toSeconds) {
    return workers.between(fromSeconds, toSeconds);
  }

  /** The steps, by the index that {@link Interval#response} takes. */
  public List<StepKey> steps() {
    return workers.steps();
  }

  /** Waits for the end. */
  public LoadResult await() {
    return result.join();
  }

  /** Waits for the end no longer than that; null when it has not come. */
  public @Nullable LoadResult await(Duration limit) throws InterruptedException {
    try {
      return result.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return null;
    } catch (ExecutionException e) {
      throw new IllegalStateException("the load engine failed", e.getCause());
    }
  }

  /**
   * Waits until so many seconds after the start of the schedule; false when the run ended before.
   */
  public boolean awaitElapsed(double seconds) throws InterruptedException {
    double left = seconds - elapsedSeconds();
    while (left > 0) {
      try {
        LoadResult unused = result.get((long) Math.ceil(left * 1e9), TimeUnit.NANOSECONDS);
        return false;
      } catch (TimeoutException e) {
        left = seconds - elapsedSeconds();
      } catch (ExecutionException e) {
        return false;
      }
    }
    return true;
  }

  /** Whether it has ended. */
  public boolean isDone() {
    return result.isDone();
  }

  /** Ends at once, whatever is under way, and frees threads and connections. */
  @Override
  public void close() {
    workers.tell(Worker::cancel);
    try {
      result.exceptionally(failure -> null).get(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      log.warn("a load test did not end when it was closed", e);
    }
    release();
    if (!result.isDone()) {
      // The thread that draws the conclusion is gone: nobody may wait for it for ever.
      if (workers.finished().isDone()) {
        conclude(null);
      } else {
        result.completeExceptionally(new IllegalStateException("closed before it had ended"));
      }
    }
  }

  private void release() {
    clock.shutdownNow();
    faults.close();
    ways.forEach(Protocol.Access::close);
    workers.close();
  }

  private void eachSecond() {
    if (result.isDone()) {
      return;
    }
    try {
      LiveSnapshot now = snapshot();
      String reason = stopWatch.reason(now);
      if (reason == null) {
        reason = silence(now);
      }
      if (reason != null) {
        stop(reason);
      }
      listener.progress(now);
    } catch (RuntimeException e) {
      log.warn("the listener of a load test failed", e);
    }
  }

  /** Why to give up on a target that has never answered anything, null for going on. */
  private @Nullable String silence(LiveSnapshot now) {
    if (answered
        || options.extendable()
        || !plan.faults().isEmpty()
        || now.elapsedSeconds() < SILENT_SECONDS
        || now.errors() < SILENT_REQUESTS) {
      return null;
    }
    answered = workers.wereAnswered();
    return answered
        ? null
        : "not one of %d requests was answered within %.0f s"
            .formatted(now.errors(), SILENT_SECONDS);
  }

  private void conclude(@Nullable Throwable failure) {
    if (concluding.getAndSet(true)) {
      return;
    }
    if (failure != null) {
      result.completeExceptionally(failure);
    } else {
      try {
        result.complete(judge());
      } catch (RuntimeException e) {
        result.completeExceptionally(e);
      }
    }
    release();
  }

  private LoadResult judge() {
    double cpuSeconds = (workers.cpuNanos() - cpuBeforeNanos) * 1e-9;
    var generator = new Generator(workers.size(), Math.max(0, elapsedSeconds()), cpuSeconds);
    String because;
    synchronized (this) {
      because = stoppedBecause;
    }
    return Judgement.of(
        plan,
        options.seed(),
        startedAt,
        schedule(),
        workers.measured(),
        generator,
        because,
        faults.hooks());
  }
}
