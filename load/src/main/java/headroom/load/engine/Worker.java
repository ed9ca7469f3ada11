package headroom.load.engine;

import headroom.load.arrival.ArrivalCursor;
import headroom.load.network.ConnectTimes;
import headroom.load.network.EngineLoop;
import headroom.load.protocol.Protocol;
import headroom.load.protocol.Runner;
import headroom.load.protocol.SplitMix;
import headroom.load.result.RunStats;
import headroom.plan.RateSegment;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part of a run that lives on one event loop: its share of the arrivals, its users, its
 * connections, its measurements. Everything but the constructor is called on that loop.
 */
final class Worker implements EngineLoop.Ticks {
  private static final Logger log = LoggerFactory.getLogger(Worker.class);

  /** Users that begin between two looks at the connections. */
  private static final int MOST_STARTS = 1_024;

  private static final @Nullable String[] NO_VALUES = new String[0];

  private final EngineLoop loop;
  private final CompiledPlan plan;
  private final Supply supply;
  private final RunStats stats;
  private final List<Runner> runners;
  private final TimerHeap sleeping = new TimerHeap();
  private final WakePacing pacing = new WakePacing();
  private final Exchanges exchanges;
  private final Share share;
  private final Retries retries;
  private final CompletableFuture<RunStats> finished = new CompletableFuture<>();

  private long startNanos;

  /** The clock as last read in this round; read anew after everything that takes time. */
  private long roundNanos;

  private int users;
  private boolean begun;
  private boolean stopped;
  private long drainUntilNanos = Long.MAX_VALUE;

  /**
   * Which part of the run this worker has.
   *
   * @param index of {@code workers}; it takes the arrivals whose number leaves this remainder
   * @param maxUsers users under way at once; arrivals beyond are dropped
   * @param drainNanos how long users under way may go on after the last arrival
   */
  record Share(int index, int workers, long seed, int maxUsers, long drainNanos) {}

  /**
   * @param ways to what the plan acts on, by the index of their protocols
   */
  Worker(
      EngineLoop loop,
      CompiledPlan plan,
      Supply supply,
      List<Protocol.Access> ways,
      Protocol.Limits limits,
      Share share) {
    this.loop = loop;
    this.plan = plan;
    this.supply = supply;
    this.share = share;
    this.stats = new RunStats(plan.steps(), plan.journeyCount(), plan.groupNames());
    var lane = new Protocol.Lane(loop, share.index(), limits, this::connected);
    this.runners = ways.stream().map(way -> way.runner(lane)).toList();
    this.retries =
        new Retries(this, plan.retryBudgets(), SplitMix.mix(share.seed() ^ share.index()));
    this.exchanges = new Exchanges(this, stats, plan.timeoutNanos());
  }

  private void connected(ConnectTimes times) {
    stats.connections().opened(times.totalNanos() * 1e-9, times.tcpNanos() * 1e-9);
    if (times.handshakeNanos().isPresent()) {
      stats.connections().secured(times.handshakeNanos().getAsLong() * 1e-9, times.resumed());
    }
  }

  EngineLoop loop() {
    return loop;
  }

  CompletableFuture<RunStats> finished() {
    return finished;
  }

  RunStats stats() {
    return stats;
  }

  Exchanges exchanges() {
    return exchanges;
  }

  Retries retries() {
    return retries;
  }

  /**
   * This part of the run as it is now, but for response times.
   *
   * @param elapsedSeconds since the first possible arrival
   * @param intendedPerSecond of the whole run
   */
  LiveSnapshot snapshot(double elapsedSeconds, double intendedPerSecond) {
    return new LiveSnapshot(
        elapsedSeconds,
        intendedPerSecond,
        stats.arrivals(),
        stats.dropped(),
        stats.sent(),
        stats.requests(),
        stats.errors(),
        users,
        exchanges.inFlight(),
        connections(),
        stats.journeysFinished() + stats.journeysAborted(),
        stats.lag().copy(),
        0,
        Map.of());
  }

