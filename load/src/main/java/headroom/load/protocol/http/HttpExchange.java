package headroom.load.protocol.http;

import headroom.load.protocol.Actor;
import headroom.load.protocol.CompiledTemplate;
import headroom.load.protocol.Complaint;
import headroom.load.protocol.Transmission;
import headroom.load.result.ErrorKind;
import headroom.plan.Step;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way and what becomes of it: written with the cookies of whoever sends it, led on
 * from place to place, its answer checked. Used again for another when it is over, so that a
 * request allocates nothing.
 */
class HttpExchange implements Exchange, Transmission {
  private final HttpRunner runner;

  /** Absent once it is over: it must not keep users who are gone. */
  private @Nullable Actor actor;

  private CompiledRequest request;

  /** Where the request was sent on to; absent for nearly all. */
  private @Nullable Redirect redirect;

  /** Whether the answer just taken leads on. */
  private boolean redirecting;

  /** What is on the wire; absent while it waits. */
  private @Nullable Transmission transmission;

  private long sentNanos;

  HttpExchange(HttpRunner runner, Actor actor, CompiledRequest request) {
    this.runner = runner;
    this.actor = actor;
    this.request = request;
  }

  /** Becomes another request. */
  final void renew(Actor next, CompiledRequest what) {
    actor = next;
    request = what;
  }

  /** Reads an answer before anything is made of it. */
  void heard(Answer answer) {
    actor().received(answer.bodyBytes());
  }

  /** All is told. */
  void over() {
    redirect = null;
    actor = null;
    runner.release(this);
  }

  private Actor actor() {
    if (actor == null) {
      throw new IllegalStateException("the request is over");
    }
    return actor;
  }

  final CompiledRequest request() {
    return request;
  }

  @Override
  public final Object owner() {
    return actor();
  }

  @Override
  public final void writeTo(ByteBuf out) {
    if (redirect == null) {
      request.writeTo(out, actor().values(), jar());
    } else {
      redirect.writeTo(out, request, actor().values(), jar());
    }
  }

  /** The cookies that go with the request, absent for none. */
  private @Nullable String jar() {
    if (request.cookies().isEmpty() || !(actor().memory() instanceof CookieJar jar)) {
      return null;
    }
    return jar.depends() ? jar.header(path(), runner.nowNanos()) : jar.header();
  }

  /** The path that is asked, without its query. */
  final String path() {
    String path = redirect == null ? request.path(actor().values()) : redirect.place();
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }

  @Override
  public final Http2Headers fields(int bodyBytes) {
    CompiledFields fields = request.fields();
    if (fields == null) {
      throw new IllegalStateException("compiled for HTTP/1.1");
    }
    Http2Headers headers = fields.of(actor().values(), bodyBytes, jar());
    return redirect == null ? headers : redirect.fields(headers);
  }

  @Override
  public final boolean writeBody(ByteBuf out) {
    CompiledTemplate body = request.body();
    if (body == null || (redirect != null && redirect.isGet())) {
      return false;
    }
    body.writeTo(out, actor().values());
    return true;
  }

  @Override
  public final boolean isHead() {
    return request.method() == Step.Method.HEAD;
  }

  @Override
  public boolean wantsBody() {
    return request.wantsBody();
  }

  @Override
  public final List<String> wantedHeaders() {
    return request.wantedHeaders();
  }

  @Override
  public final boolean isSafeToRepeat() {
    return request.method().isSafeToRepeat() || (redirect != null && redirect.isGet());
  }

  @Override
  public final void sending(Transmission next) {
    transmission = next;
    sentNanos = runner.nowNanos();
    actor().sent(this, sentNanos);
  }

  @Override
  public final void requeued() {
    transmission = null;
    actor().unsent();
  }

  @Override
  public final void answered(Answer answer) {
    transmission = null;
    long now = runner.nowNanos();
    heard(answer);
    keepCookies(answer);
    if (request.expect().accepts(answer.status())) {
      actor()
          .ended(now, request.examine(answer, actor().values(), actor().random(), now - sentNanos));
    } else if (!actor().triesAgain(answer.status())) {
      follow(answer, now);
    }
  }

  private void keepCookies(Answer answer) {
    if (request.cookies().isPresent()) {
      String set = answer.header(request.cookies().getAsInt());
      if (set != null) {
        CookieJar before = actor().memory() instanceof CookieJar jar ? jar : CookieJar.EMPTY;
        actor()
            .remember(before.after(set, runner.site(), path(), runner.nowNanos(), runner.losses()));
      }
    }
  }

  /** Counts a status that was not expected as a failure, unless it leads to another place. */
  private void follow(Answer answer, long now) {
    Complaint complaint = Redirect.refusal(answer, runner.followsRedirects());
    if (complaint == null) {
      Redirect way = redirect == null ? new Redirect() : redirect;
      complaint = way.follow(runner.target(), request, actor().values(), answer);
      if (complaint == null) {
        redirect = way;
        redirecting = true;
        actor().ledOn();
        return;
      }
    }
    actor().ended(now, complaint);
  }

  @Override
  public final void failed(ErrorKind kind, String detail) {
    transmission = null;
    actor().failed(kind, detail);
  }

  @Override
  public final void proceed() {
    if (!redirecting) {
      Actor told = actor();
      over();
      told.proceed();
      return;
    }
    redirecting = false;
    if (!runner.send(this)) {
      Actor told = actor();
      over();
      told.refused();
    }
  }

  @Override
  public final void abandon() {
    Transmission open = transmission;
    transmission = null;
    if (open != null) {
      open.abandon();
    }
    over();
  }
}
