package headroom.load.protocol.http;

import headroom.load.protocol.Actor;
import headroom.load.protocol.Complaint;
import headroom.load.protocol.Transmission;
import headroom.load.result.ErrorKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Someone who sends one request beside the load and replies. Lives on its caller's loop. */
final class SingleCall implements Actor {
  private final Caller caller;
  private final Caller.Prepared prepared;
  private final CompletableFuture<Caller.Reply> reply;
  private final @Nullable String[] values;
  private final SplittableRandom random;
  private @Nullable Object cookies;
  private @Nullable Transmission transmission;
  private int sendings;

  /** What the last answer said. */
  private int status;

  private String text = "";

  /** The cookies that all answers set. */
  private final List<Caller.SetCookies> set = new ArrayList<>();

  SingleCall(Caller caller, Caller.Prepared prepared, CompletableFuture<Caller.Reply> reply) {
    this.caller = caller;
    this.prepared = prepared;
    this.reply = reply;
    this.values = Arrays.copyOf(prepared.values(), prepared.values().length);
    this.random = new SplittableRandom(Arrays.hashCode(values));
    this.cookies = prepared.jar();
  }

  /** An exchange whose answer is read: whoever sends single requests may want what came back. */
  private final class ReadExchange extends HttpExchange {
    ReadExchange() {
      super(caller.runner(), SingleCall.this, prepared.request());
    }

    @Override
    public boolean wantsBody() {
      return true;
    }

    @Override
    void heard(Answer answer) {
      status = answer.status();
      text = answer.body().text();
      if (request().cookies().isPresent()) {
        String more = answer.header(request().cookies().getAsInt());
        HttpRunner runner = caller.runner();
        if (more != null) {
          set.add(new Caller.SetCookies(more, runner.site(), path(), runner.nowNanos()));
        }
      }
    }

    /** There is no other call that it could serve. */
    @Override
    void over() {}
  }

  void begin() {
    if (!caller.runner().send(new ReadExchange())) {
      refused();
    }
  }

  @Override
  public @Nullable String[] values() {
    return values;
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  @Override
  public @Nullable Object memory() {
    return cookies;
  }

  @Override
  public void remember(@Nullable Object what) {
    cookies = what;
  }

  @Override
  public void sent(Transmission next, long nanos) {
    transmission = next;
    int sending = ++sendings;
    caller.loop().after(prepared.limit().toNanos(), () -> expire(sending));
  }

  private void expire(int sending) {
    Transmission open = transmission;
    if (sending == sendings && open != null) {
      failed(ErrorKind.TIMEOUT, "");
      open.abandon();
      proceed();
    }
  }

  @Override
  public void unsent() {
    transmission = null;
  }

  @Override
  public void received(long bytes) {}

  @Override
  public void gap(double seconds) {}

  @Override
  public void ledOn() {
    transmission = null;
  }

  @Override
  public void refused() {
    failed(ErrorKind.QUEUE_FULL, "");
    proceed();
  }

  /** Whoever sends single requests wants to know what came of each. */
  @Override
  public boolean triesAgain(int answered) {
    return false;
  }

  @Override
  public void ended(long nanos, @Nullable Complaint failure) {
    transmission = null;
    reply.complete(
        new Caller.Reply(
            status,
            text,
            Optional.ofNullable(failure).map(Complaint::describe),
            failure == null ? prepared.saved(values) : Map.of(),
            set));
  }

  @Override
  public void failed(ErrorKind kind, String detail) {
    transmission = null;
    reply.complete(Caller.Reply.none(new Complaint(kind, detail)));
  }

  @Override
  public void proceed() {
    caller.ended(this);
  }
}
