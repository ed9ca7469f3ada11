package headroom.load.engine;

import headroom.load.protocol.Actor;
import headroom.load.protocol.Complaint;
import headroom.load.protocol.Transmission;
import headroom.load.result.ErrorKind;
import headroom.load.result.StepStats;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One user on a journey: what it waits for and what becomes of that. Less than two hundred bytes
 * with all it remembers, so that a million of them can think at once. Lives on its worker's loop.
 */
final class VirtualUser extends JourneyCursor implements Actor {
  private UserState state = UserState.Plain.BEFORE;
  private @Nullable Object memory;

  VirtualUser(Worker worker, long number, CompiledJourney journey, long randomState) {
    super(worker, number, journey, randomState);
  }

  /** Takes another journey from its beginning. */
  void restart(CompiledJourney next, long seed) {
    rewind(next, seed);
    memory = null;
    state = UserState.Plain.BEFORE;
  }

  /** Goes on from a moment: sends the next request when its time has come, or sleeps until then. */
  void advance(long fromNanos) {
    if (!next(fromNanos)) {
      worker.journeyDone(this, intendedNanos());
      return;
    }
    state = UserState.Plain.THINKING;
    if (intendedNanos() > worker.nowNanos()) {
      worker.sleep(intendedNanos(), this);
    } else {
      send();
    }
  }

  /** The time has come that was slept for. */
  void wake() {
    switch (state) {
      case UserState.Plain.BEFORE -> worker.begin(this);
      case UserState.Plain.THINKING -> send();
      case Retrying attempts -> worker.submit(this);
      case UserState.Plain.WAITING, UserState.Plain.SETTLED, UserState.Plain.FAILED ->
          throw unexpected();
      case Exchanging exchanging -> throw unexpected();
    }
  }

  private void send() {
    state = UserState.Plain.WAITING;
    worker.retries().first(action());
    worker.submit(this);
  }

  /** The queue was full: the journey ends here, or never began. */
  @Override
  public void refused() {
    worker.exchanges().unsent();
    boolean begun = hasBegun();
    if (begun) {
      neverSent(ErrorKind.QUEUE_FULL, "");
    }
    become(UserState.Plain.FAILED);
    worker.journeyRefused(this, begun);
  }

  @Override
  public RandomGenerator random() {
    return this;
  }

  @Override
  public @Nullable Object memory() {
    return memory;
  }

  @Override
  public void remember(@Nullable Object what) {
    memory = what;
  }

  @Override
  public void received(long bytes) {
    stats().addBody(bytes);
  }

  @Override
  public void gap(double seconds) {
    stats().addGap(seconds);
  }

  @Override
  public void sent(Transmission transmission, long nanos) {
    begun();
    Exchanging exchanging =
        state instanceof Exchanging ledOn ? ledOn : worker.exchanges().of(this, attempts());
    exchanging.sent(transmission, nanos);
    state = exchanging;
    worker.exchanges().sent(exchanging, action());
  }

  @Override
  public void unsent() {
    worker.exchanges().unsend(exchanging(), action());
  }

  @Override
  public void ledOn() {
    Exchanging exchanging = exchanging();
    worker.exchanges().answered(exchanging, action());
    exchanging.leadOn();
  }

  @Override
  public void ended(long nanos, @Nullable Complaint failure) {
    worker.exchanges().settled(exchanging(), action());
    if (failure != null) {
      fail(failure.kind(), failure.detail());
    }
    complete(nanos, failure != null);
  }

  @Override
  public boolean triesAgain(int status) {
    return action().retry() != null
        && triesAgain(new Complaint(ErrorKind.STATUS, "status " + status), status);
  }

  @Override
  public void failed(ErrorKind kind, String detail) {
    boolean left = kind.wasSent();
    if (!left) {
      worker.exchanges().unsent();
      begun();
    }
    var why = new Complaint(kind, detail);
    if (triesAgain(why, 0)) {
      return;
    }
    if (left) {
      ended(worker.nowNanos(), why);
    } else {
      neverSent(kind, detail);
      become(UserState.Plain.FAILED);
    }
  }