  private int connections() {
    return runners.stream().mapToInt(Runner::openConnections).sum();
  }

  long nowNanos() {
    return loop.nowNanos();
  }

  double secondsSinceStart(long nanos) {
    return (nanos - startNanos) * 1e-9;
  }

  boolean isStopped() {
    return stopped;
  }

  CompiledJourney journey(int index) {
    return plan.journey(index);
  }

  /** Room for the variables of a user. */
  @Nullable String[] emptyValues() {
    return plan.slots() == 0 ? NO_VALUES : new String[plan.slots()];
  }

  /** Begins the run at a moment in the loop's time. */
  void begin(long atNanos) {
    startNanos = atNanos;
    begun = true;
    loop.ticks(this);
  }

  @Override
  public long tick(long nowNanos) {
    try {
      return begun ? work(nowNanos) : EngineLoop.NEVER;
    } catch (RuntimeException | Error failure) {
      log.error("the load engine failed", failure);
      begun = false;
      finished.completeExceptionally(failure);
      return EngineLoop.NEVER;
    }
  }

  private long work(long nowNanos) {
    pacing.awake(nowNanos);
    roundNanos = nowNanos;
    long arrival = startDue();
    wakeDue();
    long expiry = expireDue();
    if (isDone(arrival, nowNanos)) {
      finish();
      return EngineLoop.NEVER;
    }
    long start = pacing.wakeFor(Math.min(arrival, sleeping.firstDueNanos()), roundNanos);
    return Math.min(Math.min(start, expiry), drainUntilNanos);
  }

  /** Starts the users that are due and returns when the next one is. */
  private long startDue() {
    // Bounded, so that answers are read and a stop is heard even at rates beyond what is possible.
    for (int starts = 0; !stopped; starts++) {
      long offset = supply.nextNanos();
      if (offset == ArrivalCursor.END) {
        return EngineLoop.NEVER;
      }
      long intended = startNanos + offset;
      if (intended > roundNanos || starts == MOST_STARTS) {
        return intended;
      }
      if (supply.isOpen()) {
        // Closed users may all be due at once: that they begin one after the other is no lag.
        pacing.started(intended, roundNanos);
        stats.lag((roundNanos - intended) * 1e-9);
      }
      arrive(supply.take(), intended);
      roundNanos = nowNanos();
    }
    return EngineLoop.NEVER;
  }

  private void arrive(long number, long intendedNanos) {
    if (supply.isOpen()) {
      stats.arrival(secondsSinceStart(intendedNanos));
    }
    if (users >= share.maxUsers()) {
      stats.drop(secondsSinceStart(intendedNanos));
      return;
    }
    users++;
    long seed = userSeed(number, 0);
    var user = new VirtualUser(this, number, journeyOf(seed), seed);
    user.intend(intendedNanos);
    begin(user);
  }

  /** Takes the first step of a journey. */
  void begin(VirtualUser user) {
    if (!supply.isOpen()) {
      stats.arrival(secondsSinceStart(user.intendedNanos()));
    }
    user.advance(user.intendedNanos());
  }

  /** Which journey a user takes depends on the seed and its number alone, not on timing. */
  private CompiledJourney journeyOf(long userSeed) {
    return plan.journeyAt((SplitMix.mix(userSeed ^ 0x5DEE_CE66DL) >>> 11) * 0x1p-53);
  }

  private long userSeed(long number, long iteration) {
    long base = SplitMix.mix(share.seed() + 0x9E37_79B9_7F4A_7C15L * (number + 1));
    return SplitMix.mix(base + 0xD1B5_4A32_D192_ED03L * iteration);
  }

  private void wakeDue() {
    for (long due = sleeping.firstDueNanos(); due <= roundNanos; due = sleeping.firstDueNanos()) {
      VirtualUser user = sleeping.poll();
      if (user != null) {
        pacing.started(due, roundNanos);
        stats.lag((roundNanos - due) * 1e-9);
        user.wake();
        roundNanos = nowNanos();
      }
    }
  }

