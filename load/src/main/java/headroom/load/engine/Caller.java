package headroom.load.engine;

import headroom.load.http.Answer;
import headroom.load.journey.JsonPath;
import headroom.load.journey.Plan;
import headroom.load.journey.Step;
import headroom.load.journey.Template;
import headroom.load.journey.ValueSource;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.ssl.JdkSslContext;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Sends the requests of a plan one by one, beside the measured load: for probes and for data. Safe
 * for use by several threads.
 */
public final class Caller implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** Headers that the client sets itself and does not let others set. */
  private static final Set<String> OWN =
      Set.of("connection", "content-length", "expect", "host", "upgrade");

  private final Plan plan;
  private final HttpClient http;

  /**
   * @throws TargetUnusableException when the plan's target accepts no connection
   */
  public Caller(Plan plan) throws TargetUnusableException {
    this.plan = plan;
    Reach reach =
        "jdbc".equals(plan.target().getScheme()) ? Reach.nowhere(plan) : Reach.to(plan, CONNECT);
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER);
    if (reach.route().tls() instanceof JdkSslContext tls) {
      builder.sslContext(tls.context());
    }
    http = builder.build();
  }

  /**
   * An answer.
   *
   * @param failure why there is none; its status is 0 then
   */
  public record Reply(
      int status, String text, Optional<HttpHeaders> headers, Optional<String> failure) {
    static Reply none(Throwable failure) {
      String message = failure.getMessage();
      String why = failure.getClass().getSimpleName() + (message == null ? "" : ": " + message);
      return new Reply(0, "", Optional.empty(), Optional.of(why));
    }

    /** In a few words. */
    public String describe() {
      return failure.orElseGet(() -> "status " + status);
    }

    /** The value at a path of a JSON body. */
    public Optional<String> at(JsonPath path) {
      return Optional.ofNullable(JsonValue.find(text.getBytes(StandardCharsets.UTF_8), path));
    }
  }

  /**
   * The variables of a new user: those of the plan follow from the seed alone, so that two users of
   * the same seed act on the same things; number, UUID and random number are its own.
   */
  public Map<String, String> user(long number, long seed) {
    var values = new HashMap<String, String>();
    var random = new SplittableRandom(seed);
    plan.variables().forEach((name, source) -> values.put(name, source.draw(random, seed)));
    var own = new SplittableRandom(VirtualUser.mix(seed + number));
    for (String name : Plan.GENERATED.keySet().stream().sorted().toList()) {
      ValueSource source = Plan.GENERATED.get(name);
      if (source != null) {
        values.putIfAbsent(name, source.draw(own, number));
      }
    }
    return values;
  }

  /** A request as it is sent, each time the same to the byte. */
  public HttpRequest prepare(
      Step.Request step, Map<String, String> values, Map<String, String> moreHeaders) {
    String prefix = plan.target().getRawPath();
    String base = prefix == null ? "" : prefix.replaceAll("/+$", "");
    URI uri =
        URI.create(
            plan.target().getScheme()
                + "://"
                + plan.target().getRawAuthority()
                + base
                + render(step.target(), values));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).timeout(step.timeout().orElse(plan.timeout()));
    var headers = new ArrayList<>(plan.headers());
    headers.addAll(step.headers());
    boolean typed = false;
    for (Step.Header header : headers) {
      if (!OWN.contains(header.name().toLowerCase(Locale.ROOT))) {
        request.header(header.name(), render(header.value(), values));
        typed |= header.name().equalsIgnoreCase("content-type");
      }
    }
    moreHeaders.forEach(request::header);
    if (step.body().isPresent() && !typed) {
      request.header("content-type", step.body().get().contentType());
    }
    return request
        .method(
            step.method().name(),
            step.body()
                .map(body -> HttpRequest.BodyPublishers.ofByteArray(bytes(body.content(), values)))
                .orElse(HttpRequest.BodyPublishers.noBody()))
        .build();
  }

  /** A template with its variables filled in, escaped for where they stand. */
  private static String render(Template template, Map<String, String> values) {
    return new String(bytes(template, values), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(Template template, Map<String, String> values) {
    var names = new ArrayList<String>(template.variables());
    @Nullable String[] slots = new String[names.size()];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = values.get(names.get(i));
    }
    ByteBuf out = Unpooled.buffer();
    CompiledTemplate.of(template, names::indexOf).writeTo(out, slots);
    byte[] bytes = new byte[out.readableBytes()];
    out.readBytes(bytes);
    return bytes;
  }

  /** Sends it without waiting; a failure is a reply too. */
  public CompletableFuture<Reply> begin(HttpRequest request) {
    return http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .thenApply(
            r -> new Reply(r.statusCode(), r.body(), Optional.of(r.headers()), Optional.empty()))
        .exceptionally(failure -> Reply.none(rootOf(failure)));
  }

  /** Sends it and waits for the answer. */
  public Reply send(HttpRequest request) throws InterruptedException {
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      return new Reply(
          answer.statusCode(), answer.body(), Optional.of(answer.headers()), Optional.empty());
    } catch (IOException e) {
      return Reply.none(e);
    }
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause == null ? failure : cause;
  }

  /**
   * Checks an answer as a virtual user would and keeps what the step saves.
   *
   * @return what is wrong with it; empty when nothing is
   */
  public static Optional<String> take(Step.Request step, Reply reply, Map<String, String> values) {
    if (reply.failure().isPresent() || !step.expect().accepts(reply.status())) {
      return Optional.of(reply.describe());
    }
    String text = step.expect().bodyContains();
    if (text != null && !reply.text().contains(text)) {
      return Optional.of("the body does not contain '" + text + "'");
    }
    for (Step.Save save : step.saves()) {
      CompiledSave source = source(save.source());
      String value = source.extract(answer(reply, save.source()));
      if (value == null) {
        return Optional.of(source.describe() + " is not in the answer");
      }
      values.put(save.variable(), value);
    }
    return Optional.empty();
  }

  private static CompiledSave source(Step.Source source) {
    return switch (source) {
      case Step.Source.Json json -> new CompiledSave.Json(0, json.path());
      case Step.Source.HeaderValue header -> new CompiledSave.HeaderValue(0, header.name(), 0);
      case Step.Source.Cookie cookie -> new CompiledSave.Cookie(0, cookie.name(), 0);
      case Step.Source.Regex regex -> new CompiledSave.Regex(0, regex.pattern());
    };
  }

  /** The reply as the engine sees answers, with the one header that the source wants. */
  private static Answer answer(Reply reply, Step.Source source) {
    String wanted =
        switch (source) {
          case Step.Source.HeaderValue header -> header.name();
          case Step.Source.Cookie cookie -> "set-cookie";
          case Step.Source.Json json -> "";
          case Step.Source.Regex regex -> "";
        };
    List<String> values = reply.headers().map(h -> h.allValues(wanted)).orElse(List.of());
    return new Answer() {
      @Override
      public int status() {
        return reply.status();
      }

      @Override
      public long bodyBytes() {
        return body().length;
      }

      @Override
      public byte[] body() {
        return reply.text().getBytes(StandardCharsets.UTF_8);
      }

      @Override
      public @Nullable String header(int index) {
        return values.isEmpty() ? null : String.join("\n", values);
      }

      @Override
      public @Nullable String location() {
        return reply.headers().flatMap(h -> h.firstValue("location")).orElse(null);
      }
    };
  }

  @Override
  public void close() {
    http.shutdownNow();
    try {
      boolean unused = http.awaitTermination(Duration.ofSeconds(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
