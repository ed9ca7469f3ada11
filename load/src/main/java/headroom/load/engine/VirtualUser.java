package headroom.load.engine;

import headroom.load.http.Answer;
import headroom.load.http.Exchange;
import headroom.load.http.Transmission;
import headroom.load.result.AttemptStats;
import headroom.load.result.ErrorKind;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One user on a journey: where in it, what was saved, when the next step should start. Some two
 * hundred bytes, so that a million of them can think at once. Lives on its worker's loop.
 */
final class VirtualUser implements Exchange, RandomGenerator {
  private static final int[] NONE = new int[0];

  /** Instructions between two requests. */
  private static final int MOST_STEPS = 10_000;

  private static final long GOLDEN_GAMMA = 0x9E37_79B9_7F4A_7C15L;

  private final Worker worker;
  private final long number;
  private CompiledJourney journey;
  private @Nullable String[] values;
  private int[] counters = NONE;

  /** What the answers have set, as the header that sends it; null until one does. */
  private @Nullable String cookies;

  private @Nullable OpenGroups groups;
  private long randomState;

  /** The next instruction. */
  private int at;

  private @Nullable CompiledAction action;
  private @Nullable Transmission transmission;

  /** Where the present request was sent on to; absent for nearly all. */
  private @Nullable Redirect redirect;

  /** The attempts of the present request that have failed; absent for nearly all. */
  private @Nullable Retrying retrying;

  /** When the present step should have started; kept from step to step, whatever was late. */
  private long intendedNanos;

  /** The sum of the response times of the journey so far. */
  private long responseNanos;

  private boolean begun;
  private boolean failed;

  /** Whether the answer just taken leads to another request of the same step. */
  private boolean redirecting;

  /** Whether the present request is to be sent again, and has not been yet. */
  private boolean retryDue;

  long sentNanos;
  @Nullable VirtualUser before;
  @Nullable VirtualUser after;

  VirtualUser(Worker worker, long number, CompiledJourney journey, long randomState) {
    this.worker = worker;
    this.number = number;
    this.journey = journey;
    this.randomState = randomState;
    this.values = worker.emptyValues();
    draw();
  }

  /** Takes another journey from its beginning. */
  void restart(CompiledJourney next, long seed) {
    journey = next;
    randomState = seed;
    values = worker.emptyValues();
    counters = NONE;
    cookies = null;
    draw();
    at = 0;
    begun = false;
    failed = false;
    responseNanos = 0;
    groups = null;
    retrying = null;
    retryDue = false;
  }

  /** Gives the generated variables of the journey their values, unless they have one already. */
  private void draw() {
    for (CompiledJourney.Drawn variable : journey.drawn()) {
      if (values[variable.slot()] == null) {
        values[variable.slot()] = variable.source().draw(this, number);
      }
    }
  }

  /** SplitMix64: a sequence of its own for every user, in eight bytes. */
  @Override
  public long nextLong() {
    randomState += GOLDEN_GAMMA;
    return mix(randomState);
  }