  /**
   * Whether the present request, which has just failed, is to be sent again.
   *
   * @param status of the answer, 0 for none
   */
  private boolean triesAgain(Complaint why, int status) {
    long sent = state instanceof Exchanging exchanging ? exchanging.firstSentNanos() : 0;
    Retrying attempts = worker.retries().next(action(), attempts(), why, status, sent);
    if (attempts == null) {
      return false;
    }
    if (why.kind().wasSent()) {
      worker.exchanges().settled(exchanging(), action());
    }
    become(attempts);
    return true;
  }

  /** The attempts of the present step that have failed, absent for nearly all. */
  private @Nullable Retrying attempts() {
    return switch (state) {
      case Exchanging exchanging -> exchanging.attempts();
      case Retrying attempts -> attempts;
      case UserState.Plain plain -> null;
    };
  }

  /** The run ends while the user waits to send a request again: the last attempt stands. */
  void giveUpRetry() {
    if (state instanceof Retrying attempts) {
      become(UserState.Plain.FAILED);
      worker.retries().givenUp(action());
      if (attempts.kind().wasSent()) {
        fail(attempts.kind(), attempts.detail());
        measured(attempts.firstSentNanos(), attempts.endedNanos(), true);
      } else {
        unsent(attempts.kind(), attempts.detail());
      }
    }
  }

  /** A request failed, the last attempt of it without having left. */
  private void neverSent(ErrorKind kind, String detail) {
    worker.retries().neverLeft(action(), attempts());
    unsent(kind, detail);
  }

  /** No answer came within the timeout. */
  void expire() {
    Transmission open = exchanging().transmission();
    failed(ErrorKind.TIMEOUT, "");
    open.abandon();
    proceed();
  }

  /** The run ends with this request under way. */
  void abandon() {
    unsent(ErrorKind.UNFINISHED, "");
  }

  private void unsent(ErrorKind kind, String detail) {
    worker.stats().unsent(action().step(), intendedSeconds(), kind, detail);
  }

  private void fail(ErrorKind kind, String detail) {
    stats().fail(kind, detail);
  }

  private void complete(long nowNanos, boolean failed) {
    Exchanging exchanging = exchanging();
    long began =
        worker
            .retries()
            .ended(action(), exchanging.attempts(), exchanging.firstSentNanos(), nowNanos, failed);
    become(failed ? UserState.Plain.FAILED : UserState.Plain.SETTLED);
    measured(began, nowNanos, failed);
  }

  private void measured(long fromNanos, long untilNanos, boolean failed) {
    addResponse(untilNanos);
    worker
        .stats()
        .completed(
            action().step(),
            intendedSeconds(),
            (fromNanos - intendedNanos()) * 1e-9,
            (untilNanos - fromNanos) * 1e-9,
            failed);
  }

  /** Leaves the present state for another than {@link Exchanging}. */
  private void become(UserState next) {
    if (state instanceof Exchanging over) {
      worker.exchanges().release(over);
    }
    state = next;
  }

  @Override
  public void proceed() {
    switch (state) {
      case UserState.Plain.SETTLED -> {
        if (worker.isStopped() && !isAtEnd()) {
          worker.journeyStopped(this);
        } else {
          advance(worker.nowNanos());
        }
      }
      case UserState.Plain.FAILED -> {
        endGroups(true);
        worker.journeyDone(this, worker.nowNanos());
      }
      case Retrying attempts -> {
        // By way of the timers even when it is due at once: a chain of failures must not get deep.
        worker.retries().retried(action());
        worker.sleep(attempts.dueNanos(), this);
      }
      case UserState.Plain.BEFORE, UserState.Plain.THINKING, UserState.Plain.WAITING ->
          throw unexpected();
      case Exchanging exchanging -> throw unexpected();
    }
  }

  boolean hasFailed() {
    return state == UserState.Plain.FAILED;
  }

  private Exchanging exchanging() {
    if (state instanceof Exchanging exchanging) {
      return exchanging;
    }
    throw unexpected();
  }

  private IllegalStateException unexpected() {
    return new IllegalStateException("user %d is %s".formatted(number(), state));
  }

  private StepStats stats() {
    return worker.stats().steps().get(action().step());
  }

  private double intendedSeconds() {
    return worker.secondsSinceStart(intendedNanos());
  }
}
