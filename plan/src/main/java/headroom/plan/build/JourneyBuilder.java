package headroom.plan.build;

import headroom.plan.AnswerValue;
import headroom.plan.Check;
import headroom.plan.Expectation;
import headroom.plan.Idempotence;
import headroom.plan.JsonPath;
import headroom.plan.Retry;
import headroom.plan.Step;
import headroom.plan.Step.Body;
import headroom.plan.Step.Header;
import headroom.plan.Step.Method;
import headroom.plan.Step.Request;
import headroom.plan.Step.Save;
import headroom.plan.Template;
import headroom.plan.ThinkTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  public JourneyBuilder patch(String path) {
    return request(Method.PATCH, path);
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

  /** Fields of a form; variables in their values are encoded. */
  public JourneyBuilder form(Map<String, String> fields) {
    return body(Bodies.form(fields));
  }

  /** Parts of a multipart form, each a text in which variables may stand. */
  public JourneyBuilder multipart(Map<String, String> fields) {
    var parts = new ArrayList<Bodies.Part>();
    fields.forEach((name, text) ->
        parts.add(
            new Bodies.Part(
                name,
                Optional.empty(),
                Optional.empty(),
                Template.parse(text, Template.Escape.NONE))));
    return body(Bodies.multipart(parts));
  }

  /** The bytes of a file, read now. */
  public JourneyBuilder body(String contentType, Path file) {
    return body(contentType, Bodies.file(file));
  }

  public JourneyBuilder body(String contentType, Template content) {
    return body(new Body(contentType, content));
  }

  private JourneyBuilder body(Body content) {
    Request r = open();
    var body = Optional.of(content);
    return with(r.name(), r.headers(), body, r.expect(), r.saves(), r.timeout(), r.idempotence());
  }

  /** Only this status is a success. */
  public JourneyBuilder expect(int status) {
    Request r = open();
    var expect = Expectation.status(status);
    return with(r.name(), r.headers(), r.body(), expect, r.saves(), r.timeout(), r.idempotence());
  }

  /** What must be true of the answer besides its status. */
  public JourneyBuilder expect(Check check) {
    Request r = open();
    var expect = r.expect().and(check);
    return with(r.name(), r.headers(), r.body(), expect, r.saves(), r.timeout(), r.idempotence());
  }

  /** Keeps the value at a JSON path of the answer. */
  public JourneyBuilder save(String variable, String jsonPath) {
    return save(variable, new AnswerValue.Json(JsonPath.parse(jsonPath)));
  }

  public JourneyBuilder save(String variable, AnswerValue source) {
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

  /** Sends the request again when it fails; {@link Retry#NONE} for once whatever the plan says. */
  public JourneyBuilder retry(Retry policy) {
    Request r = open();
    current =
        new Request(
            r.name(),
            r.method(),
            r.target(),
            r.headers(),
            r.body(),
            r.expect(),
            r.saves(),
            r.timeout(),
            r.idempotence(),
            Optional.of(policy));
    return this;
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

  /** A way that a share of the users takes; see {@link #choose}. */
  public record Way(double share, Consumer<JourneyBuilder> steps) {}

  /** One of several ways, by their shares. */
  public JourneyBuilder choose(Way... ways) {
    var options = new ArrayList<Step.Option>();
    for (Way way : ways) {
      options.add(new Step.Option(way.share(), within(way.steps())));
    }
    return add(new Step.Choice(options));
  }

  /** Steps for users whose variable has that value. */
  public JourneyBuilder when(String variable, String value, Consumer<JourneyBuilder> then) {
    return when(variable, value, then, otherwise -> {});
  }

  public JourneyBuilder when(
      String variable,
      String value,
      Consumer<JourneyBuilder> then,
      Consumer<JourneyBuilder> otherwise) {
    return add(new Step.When(Template.checkName(variable), value, within(then), within(otherwise)));
  }

  /** The same steps again, a number of times between the two. */
  public JourneyBuilder repeat(int min, int max, Consumer<JourneyBuilder> inner) {
    return add(new Step.Repeat(min, max, within(inner)));
  }

  /** Steps whose times are also added up under a name. */
  public JourneyBuilder group(String name, Consumer<JourneyBuilder> inner) {
    return add(new Step.Group(name, within(inner)));
  }

  /** Goes on with another journey of the plan. */
  public JourneyBuilder continueWith(String journey) {
    return add(new Step.HandOver(journey));
  }

  private static List<Step> within(Consumer<JourneyBuilder> inner) {
    var builder = new JourneyBuilder();
    inner.accept(builder);
    return builder.build();
  }

  private JourneyBuilder add(Step step) {
    finishRequest();
    steps.add(step);
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
            name,
            r.method(),
            r.target(),
            headers,
            body,
            expect,
            saves,
            timeout,
            idempotence,
            r.retry());
    return this;
  }
}