  static long mix(long state) {
    long z = (state ^ (state >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return z ^ (z >>> 31);
  }

  /**
   * Goes on from a moment: sums up pauses until the next request, then sends it when its time has
   * come, or sleeps until then.
   */
  void advance(long fromNanos) {
    long intended = fromNanos;
    for (int steps = 0; at < journey.code().size(); steps++) {
      if (steps > MOST_STEPS) {
        // A loop without a request: no way out but the end.
        at = journey.code().size();
        break;
      }
      switch (journey.code().get(at++)) {
        case Instruction.Think think -> intended += think.time().drawNanos(this);
        case Instruction.Send send -> {
          intendedNanos = intended;
          action = send.action();
          if (intended > worker.nowNanos()) {
            worker.sleep(intended, this);
          } else {
            send();
          }
          return;
        }
        case Instruction.Jump jump -> at = jump.to();
        case Instruction.JumpUnless jump -> {
          if (!jump.value().equals(values[jump.slot()])) {
            at = jump.to();
          }
        }
        case Instruction.Choose choose -> at = choose(choose);
        case Instruction.BeginLoop loop -> beginLoop(loop);
        case Instruction.EndLoop loop -> {
          if (--counters[loop.counter()] > 0) {
            at = loop.to();
          }
        }
        case Instruction.BeginGroup group -> {
          if (groups == null) {
            groups = new OpenGroups();
          }
          groups.begin(group.group(), responseNanos);
        }
        case Instruction.EndGroup group -> endGroup(group.group());
        case Instruction.HandOver over -> {
          endGroups(false);
          journey = worker.journey(over.journey());
          counters = NONE;
          draw();
          at = 0;
        }
      }
    }
    intendedNanos = intended;
    action = null;
    worker.journeyDone(this, intended);
  }

  private void endGroup(int group) {
    if (groups != null) {
      worker.stats().groupEnded(group, groups.end(group, responseNanos) * 1e-9, false);
    }
  }

  /** Ends the groups that the user is still in, such as those in which a step has failed. */
  private void endGroups(boolean aborted) {
    if (groups != null) {
      groups.endAll(
          responseNanos, (group, nanos) -> worker.stats().groupEnded(group, nanos * 1e-9, aborted));
      groups = null;
    }
  }

  private int choose(Instruction.Choose choose) {
    List<Double> shares = choose.cumulativeShares();
    double draw = nextDouble() * shares.getLast();
    int option = 0;
    while (option < shares.size() - 1 && draw >= shares.get(option)) {
      option++;
    }
    return choose.targets().get(option);
  }

  private void beginLoop(Instruction.BeginLoop loop) {
    int times = loop.min() + (int) (nextDouble() * (loop.max() - loop.min() + 1));
    if (times == 0) {
      at = loop.exit();
      return;
    }
    if (counters.length == 0) {
      counters = new int[journey.loops()];
    }
    counters[loop.counter()] = times;
  }

  /** The time of the present step has come. */
  void wake() {
    if (action == null) {
      worker.begin(this);
    } else {
      send();
    }
  }

  private void send() {
    if (action instanceof CompiledRequest request) {
      if (request.retry() != null && retrying == null && redirect == null) {
        worker.firstAttempt(request.retry());
      }
      worker.submit(this);
    } else {
      worker.submitElsewhere(this, action());
    }
  }

  /** The queue was full: the journey ends here, or never began. */
  void refused() {
    failed = true;
    if (begun) {
      neverSent(ErrorKind.QUEUE_FULL, "");
    }
    redirect = null;
    retrying = null;
    worker.journeyRefused(this, begun);
  }

  @Override
  public void writeTo(ByteBuf out) {
    CompiledRequest present = current();
    if (redirect == null) {
      present.writeTo(out, values, jar(present));
    } else {
      redirect.writeTo(out, present, values, jar(present));
    }
  }

  /** The cookies that go with a request, absent for none. */
  private @Nullable String jar(CompiledRequest request) {
    return request.cookies() < 0 ? null : cookies;
  }

  @Override
  public Http2Headers fields(int bodyBytes) {
    CompiledRequest present = current();
    CompiledFields fields = present.fields();
    if (fields == null) {
      throw new IllegalStateException("compiled for HTTP/1.1");
    }
    Http2Headers headers = fields.of(values, bodyBytes, jar(present));
    return redirect == null ? headers : redirect.fields(headers);
  }

  @Override
  public boolean writeBody(ByteBuf out) {
    CompiledTemplate body = current().body();
    if (body == null || (redirect != null && redirect.isGet())) {
      return false;
    }
    body.writeTo(out, values);
    return true;
  }

  @Override
  public boolean isHead() {
    return current().method() == headroom.load.journey.Step.Method.HEAD;
  }

  @Override
  public boolean wantsBody() {
    return current().wantsBody();
  }

  @Override
  public List<String> wantedHeaders() {
    return current().wantedHeaders();
  }

  @Override
  public boolean isSafeToRepeat() {
    return current().method().isSafeToRepeat() || (redirect != null && redirect.isGet());
  }

  @Override
  public void sending(Transmission next) {
    sent(next, worker.nowNanos());
  }

  /** What the user waits for has begun. */
  void sent(Transmission next, long nanos) {
    begun = true;
    transmission = next;
    sentNanos = nanos;
    worker.sent(this, action());
  }

  /** What the user waits for has ended, well when there is no kind of failure. */
  void ended(long nanos, @Nullable ErrorKind failure, String detail) {
    worker.settled(this, action());
    if (failure != null) {
      fail(failure, detail);
    }
    complete(nanos);
  }

  @Override
  public void requeued() {
    transmission = null;
    worker.unsend(this, current());
  }

  @Override
  public void answered(Answer answer) {
    CompiledRequest answered = current();
    long now = worker.nowNanos();
    worker.settled(this, answered);
    worker.stats().steps().get(answered.step()).addBody(answer.bodyBytes());
    if (answered.cookies() >= 0) {
      String set = answer.header(answered.cookies());
      if (set != null) {
        cookies = Cookies.after(cookies, set);
      }
    }
    if (!answered.expect().accepts(answer.status())) {
      if (triesAgain(answered, answer) || follows(answered, answer)) {
        return;
      }
    } else {
      Complaint complaint = answered.examine(answer, values, this, now - sentNanos);
      if (complaint != null) {
        fail(complaint.kind(), complaint.detail());
      }
    }
    complete(now);
  }

  /** Counts a status that was not expected as a failure, unless it leads to another place. */
  private boolean follows(CompiledRequest answered, Answer answer) {
    Complaint complaint = Redirect.refusal(answer, worker.followsRedirects());
    if (complaint == null) {
      Redirect way = redirect == null ? new Redirect(sentNanos) : redirect;
      complaint = way.follow(worker.target(), answered, values, answer);
      if (complaint == null) {
        redirect = way;
        redirecting = true;
        return true;
      }
    }
    fail(complaint.kind(), complaint.detail());
    return false;
  }

  @Override
  public void failed(ErrorKind kind, String detail) {
    if (kind.wasSent()) {
      worker.settled(this, action());
      if (!triesAgain(kind, detail, 0, true)) {
        fail(kind, detail);
        complete(worker.nowNanos());
      }
    } else {
      worker.unsent();
      begun = true;
      if (!triesAgain(kind, detail, 0, false)) {
        failed = true;
        redirect = null;
        neverSent(kind, detail);
        retrying = null;
      }
    }
  }

  /**
   * Whether the present request, which has just failed, is to be sent again.
   *
   * @param status of the answer, 0 for none
   * @param left whether this attempt had left
   */
  private boolean triesAgain(ErrorKind kind, String detail, int status, boolean left) {
    CompiledRetry policy = action instanceof CompiledRequest request ? request.retry() : null;
    if (policy == null || !policy.isFor(kind, status)) {
      return false;
    }
    Retrying attempts = retrying == null ? new Retrying() : retrying;
    if (attempts.failed + 1 >= policy.policy().attempts() || worker.isStopped()) {
      return false;
    }
    AttemptStats stats = worker.stats().steps().get(step()).attempts();
    long pause = worker.backoffNanos(policy, attempts.failed + 1);
    if (pause < 0) {
      stats.refusedByBudget();
      return false;
    }
    long now = worker.nowNanos();
    if (left) {
      long sent = redirect == null ? sentNanos : redirect.firstSentNanos();
      if (attempts.firstSentNanos == 0) {
        attempts.firstSentNanos = sent;
      }
      stats.ended((now - sent) * 1e-9, true);
    } else {
      stats.unsent();
    }
    attempts.failed(kind, detail, now, now + pause);
    retrying = attempts;
    retryDue = true;
    transmission = null;
    redirect = null;
    return true;
  }

  private boolean triesAgain(CompiledRequest answered, Answer answer) {
    return answered.retry() != null
        && triesAgain(ErrorKind.STATUS, "status " + answer.status(), answer.status(), true);
  }

  /** The run ends while the user waits to send a request again: the last attempt stands. */
  void giveUpRetry() {
    Retrying attempts = retrying;
    if (attempts == null) {
      return;
    }
    retrying = null;
    worker.stats().steps().get(step()).attempts().settled(true, true);
    if (attempts.kind().wasSent()) {
      fail(attempts.kind(), attempts.detail());
      measured(attempts.firstSentNanos, attempts.endedNanos());
    } else {
      failed = true;
      worker.stats().unsent(step(), since(intendedNanos), attempts.kind(), attempts.detail());
    }
  }

  /** A request failed, the last attempt of it without having left. */
  private void neverSent(ErrorKind kind, String detail) {
    CompiledRetry policy = action instanceof CompiledRequest request ? request.retry() : null;
    if (policy != null) {
      AttemptStats attempts = worker.stats().steps().get(step()).attempts();
      attempts.unsent();
      attempts.settled(retrying != null, true);
    }
    worker.stats().unsent(step(), since(intendedNanos), kind, detail);
  }

  /** No answer came within the timeout. */
  void expire() {
    Transmission open = transmission;
    failed(ErrorKind.TIMEOUT, "");
    if (open != null) {
      open.abandon();
    }
    proceed();
  }

  /** The run ends with this request under way. */
  void abandon() {
    worker.stats().unsent(step(), since(intendedNanos), ErrorKind.UNFINISHED, "");
  }

  private void fail(ErrorKind kind, String detail) {
    failed = true;
    worker.stats().steps().get(step()).fail(kind, detail);
  }

  private void complete(long nowNanos) {
    transmission = null;
    if (redirect != null) {
      // The service began with the first of the requests.
      sentNanos = redirect.firstSentNanos();
      redirect = null;
    }
    if (action instanceof CompiledRequest request && request.retry() != null) {
      settled(nowNanos);
    }
    measured(sentNanos, nowNanos);
  }

  /** The last attempt of a request that may be sent again has ended. */
  private void settled(long nowNanos) {
    AttemptStats attempts = worker.stats().steps().get(step()).attempts();
    attempts.ended((nowNanos - sentNanos) * 1e-9, failed);
    attempts.settled(retrying != null, failed);
    if (retrying != null) {
      if (retrying.firstSentNanos > 0) {
        // The service began with the first attempt.
        sentNanos = retrying.firstSentNanos;
      }
      retrying = null;
    }
  }

  private void measured(long fromNanos, long untilNanos) {
    responseNanos += untilNanos - intendedNanos;
    worker
        .stats()
        .completed(
            step(),
            since(intendedNanos),
            (fromNanos - intendedNanos) * 1e-9,
            (untilNanos - fromNanos) * 1e-9,
            failed);
  }

  @Override
  public void proceed() {
    if (redirecting) {
      redirecting = false;
      send();
      return;
    }
    if (retryDue) {
      retryDue = false;
      sleepUntilRetry();
      return;
    }
    long now = worker.nowNanos();
    if (failed) {
      endGroups(true);
      worker.journeyDone(this, now);
    } else if (worker.isStopped() && at < journey.code().size()) {
      worker.journeyStopped(this);
    } else {
      advance(now);
    }
  }

  private void sleepUntilRetry() {
    Retrying attempts = retrying;
    if (attempts != null) {
      // By way of the timers even when it is due at once: a chain of failures must not get deep.
      worker.stats().steps().get(step()).attempts().retried();
      worker.sleep(attempts.dueNanos(), this);
    }
  }

  boolean hasFailed() {
    return failed;
  }

  CompiledJourney journey() {
    return journey;
  }

  long number() {
    return number;
  }

  long intendedNanos() {
    return intendedNanos;
  }

  double responseSeconds() {
    return responseNanos * 1e-9;
  }

  /** Sets when a journey that has not begun yet should. */
  void intend(long nanos) {
    intendedNanos = nanos;
    action = null;
  }

  @Nullable String[] values() {
    return values;
  }

  private int step() {
    return action().step();
  }

  private double since(long nanos) {
    return worker.secondsSinceStart(nanos);
  }

  private CompiledRequest current() {
    if (action instanceof CompiledRequest request) {
      return request;
    }
    throw new IllegalStateException("no request at instruction " + at);
  }

  private CompiledAction action() {
    CompiledAction present = action;
    if (present == null) {
      throw new IllegalStateException("nothing under way at instruction " + at);
    }
    return present;
  }
}
