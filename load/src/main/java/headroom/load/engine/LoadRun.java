package headroom.load.engine;

import headroom.load.arrival.ArrivalSchedule;
import headroom.load.arrival.RateSegment;
import headroom.load.journey.Plan;
import headroom.load.journey.Profile;
import headroom.load.result.Generator;
import headroom.load.result.Interval;
import headroom.load.result.Judgement;
import headroom.load.result.LoadResult;
import headroom.load.result.RunStats;
import headroom.load.sql.StatementPool;
import headroom.rollup.Cell;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A load test under way. Safe for use by several threads. */
public final class LoadRun implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LoadRun.class);
  private static final double WINDOW_SECONDS = 5;

  /** A target that has not answered by then, nor so many requests, is not going to. */
  private static final double SILENT_SECONDS = 10;

  private static final int SILENT_REQUESTS = 20;

  private final Plan plan;
  private final LoadOptions options;
  private final List<Worker> workers;
  private final LoadListener listener;
  private final List<String> stepNames;
  private final ScheduledExecutorService clock;
  private final CompletableFuture<LoadResult> result = new CompletableFuture<>();
  private final StopWatch stopWatch;
  private final FaultSchedule faults;
  private final @Nullable StatementPool database;

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
      @Nullable StatementPool database,
      LoadListener listener) {
    this.plan = plan;
    this.options = options;
    this.workers = workers;
    this.listener = listener;
    this.faults = faults;
    this.database = database;
    this.stepNames = new CompiledPlan(plan).stepNames();
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
    long atNanos = workers.getFirst().nowNanos() + leadNanos;
    startNanos = atNanos;
    startedAt = now.plusNanos(leadNanos);
    cpuBeforeNanos = cpuNanos();
    onAll(worker -> worker.begin(atNanos));
    CompletableFuture<?>[] parts =
        workers.stream().map(Worker::finished).toArray(CompletableFuture<?>[]::new);
    CompletableFuture<?> unusedEnd =
        CompletableFuture.allOf(parts)
            .whenCompleteAsync((ignored, failure) -> conclude(failure), clock);
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
    return (workers.getFirst().nowNanos() - startNanos) * 1e-9;
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
    onAll(worker -> worker.append(segment));
  }

  /** The load over time as known so far. */
  public synchronized ArrivalSchedule schedule() {
    return schedule;
  }

  /** Lets the run end when the segments appended so far are over. */
  public void seal() {
    onAll(Worker::seal);
  }

  /** Starts no more users; requests under way are waited for. */
  public synchronized void stop(String because) {
    if (stoppedBecause == null) {
      stoppedBecause = because;
    }
    onAll(Worker::stop);
  }

  /** The run as it is now. */
  public LiveSnapshot snapshot() {
    double elapsed = elapsedSeconds();
    double from = Math.max(0, Math.floor(elapsed) - WINDOW_SECONDS);
    double to = Math.max(from, Math.floor(elapsed));
    long arrivals = 0;
    long dropped = 0;
    long sent = 0;
    long completed = 0;
    long errors = 0;
    int users = 0;
    int inFlight = 0;
    int connections = 0;
    long journeysEnded = 0;
    var lag = new Cell();
    var window = new LinkedHashMap<String, Cell>();
    for (Counts counts : ask(worker -> Counts.of(worker, from, to))) {
      arrivals += counts.arrivals;
      dropped += counts.dropped;
      sent += counts.sent;
      completed += counts.completed;
      errors += counts.errors;
      users += counts.users;
      inFlight += counts.inFlight;
      connections += counts.connections;
      journeysEnded += counts.journeysEnded;
      lag.merge(counts.lag);
      byStep(counts.window).forEach((name, cell) -> merge(window, name, cell));
    }
    return new LiveSnapshot(
        elapsed,
        schedule().ratePerSecond(elapsed),
        arrivals,
        dropped,
        sent,
        completed,
        errors,
        users,
        inFlight,
        connections,
        journeysEnded,
        lag,
        to - from,
        window);
  }

  private record Counts(
      long arrivals,
      long dropped,
      long sent,
      long completed,
      long errors,
      int users,
      int inFlight,
      int connections,
      long journeysEnded,
      Cell lag,
      Interval window) {
    static Counts of(Worker worker, double from, double to) {
      RunStats stats = worker.stats();
      return new Counts(
          stats.arrivals(),
          stats.dropped(),
          stats.sent(),
          stats.requests(),
          stats.errors(),
          worker.users(),
          worker.inFlight(),
          worker.connections(),
          stats.journeysFinished() + stats.journeysAborted(),
          stats.lag().copy(),
          stats.timeline().between(from, to));
    }
  }

  /** All that was measured so far, but not when: the timeline is left empty. */
  public RunStats totals() {
    List<RunStats> parts = ask(worker -> worker.stats().copyOfTotals());
    RunStats sum = parts.getFirst();
    for (RunStats part : parts.subList(1, parts.size())) {
      sum.merge(part);
    }
    return sum;
  }

  /**
   * Response times in seconds, by step, of requests intended within a stretch of the run; whole
   * intervals only, of a second each in the first ten minutes. May be asked again: late answers
   * still come in.
   */
  public Map<String, Cell> responses(double fromSeconds, double toSeconds) {
    return byStep(between(fromSeconds, toSeconds));
  }

  /** Counts and response times of all that was intended within a stretch of the run. */
  public Interval between(double fromSeconds, double toSeconds) {
    List<Interval> parts = ask(worker -> worker.stats().timeline().between(fromSeconds, toSeconds));
    Interval sum = parts.getFirst();
    for (Interval part : parts.subList(1, parts.size())) {
      sum = sum.plus(part);
    }
    return sum;
  }

  private Map<String, Cell> byStep(Interval interval) {
    var cells = new LinkedHashMap<String, Cell>();
    for (int i = 0; i < stepNames.size(); i++) {
      Cell cell = interval.response(i);
      if (cell != null) {
        cells.put(stepNames.get(i), cell);
      }
    }
    return cells;
  }

  private static void merge(Map<String, Cell> into, String name, Cell cell) {
    Cell known = into.putIfAbsent(name, cell);
    if (known != null) {
      known.merge(cell);
    }
  }

  /** The names of the steps, by the index that {@link Interval#response} takes. */
  public List<String> stepNames() {
    return stepNames;
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
    onAll(Worker::cancel);
    try {
      result.exceptionally(failure -> null).get(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      log.warn("a load test did not end when it was closed", e);
    }
    release();
  }

  private void release() {
    clock.shutdownNow();
    faults.close();
    if (database != null) {
      database.close();
    }
    workers.forEach(worker -> worker.loop().close());
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
    answered = ask(worker -> worker.stats().answered()).stream().anyMatch(count -> count > 0);
    return answered
        ? null
        : "not one of %d requests was answered within %.0f s"
            .formatted(now.errors(), SILENT_SECONDS);
  }

  private void conclude(@Nullable Throwable failure) {
    if (failure != null) {
      result.completeExceptionally(failure);
    } else {
      RunStats sum = workers.getFirst().finished().join();
      for (Worker worker : workers.subList(1, workers.size())) {
        sum.merge(worker.finished().join());
      }
      var generator =
          new Generator(
              workers.size(), Math.max(0, elapsedSeconds()), (cpuNanos() - cpuBeforeNanos) * 1e-9);
      String because;
      synchronized (this) {
        because = stoppedBecause;
      }
      result.complete(
          Judgement.of(
              plan,
              options.seed(),
              startedAt,
              schedule(),
              sum,
              generator,
              because,
              faults.hooks()));
    }
    release();
  }

  private long cpuNanos() {
    return workers.stream().mapToLong(worker -> worker.loop().cpuNanos()).sum();
  }

  private void onAll(Consumer<Worker> task) {
    for (Worker worker : workers) {
      worker.loop().execute(() -> task.accept(worker));
    }
  }

  /** Asks every worker on its own thread; after the end, directly. */
  private <T> List<T> ask(Function<Worker, T> question) {
    var answers = new ArrayList<T>();
    for (Worker worker : workers) {
      answers.add(
          worker
              .loop()
              .submit(() -> question.apply(worker))
              .orElseGet(() -> question.apply(worker)));
    }
    return answers;
  }
}
