package headroom.load.engine;

import headroom.load.protocol.http.Answer;
import headroom.load.protocol.http.Exchange;
import headroom.load.protocol.http.Transmission;
import headroom.load.result.ErrorKind;
import headroom.plan.Step;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One user on a journey: what it waits for and what becomes of that. Some two hundred bytes with
 * all it remembers, so that a million of them can think at once. Lives on its worker's loop.
 */
final class VirtualUser extends JourneyCursor implements Exchange {
  /** What the answers have set, as the header that sends it; null until one does. */
  private @Nullable String cookies;

  private @Nullable Transmission transmission;

  /** Where the present request was sent on to; absent for nearly all. */
  private @Nullable Redirect redirect;

  /** The attempts of the present request that have failed; absent for nearly all. */
  private @Nullable Retrying retrying;

  private boolean begun;
  private boolean failed;

  /** Whether the answer just taken leads to another request of the same step. */
  private boolean redirecting;

  long sentNanos;
  @Nullable VirtualUser before;
  @Nullable VirtualUser after;

  VirtualUser(Worker worker, long number, CompiledJourney journey, long randomState) {
    super(worker, number, journey, randomState);
  }

  /** Takes another journey from its beginning. */
  void restart(CompiledJourney next, long seed) {
    rewind(next, seed);
    cookies = null;
    begun = false;
    failed = false;
    retrying = null;
  }

  /** Goes on from a moment: sends the next request when its time has come, or sleeps until then. */
  void advance(long fromNanos) {
    if (next(fromNanos) == null) {
      worker.journeyDone(this, intendedNanos());
    } else if (intendedNanos() > worker.nowNanos()) {
      worker.sleep(intendedNanos(), this);
    } else {
      send();
    }
  }

  /** The time of the present step has come. */
  void wake() {
    if (hasAction()) {
      send();
    } else {
      worker.begin(this);
    }
  }

  private void send() {
    if (action() instanceof CompiledRequest request) {
      if (retrying == null && redirect == null) {
        worker.retries().first(request);
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
    CompiledRequest present = request();
    if (redirect == null) {
      present.writeTo(out, values(), jar(present));
    } else {
      redirect.writeTo(out, present, values(), jar(present));
    }
  }

  /** The cookies that go with a request, absent for none. */
  private @Nullable String jar(CompiledRequest request) {
    return request.cookies() < 0 ? null : cookies;
  }

  @Override
  public Http2Headers fields(int bodyBytes) {
    CompiledRequest present = request();
    CompiledFields fields = present.fields();
    if (fields == null) {
      throw new IllegalStateException("compiled for HTTP/1.1");
    }
    Http2Headers headers = fields.of(values(), bodyBytes, jar(present));
    return redirect == null ? headers : redirect.fields(headers);
  }

  @Override
  public boolean writeBody(ByteBuf out) {
    CompiledTemplate body = request().body();
    if (body == null || (redirect != null && redirect.isGet())) {
      return false;
    }
    body.writeTo(out, values());
    return true;
  }

  @Override
  public boolean isHead() {
    return request().method() == Step.Method.HEAD;
  }

  @Override
  public boolean wantsBody() {
    return request().wantsBody();
  }

  @Override
  public List<String> wantedHeaders() {
    return request().wantedHeaders();
  }

  @Override
  public boolean isSafeToRepeat() {
    return request().method().isSafeToRepeat() || (redirect != null && redirect.isGet());
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
    worker.unsend(this, request());
  }

  @Override
  public void answered(Answer answer) {
    CompiledRequest answered = request();
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
      Complaint complaint = answered.examine(answer, values(), this, now - sentNanos);
      if (complaint != null) {
        fail(complaint.kind(), complaint.detail());
      }
    }
    complete(now);
  }

  private boolean triesAgain(CompiledRequest answered, Answer answer) {
    return answered.retry() != null
        && triesAgain(
            new Complaint(ErrorKind.STATUS, "status " + answer.status()), answer.status());
  }

  /** Counts a status that was not expected as a failure, unless it leads to another place. */
  private boolean follows(CompiledRequest answered, Answer answer) {
    Complaint complaint = Redirect.refusal(answer, worker.followsRedirects());
    if (complaint == null) {
      Redirect way = redirect == null ? new Redirect(sentNanos) : redirect;
      complaint = way.follow(worker.target(), answered, values(), answer);
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
    boolean left = kind.wasSent();
    if (left) {
      worker.settled(this, action());
    } else {
      worker.unsent();
      begun = true;
    }
    if (triesAgain(new Complaint(kind, detail), 0)) {
      return;
    }
    if (left) {
      fail(kind, detail);
      complete(worker.nowNanos());
    } else {
      failed = true;
      redirect = null;
      neverSent(kind, detail);
      retrying = null;
    }
  }

  /**
   * Whether the present request, which has just failed, is to be sent again.
   *
   * @param status of the answer, 0 for none
   */
  private boolean triesAgain(Complaint why, int status) {
    long sent = redirect == null ? sentNanos : redirect.firstSentNanos();
    Retrying attempts = worker.retries().next(action(), retrying, why, status, sent);
    if (attempts == null) {
      return false;
    }
    retrying = attempts;
    transmission = null;
    redirect = null;
    return true;
  }

  /** The run ends while the user waits to send a request again: the last attempt stands. */
  void giveUpRetry() {
    Retrying attempts = retrying;
    if (attempts == null) {
      return;
    }
    retrying = null;
    worker.retries().givenUp(action());
    if (attempts.kind().wasSent()) {
      fail(attempts.kind(), attempts.detail());
      measured(attempts.firstSentNanos(), attempts.endedNanos());
    } else {
      failed = true;
      unsent(attempts.kind(), attempts.detail());
    }
  }

  /** A request failed, the last attempt of it without having left. */
  private void neverSent(ErrorKind kind, String detail) {
    worker.retries().neverLeft(action(), retrying);
    unsent(kind, detail);
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
    unsent(ErrorKind.UNFINISHED, "");
  }

  private void unsent(ErrorKind kind, String detail) {
    worker.stats().unsent(step(), intendedSeconds(), kind, detail);
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
    sentNanos = worker.retries().ended(action(), retrying, sentNanos, nowNanos, failed);
    retrying = null;
    measured(sentNanos, nowNanos);
  }

  private void measured(long fromNanos, long untilNanos) {
    addResponse(untilNanos);
    worker
        .stats()
        .completed(
            step(),
            intendedSeconds(),
            (fromNanos - intendedNanos()) * 1e-9,
            (untilNanos - fromNanos) * 1e-9,
            failed);
  }

  @Override
  public void proceed() {
    if (redirecting) {
      redirecting = false;
      send();
    } else if (retrying != null && retrying.beginsPause()) {
      // By way of the timers even when it is due at once: a chain of failures must not get deep.
      worker.retries().retried(action());
      worker.sleep(retrying.dueNanos(), this);
    } else if (failed) {
      endGroups(true);
      worker.journeyDone(this, worker.nowNanos());
    } else if (worker.isStopped() && !isAtEnd()) {
      worker.journeyStopped(this);
    } else {
      advance(worker.nowNanos());
    }
  }

  boolean hasFailed() {
    return failed;
  }

  private int step() {
    return action().step();
  }

  private double intendedSeconds() {
    return worker.secondsSinceStart(intendedNanos());
  }
}
