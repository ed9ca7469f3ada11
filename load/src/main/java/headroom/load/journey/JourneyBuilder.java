package headroom.load.journey;

import headroom.load.journey.Step.Body;
import headroom.load.journey.Step.Expectation;
import headroom.load.journey.Step.Header;
import headroom.load.journey.Step.Method;
import headroom.load.journey.Step.Request;
import headroom.load.journey.Step.Save;
import headroom.load.journey.Step.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The steps of a journey in Java; see {@link PlanBuilder}. */
public final class JourneyBuilder {
  private final List<Step> steps = new ArrayList<>();
  private @Nullable Request current;

  JourneyBuilder() {}

  public JourneyBuilder get(String path) {
    return request(Method.GET, path);
  }

  public JourneyBuilder post(String path) {
    return request(Method.POST, path);
  }

  public JourneyBuilder put(String path) {
    return request(Method.PUT, path);
  }

  public JourneyBuilder delete(String path) {
    return request(Method.DELETE, path);
  }

  /** Begins a request; what follows up to the next request describes it. */
  public JourneyBuilder request(Method method, String path) {
    finishRequest();
    Template target = Template.parse(path, Template.Escape.PERCENT);
    current =
        new Request(
            Request.defaultName(method, target),
            method,
            target,
            List.of(),
            Optional.empty(),
            Expectation.DEFAULT,
            List.of(),
            Optional.empty(),
            Optional.empty());
    return this;
  }

  /** Names the request in results. */
  public JourneyBuilder named(String name) {
    Request r = open();
    return with(name, r.headers(), r.body(), r.expect(), r.saves(), r.timeout(), r.idempotence());
  }

  public JourneyBuilder header(String name, String value) {
    Request r = open();
    var headers = new ArrayList<>(r.headers());
    headers.add(new Header(name, Template.parse(value, Template.Escape.NONE)));
    return with(r.name(), headers, r.body(), r.expect(), r.saves(), r.timeout(), r.idempotence());
  }

  /** A JSON text; variables in it are escaped as within a JSON string. */
  public JourneyBuilder json(String text) {
    return body("application/json", Template.parse(text, Template.Escape.JSON));
  }

  public JourneyBuilder body(String contentType, Template content) {
    Request r = open();
    var body = Optional.of(new Body(contentType, content));
    return with(r.name(), r.headers(), body, r.expect(), r.saves(), r.timeout(), r.idempotence());
  }

  /** Only this status is a success. */
  public JourneyBuilder expect(int status) {
    Request r = open();
    var expect = Expectation.status(status);
    return with(r.name(), r.headers(), r.body(), expect, r.saves(), r.timeout(), r.idempotence());
  }

  /** Keeps the value at a JSON path of the answer. */
  public JourneyBuilder save(String variable, String jsonPath) {
    return save(variable, new Source.Json(JsonPath.parse(jsonPath)));
  }

  public JourneyBuilder save(String variable, Source source) {
    Request r = open();
    var saves = new ArrayList<>(r.saves());
    saves.add(new Save(Template.checkName(variable), source));
    return with(r.name(), r.headers(), r.body(), r.expect(), saves, r.timeout(), r.idempotence());
  }

  public JourneyBuilder timeout(Duration timeout) {
    Request r = open();
    var limit = Optional.of(timeout);
    return with(r.name(), r.headers(), r.body(), r.expect(), r.saves(), limit, r.idempotence());
  }

  /** Marks a write that must take effect once when it is repeated with the same key. */
  public JourneyBuilder idempotent() {
    return idempotent(Idempotence.DEFAULT);
  }

  /** As above, and says how that is seen. */
  public JourneyBuilder idempotent(Idempotence how) {
    Request r = open();
    return with(
        r.name(), r.headers(), r.body(), r.expect(), r.saves(), r.timeout(), Optional.of(how));
  }

  /** Adds a statement on the plan's database; <code>${name}</code> in it is bound as a value. */
  public JourneyBuilder sql(String statement) {
    return sql(statement, settings -> {});
  }

  /** Adds a statement on the plan's database, with what it must do. */
  public JourneyBuilder sql(String statement, Consumer<StatementBuilder> settings) {
    finishRequest();
    var builder = new StatementBuilder(statement);
    settings.accept(builder);
    steps.add(builder.build());
    return this;
  }

  /** Takes server-sent events. */
  public JourneyBuilder events(String path, Step.Until until) {
    finishRequest();
    Template target = Template.parse(path, Template.Escape.PERCENT);
    steps.add(new Step.Events("sse " + path, target, List.of(), until, Optional.empty()));
    return this;
  }

  /** Talks on a WebSocket. */
  public JourneyBuilder socket(String path, Step.Talk... talk) {
    finishRequest();
    Template target = Template.parse(path, Template.Escape.PERCENT);
    steps.add(
        new Step.Socket("websocket " + path, target, List.of(), List.of(talk), Optional.empty()));
    return this;
  }

  public JourneyBuilder think(Duration pause) {
    return think(new ThinkTime.Fixed(pause.toNanos()));
  }

  public JourneyBuilder think(Duration min, Duration max) {
    return think(new ThinkTime.Between(min.toNanos(), max.toNanos()));
  }

  public JourneyBuilder think(ThinkTime time) {
    finishRequest();
    steps.add(new Step.Think(time));
    return this;
  }

  List<Step> build() {
    finishRequest();
    return steps;
  }

  private Request open() {
    if (current == null) {
      throw new IllegalStateException("begin a request first, such as get(\"/\")");
    }
    return current;
  }

  private void finishRequest() {
    if (current != null) {
      steps.add(current);
      current = null;
    }
  }

  private JourneyBuilder with(
      String name,
      List<Header> headers,
      Optional<Body> body,
      Expectation expect,
      List<Save> saves,
      Optional<Duration> timeout,
      Optional<Idempotence> idempotence) {
    Request r = open();
    current =
        new Request(
            name, r.method(), r.target(), headers, body, expect, saves, timeout, idempotence);
    return this;
  }
}