  private long expireDue() {
    for (Exchanging late = exchanges.firstExpired(roundNanos);
        late != null;
        late = exchanges.firstExpired(roundNanos)) {
      late.user().expire();
      roundNanos = nowNanos();
    }
    return exchanges.firstDueNanos();
  }

  private boolean isDone(long nextArrival, long nowNanos) {
    boolean noMore = stopped || (nextArrival == EngineLoop.NEVER && supply.isClosed());
    if (!noMore) {
      return false;
    }
    if (drainUntilNanos == Long.MAX_VALUE) {
      long end = Math.max(nowNanos, stopped ? nowNanos : startNanos + supply.endNanos());
      drainUntilNanos = end + share.drainNanos();
    }
    return users == 0 || nowNanos >= drainUntilNanos;
  }

  private void finish() {
    begun = false;
    exchanges.abandonAll();
    if (retries.arePossible()) {
      for (VirtualUser user = sleeping.poll(); user != null; user = sleeping.poll()) {
        user.giveUpRetry();
      }
    }
    for (; users > 0; users--) {
      stats.journeyUnfinished();
    }
    close();
    finished.complete(stats);
  }

  void sleep(long untilNanos, VirtualUser user) {
    sleeping.add(untilNanos, user);
  }

  private void close() {
    runners.forEach(runner -> runner.close(stats.connections()));
  }

  private void leave(VirtualUser user) {
    // For every user: no iterators.
    for (int i = 0; i < runners.size(); i++) {
      runners.get(i).leave(user);
    }
  }

  /** Hands the present step of a user over to its protocol. */
  void submit(VirtualUser user) {
    exchanges.begin();
    if (!runners.get(user.protocol()).begin(user, user.action())) {
      user.refused();
    }
  }

  /** A journey is over; a closed user takes the next one from {@code atNanos} on. */
  void journeyDone(VirtualUser user, long atNanos) {
    int journey = user.journey().index();
    if (user.hasFailed()) {
      stats.journeyAborted(journey, user.responseSeconds());
    } else {
      stats.journeyFinished(journey, user.responseSeconds());
    }
    again(user, atNanos);
  }

  /** A journey found the queue full; it is dropped when nothing of it had begun. */
  void journeyRefused(VirtualUser user, boolean begun) {
    if (begun) {
      stats.journeyAborted(user.journey().index(), user.responseSeconds());
    } else {
      stats.drop(secondsSinceStart(user.intendedNanos()));
    }
    again(user, nowNanos());
  }

  void journeyStopped(VirtualUser user) {
    user.giveUpRetry();
    leave(user);
    stats.journeyUnfinished();
    users--;
  }

  private void again(VirtualUser user, long atNanos) {
    long next = stopped ? EngineLoop.NEVER : supply.againNanos(atNanos - startNanos);
    if (next == EngineLoop.NEVER) {
      leave(user);
      users--;
      return;
    }
    // By way of the timers even when it is due at once: a chain of failures must not get deep.
    long pause = user.hasFailed() ? Supply.PAUSE_AFTER_FAILURE_NANOS : 0;
    long seed = userSeed(user.number(), supply.nextIteration());
    user.restart(journeyOf(seed), seed);
    long begin = startNanos + next + pause;
    user.intend(begin);
    if (pause == 0 && begin <= nowNanos()) {
      begin(user);
    } else {
      sleep(begin, user);
    }
  }

  /** No more arrivals; users under way finish the request they wait for. */
  void stop() {
    stopped = true;
    for (VirtualUser user = sleeping.poll(); user != null; user = sleeping.poll()) {
      journeyStopped(user);
    }
  }

  /** Adds load after the last segment. */
  void append(RateSegment segment) {
    supply.append(segment);
  }

  /** No more segments will be appended. */
  void seal() {
    supply.seal();
  }

  /** Ends at once, whatever is under way. */
  void cancel() {
    if (begun) {
      stopped = true;
      finish();
    } else if (!finished.isDone()) {
      close();
      finished.complete(stats);
    }
  }
}
