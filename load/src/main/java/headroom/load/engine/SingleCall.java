package headroom.load.engine;

import headroom.load.protocol.http.Answer;
import headroom.load.protocol.http.Exchange;
import headroom.load.protocol.http.Transmission;
import headroom.load.result.ErrorKind;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A request beside the load, and what becomes of it. Lives on its caller's loop. */
final class SingleCall implements Exchange {
  private final Caller caller;
  private final Caller.Prepared prepared;
  private final CompletableFuture<Caller.Reply> reply;
  private @Nullable Redirect redirect;
  private @Nullable Transmission transmission;
  private boolean redirecting;
  private boolean done;
  private int sendings;
  private long sentNanos;

  SingleCall(Caller caller, Caller.Prepared prepared, CompletableFuture<Caller.Reply> reply) {
    this.caller = caller;
    this.prepared = prepared;
    this.reply = reply;
  }

  @Override
  public void writeTo(ByteBuf out) {
    CompiledRequest request = prepared.request();
    if (redirect == null) {
      request.writeTo(out, prepared.values(), prepared.jar());
    } else {
      redirect.writeTo(out, request, prepared.values(), prepared.jar());
    }
  }

  @Override
  public Http2Headers fields(int bodyBytes) {
    CompiledFields fields = prepared.request().fields();
    if (fields == null) {
      throw new IllegalStateException("compiled for HTTP/1.1");
    }
    Http2Headers headers = fields.of(prepared.values(), bodyBytes, prepared.jar());
    return redirect == null ? headers : redirect.fields(headers);
  }

  @Override
  public boolean writeBody(ByteBuf out) {
    CompiledTemplate body = prepared.request().body();
    if (body == null || (redirect != null && redirect.isGet())) {
      return false;
    }
    body.writeTo(out, prepared.values());
    return true;
  }

  @Override
  public boolean isHead() {
    return prepared.request().method() == headroom.plan.Step.Method.HEAD;
  }

  /** Whoever sends single requests may want to read what came back. */
  @Override
  public boolean wantsBody() {
    return true;
  }

  @Override
  public List<String> wantedHeaders() {
    return prepared.request().wantedHeaders();
  }

  @Override
  public boolean isSafeToRepeat() {
    return prepared.request().method().isSafeToRepeat() || (redirect != null && redirect.isGet());
  }

  @Override
  public void sending(Transmission next) {
    transmission = next;
    sentNanos = caller.loop().nowNanos();
    int sending = ++sendings;
    caller.loop().after(prepared.limit().toNanos(), () -> expire(sending));
  }

  private void expire(int sending) {
    Transmission open = transmission;
    if (done || sending != sendings || open == null) {
      return;
    }
    failed(ErrorKind.TIMEOUT, "");
    open.abandon();
    caller.ended(this);
  }

  @Override
  public void requeued() {
    transmission = null;
    sendings++;
  }

  @Override
  public void answered(Answer answer) {
    transmission = null;
    sendings++;
    CompiledRequest request = prepared.request();
    @Nullable String[] values = Arrays.copyOf(prepared.values(), prepared.values().length);
    Complaint complaint;
    if (request.expect().accepts(answer.status())) {
      long service = caller.loop().nowNanos() - sentNanos;
      complaint =
          request.examine(answer, values, new SplittableRandom(Arrays.hashCode(values)), service);
    } else {
      complaint = Redirect.refusal(answer, caller.plan().wire().followRedirects());
      if (complaint == null) {
        Redirect way = redirect == null ? new Redirect(sentNanos) : redirect;
        complaint = way.follow(caller.plan().target(), request, values, answer);
        if (complaint == null) {
          redirect = way;
          redirecting = true;
          return;
        }
      }
    }
    String set = request.cookies() < 0 ? null : answer.header(request.cookies());
    end(
        new Caller.Reply(
            answer.status(),
            answer.body().text(),
            Optional.ofNullable(complaint).map(Complaint::describe),
            complaint == null ? prepared.saved(values) : Map.of(),
            Optional.ofNullable(set)));
  }

  @Override
  public void failed(ErrorKind kind, String detail) {
    end(Caller.Reply.none(new Complaint(kind, detail)));
  }

  private void end(Caller.Reply with) {
    if (!done) {
      done = true;
      reply.complete(with);
    }
  }

  @Override
  public void proceed() {
    if (redirecting) {
      redirecting = false;
      caller.send(this);
    } else {
      caller.ended(this);
    }
  }
}
