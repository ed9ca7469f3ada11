package headroom.load.protocol.http;

import headroom.load.network.Reach;
import headroom.load.protocol.CompiledRetry;
import headroom.load.protocol.CompiledTemplate;
import headroom.load.protocol.Names;
import headroom.plan.AnswerValue;
import headroom.plan.Check;
import headroom.plan.Expectation;
import headroom.plan.Plan;
import headroom.plan.Retry;
import headroom.plan.Step;
import headroom.plan.Template;
import headroom.plan.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Writes beforehand what does not change in a request. */
final class RequestCompiler {
  private static final String SET_COOKIE = "set-cookie";

  private final Plan plan;
  private final Names names;

  RequestCompiler(Plan plan, Names names) {
    this.plan = plan;
    this.names = names;
  }

  CompiledRequest compile(Step.Request request) {
    CompiledTemplate head = CompiledTemplate.of(head(request), names::slot);
    CompiledTemplate body =
        request.body().map(b -> CompiledTemplate.of(b.content(), names::slot)).orElse(null);
    var wanted = new ArrayList<String>();
    var saves = new ArrayList<CompiledSave>();
    List<CompiledCheck> checks = checks(request.expect(), wanted);
    boolean wantsBody = checks.stream().anyMatch(RequestCompiler::looksAtBody);
    for (Step.Save save : request.saves()) {
      int slot = names.slot(save.variable());
      switch (save.source()) {
        case AnswerValue.Json json -> {
          saves.add(new CompiledSave.Json(slot, json.path(), json.pick()));
          wantsBody = true;
        }
        case AnswerValue.Regex regex -> {
          saves.add(new CompiledSave.Regex(slot, regex.pattern()));
          wantsBody = true;
        }
        case AnswerValue.HeaderValue header ->
            saves.add(
                new CompiledSave.HeaderValue(
                    slot,
                    header.name(),
                    want(wanted, header.name()),
                    header.pattern().orElse(null)));
        case AnswerValue.Cookie cookie ->
            saves.add(new CompiledSave.Cookie(slot, cookie.name(), want(wanted, SET_COOKIE)));
      }
    }
    boolean ownCookies = has(request.headers(), "cookie") || has(plan.headers(), "cookie");
    OptionalInt cookies =
        plan.cookies() && !ownCookies
            ? OptionalInt.of(want(wanted, SET_COOKIE))
            : OptionalInt.empty();
    return new CompiledRequest(
        names.step(request.name()),
        request.method(),
        head,
        CompiledTemplate.of(path(request), names::slot),
        body,
        fixed(head, body),
        plan.wire().http() == Wire.Http.TWO
            ? new FieldCompiler(plan, names::slot).compile(request, body)
            : null,
        request.expect(),
        checks,
        saves,
        wantsBody,
        wanted,
        cookies,
        names.timeout(request.timeout().orElse(plan.timeout())),
        retry(request));
  }

  private @Nullable CompiledRetry retry(Step.Request request) {
    Retry policy = request.retry().or(plan.wire()::retry).orElse(Retry.NONE);
    return policy.attempts() == 1 ? null : new CompiledRetry(policy, names.retry(policy));
  }

  private List<CompiledCheck> checks(Expectation expect, List<String> wanted) {
    var checks = new ArrayList<CompiledCheck>();
    String contains = expect.bodyContains();
    if (contains != null) {
      checks.add(new CompiledCheck.Contains(contains));
    }
    for (Check check : expect.checks()) {
      checks.add(
          switch (check) {
            case Check.Matches matches -> new CompiledCheck.Matches(matches.pattern());
            case Check.JsonIs json ->
                new CompiledCheck.JsonIs(
                    json.path(), CompiledTemplate.of(json.expected(), names::slot));
            case Check.HeaderIs header ->
                new CompiledCheck.HeaderIs(
                    header.name(),
                    want(wanted, header.name()),
                    CompiledTemplate.of(header.expected(), names::slot));
            case Check.Within within -> new CompiledCheck.Within(within.limit().toNanos());
          });
    }
    return checks;
  }

  private static boolean looksAtBody(CompiledCheck check) {
    return switch (check) {
      case CompiledCheck.Contains contains -> true;
      case CompiledCheck.Matches matches -> true;
      case CompiledCheck.JsonIs json -> true;
      case CompiledCheck.HeaderIs header -> false;
      case CompiledCheck.Within within -> false;
    };
  }

  private static int want(List<String> wanted, String header) {
    String name = header.toLowerCase(Locale.ROOT);
    if (!wanted.contains(name)) {
      wanted.add(name);
    }
    return wanted.indexOf(name);
  }

  /** The path behind that of the target, with its query. */
  private Template path(Step.Request request) {
    String prefix = plan.target().getRawPath();
    String base = prefix == null ? "" : prefix.replaceAll("/+$", "");
    return Template.literal(base).plus(request.target());
  }

  private Template head(Step.Request request) {
    var headers = new ArrayList<Step.Header>(plan.headers());
    headers.addAll(request.headers());
    String origin = Reach.origin(plan);
    Template head =
        Template.literal(request.method() + " " + origin)
            .plus(path(request))
            .plus(Template.literal(" HTTP/1.1\r\n"));
    if (!has(headers, "host")) {
      head = head.plus(line("host", Template.literal(plan.target().getRawAuthority())));
    }
    URI proxy = plan.wire().proxy().orElse(null);
    if (!origin.isEmpty() && proxy != null && !Reach.authorization(proxy).isEmpty()) {
      head = head.plus(line("proxy-authorization", Reach.authorization(proxy)));
    }
    for (Step.Header header : headers) {
      head = head.plus(line(header.name(), header.value()));
    }
    if (request.body().isPresent() && !has(headers, "content-type")) {
      head = head.plus(line("content-type", request.body().get().contentType()));
    }
    if (request.body().isEmpty() && expectsBody(request.method())) {
      head = head.plus(line("content-length", Template.literal("0")));
    }
    return head;
  }

  private static boolean has(List<Step.Header> headers, String name) {
    return headers.stream().anyMatch(header -> header.name().equalsIgnoreCase(name));
  }

  private static boolean expectsBody(Step.Method method) {
    return switch (method) {
      case POST, PUT, PATCH -> true;
      case GET, HEAD, DELETE, OPTIONS -> false;
    };
  }

  private static Template line(String name, String value) {
    return line(name, Template.literal(value));
  }

  private static Template line(String name, Template value) {
    return Template.literal(name + ": ").plus(value).plus(Template.literal("\r\n"));
  }

  /** The whole request, where no variable is in it. */
  private static @Nullable CompiledTemplate fixed(
      CompiledTemplate head, @Nullable CompiledTemplate body) {
    if (!head.isStatic() || (body != null && !body.isStatic())) {
      return null;
    }
    ByteBuf out = Unpooled.buffer();
    CompiledRequest.write(out, head, body, new String[0], null);
    byte[] bytes = new byte[out.readableBytes()];
    out.readBytes(bytes);
    return CompiledTemplate.of(bytes);
  }
}
