package headroom.load.protocol.http;

import headroom.load.network.EngineLoop;
import headroom.load.network.Reach;
import headroom.load.network.Route;
import headroom.load.network.TargetUnusableException;
import headroom.load.protocol.Complaint;
import headroom.load.protocol.JsonValue;
import headroom.load.protocol.Names;
import headroom.load.protocol.Protocol;
import headroom.load.protocol.SplitMix;
import headroom.load.result.ConnectionStats;
import headroom.load.result.ErrorKind;
import headroom.plan.JsonPath;
import headroom.plan.Plan;
import headroom.plan.Step;
import headroom.plan.Template;
import headroom.plan.ValueSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Sends the requests of a plan one by one, beside the measured load: for probes and for data. They
 * travel as those of users do (TLS, proxy, addresses, HTTP/2, redirects) and their answers are
 * checked by the same code. Safe for use by several threads.
 */
public final class Caller implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** Copies of a write go out at once, whatever cap the load has. */
  private static final Protocol.Limits LIMITS = new Protocol.Limits(128, 10_000, 64L << 20);

  private final Plan plan;
  private final Names names = new Names();
  private final RequestCompiler compiler;
  private final Map<Step.Request, CompiledRequest> compiled = new HashMap<>();
  private final EngineLoop loop = new EngineLoop("load-caller");
  private final HttpRunner runner;

  /** Those under way; only touched on the loop. */
  private final Set<SingleCall> open = new HashSet<>();

  /**
   * @throws TargetUnusableException when the plan's target accepts no connection
   */
  public Caller(Plan plan) throws TargetUnusableException {
    this.plan = plan;
    this.compiler = new RequestCompiler(plan, names);
    try {
      String scheme = plan.target().getScheme();
      boolean nowhere = "jdbc".equals(scheme) || "tcp".equals(scheme);
      Route route = nowhere ? Route.nowhere() : new Reach(plan, CONNECT).route();
      var lane = new Protocol.Lane(loop, 0, LIMITS, times -> {});
      runner = new HttpRunner(loop, plan, HttpProtocol.client(plan, route, lane));
    } catch (TargetUnusableException | RuntimeException unusable) {
      loop.close();
      throw unusable;
    }
  }

  /** Somebody in whose name requests are sent: what they know, and their cookies. */
  public static final class User {
    private final Map<String, String> values;
    private CookieJar cookies = CookieJar.EMPTY;

    /**
     * @param values of variables, which those that are saved are added to
     */
    public User(Map<String, String> values) {
      this.values = new HashMap<>(values);
    }

    /** The value of a variable; empty for none. */
    public Optional<String> value(String variable) {
      return Optional.ofNullable(values.get(variable));
    }
  }

  /** A request with all its values: each time it is sent, the same to the byte. */
  public static final class Prepared {
    private final CompiledRequest request;
    private final Duration limit;
    private final @Nullable String[] values;
    private final CookieJar jar;
    private final Map<String, Integer> saves;

    private Prepared(
        CompiledRequest request,
        Duration limit,
        @Nullable String[] values,
        CookieJar jar,
        Map<String, Integer> saves) {
      this.request = request;
      this.limit = limit;
      this.values = values;
      this.jar = jar;
      this.saves = saves;
    }

    CompiledRequest request() {
      return request;
    }

    Duration limit() {
      return limit;
    }

    @Nullable String[] values() {
      return values;
    }

    /** The cookies that may go with it. */
    CookieJar jar() {
      return jar;
    }

    /** What the answer saved: names and values out of the places that it wrote to. */
    Map<String, String> saved(@Nullable String[] after) {
      var saved = new HashMap<String, String>();
      saves.forEach((name, slot) -> {
        String value = after[slot];
        if (value != null) {
          saved.put(name, value);
        }
      });
      return saved;
    }
  }

  /**
   * What came of a request.
   *
   * @param status of the answer, 0 where there is none
   * @param problem why it is not what the step expects; empty when it is
   * @param saved what the step saves of it
   * @param cookies that it sets, and those before it that led to it
   */
  public record Reply(
      int status,
      String text,
      Optional<String> problem,
      Map<String, String> saved,
      List<SetCookies> cookies) {
    public Reply {
      cookies = List.copyOf(cookies);
      saved = Map.copyOf(saved);
    }

    /** Why there is no answer. */
    static Reply none(Complaint why) {
      return new Reply(0, "", Optional.of(why.describe()), Map.of(), List.of());
    }

    /** In a few words. */
    public String describe() {
      return status > 0 ? "status " + status : problem.orElse("no answer");
    }

    /** The value at a path of a JSON body. */
    public Optional<String> at(JsonPath path) {
      return Optional.ofNullable(JsonValue.find(text.getBytes(StandardCharsets.UTF_8), path));
    }
  }

  /**
   * A new user: the variables of the plan follow from the seed alone, so that two users of the same
   * seed act on the same things; number, UUID and random number are its own.
   */
  public User user(long number, long seed) {
    var values = new HashMap<String, String>();
    var random = new SplittableRandom(seed);
    plan.variables().forEach((name, source) -> values.put(name, source.draw(random, seed)));
    var own = new SplittableRandom(SplitMix.mix(seed + number));
    for (String name : Plan.GENERATED.keySet().stream().sorted().toList()) {
      ValueSource source = Plan.GENERATED.get(name);
      if (source != null) {
        values.putIfAbsent(name, source.draw(own, number));
      }
    }
    return new User(values);
  }

  /** A request as a user sends it now. */
  public Prepared prepare(Step.Request step, User user) {
    synchronized (names) {
      return prepare(step, compiled.computeIfAbsent(step, compiler::compile), user);
    }
  }

  /** As above, with one header more. */
  public Prepared prepare(Step.Request step, User user, String header, String value) {
    List<Step.Header> headers = new ArrayList<>(step.headers());
    headers.add(new Step.Header(header, Template.literal(value)));
    synchronized (names) {
      return prepare(step, compiler.compile(step.withHeaders(headers)), user);
    }
  }

  private Prepared prepare(Step.Request step, CompiledRequest request, User user) {
    Map<String, Integer> slots = names.slots();
    var values = new @Nullable String[slots.size()];
    slots.forEach((name, slot) -> values[slot] = user.values.get(name));
    var saves = new HashMap<String, Integer>();
    step.saves().forEach(save -> saves.put(save.variable(), names.slot(save.variable())));
    CookieJar jar = request.cookies().isEmpty() ? CookieJar.EMPTY : user.cookies;
    return new Prepared(
        request, step.timeout().orElse(plan.timeout()), values, jar, Map.copyOf(saves));
  }

  /**
   * An answer's headers that set cookies.
   *
   * @param lines the values of the headers, each on a line of its own
   * @param path that was asked
   * @param nanos when, in the loop's time
   */
  record SetCookies(String lines, CookieJar.Site site, String path, long nanos) {}

  /** Sends it without waiting; a failure is a reply too. */
  public CompletableFuture<Reply> begin(Prepared request) {
    var reply = new CompletableFuture<Reply>();
    var call = new SingleCall(this, request, reply);
    loop.execute(() -> {
      open.add(call);
      call.begin();
    });
    return reply;
  }

  /** Sends it and waits for the answer. */
  public Reply send(Prepared request) throws InterruptedException {
    try {
      return begin(request).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the client failed", e.getCause());
    }
  }

  /**
   * Lets the user have what came with an answer: its cookies, and what the step saves.
   *
   * @return what is wrong with it; empty when nothing is
   */
  public static Optional<String> take(Reply reply, User user) {
    for (SetCookies set : reply.cookies()) {
      user.cookies =
          user.cookies.after(
              set.lines(), set.site(), set.path(), set.nanos(), new CookieJar.Losses());
    }
    if (reply.problem().isEmpty()) {
      user.values.putAll(reply.saved());
    }
    return reply.problem();
  }

  /** A call is over; what was kept for it alone is given back. */
  void ended(SingleCall call) {
    open.remove(call);
    runner.leave(call);
  }

  EngineLoop loop() {
    return loop;
  }

  HttpRunner runner() {
    return runner;
  }

  @Override
  public void close() {
    loop.execute(() -> {
      for (SingleCall call : new ArrayList<>(open)) {
        call.failed(ErrorKind.UNFINISHED, "");
      }
      runner.close(new ConnectionStats());
    });
    loop.close();
  }
}
