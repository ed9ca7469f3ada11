package headroom.load.engine;

import headroom.load.arrival.ArrivalCursor;
import headroom.load.protocol.http.ConnectTimes;
import headroom.load.protocol.http.EngineLoop;
import headroom.load.protocol.http.HttpClient;
import headroom.load.protocol.http.RequestClient;
import headroom.load.protocol.sql.StatementPool;
import headroom.load.result.RunStats;
import headroom.plan.RateSegment;
import java.net.URI;
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
  private final RequestClient client;
  private final Statements statements;
  private final Streams streams;
  private final TimerHeap sleeping = new TimerHeap();
  private final WakePacing pacing = new WakePacing();
  private final TimeoutList[] timeouts;
  private final Share share;
  private final Retries retries;
  private final CompletableFuture<RunStats> finished = new CompletableFuture<>();

  private long startNanos;

  /** The clock as last read in this round; read anew after everything that takes time. */
  private long roundNanos;

  private int users;
  private int inFlight;
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

  Worker(
      EngineLoop loop,
      CompiledPlan plan,
      Supply supply,
      Reach reach,
      HttpClient.Settings settings,
      @Nullable StatementPool database,
      Share share) {
    this.loop = loop;
    this.plan = plan;
    this.supply = supply;
    this.share = share;
    this.stats = new RunStats(plan.stepNames(), plan.journeyCount(), plan.groupNames());
    this.client = reach.client(loop, settings, share.index(), this::connected);
    this.statements = new Statements(database, this);
    this.streams = new Streams(reach.streams(loop, settings, share.index(), this::connected), this);
    this.retries =
        new Retries(this, plan.retryBudgets(), JourneyCursor.mix(share.seed() ^ share.index()));
    long[] limits = plan.timeoutNanos();
    timeouts = new TimeoutList[limits.length];
    for (int i = 0; i < limits.length; i++) {
      timeouts[i] = new TimeoutList(limits[i]);
    }
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

  Retries retries() {
    return retries;
  }

  int users() {
    return users;
  }

  int inFlight() {
    return inFlight;
  }

  int connections() {
    return client.openConnections();
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

  URI target() {
    return plan.target();
  }

  boolean followsRedirects() {
    return plan.followsRedirects();
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
    return plan.journeyAt((JourneyCursor.mix(userSeed ^ 0x5DEE_CE66DL) >>> 11) * 0x1p-53);
  }

  private long userSeed(long number, long iteration) {
    long base = JourneyCursor.mix(share.seed() + 0x9E37_79B9_7F4A_7C15L * (number + 1));
    return JourneyCursor.mix(base + 0xD1B5_4A32_D192_ED03L * iteration);
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
    long next = Long.MAX_VALUE;
    for (TimeoutList list : timeouts) {
      while (list.firstDueNanos() <= roundNanos) {
        VirtualUser late = list.first();
        if (late != null) {
          late.expire();
          roundNanos = nowNanos();
        }
      }
      next = Math.min(next, list.firstDueNanos());
    }
    return next;
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
    for (TimeoutList list : timeouts) {
      for (VirtualUser open = list.first(); open != null; open = list.first()) {
        list.remove(open);
        open.abandon();
      }
    }
    if (retries.arePossible()) {
      for (VirtualUser user = sleeping.poll(); user != null; user = sleeping.poll()) {
        user.giveUpRetry();
      }
    }
    for (; users > 0; users--) {
      stats.journeyUnfinished();
    }
    stats.connections().addStale(client.staleConnections());
    stats.connections().addTraffic(client.traffic().sentBytes(), client.traffic().receivedBytes());
    client.close();
    statements.close();
    streams.close();
    stats
        .connections()
        .addTraffic(
            streams.client().traffic().sentBytes(), streams.client().traffic().receivedBytes());
    finished.complete(stats);
  }

  void sleep(long untilNanos, VirtualUser user) {
    sleeping.add(untilNanos, user);
  }

  void submit(VirtualUser user) {
    inFlight++;
    if (!client.submit(user)) {
      inFlight--;
      user.refused();
    }
  }

  /** Begins what is no request. */
  void submitElsewhere(VirtualUser user, CompiledAction action) {
    inFlight++;
    boolean taken =
        switch (action) {
          case CompiledStatement statement -> statements.submit(user, statement);
          case CompiledStream stream -> streams.submit(user, stream);
          case CompiledRequest request -> throw new IllegalArgumentException("a request");
        };
    if (!taken) {
      inFlight--;
      user.refused();
    }
  }

  void sent(VirtualUser user, CompiledAction action) {
    timeouts[action.timeout()].add(user);
    stats.sent(secondsSinceStart(user.sentNanos), inFlight);
  }

  /** The connection had been closed before: the request did not leave after all. */
  void unsend(VirtualUser user, CompiledRequest request) {
    timeouts[request.timeout()].remove(user);
    stats.unsend(secondsSinceStart(user.sentNanos));
  }

  /** An outcome is known for a request that had left. */
  void settled(VirtualUser user, CompiledAction action) {
    inFlight--;
    timeouts[action.timeout()].remove(user);
  }

  /** A request that never left has failed. */
  void unsent() {
    inFlight--;
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
    client.leave(user);
    stats.journeyUnfinished();
    users--;
  }

  private void again(VirtualUser user, long atNanos) {
    long next = stopped ? EngineLoop.NEVER : supply.againNanos(atNanos - startNanos);
    if (next == EngineLoop.NEVER) {
      client.leave(user);
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
    } else {
      client.close();
      statements.close();
      streams.close();
      finished.complete(stats);
    }
  }
}
