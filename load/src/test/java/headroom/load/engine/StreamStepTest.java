package headroom.load.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.websocket.WebSocket;
import com.linecorp.armeria.common.websocket.WebSocketFrame;
import com.linecorp.armeria.common.websocket.WebSocketWriter;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.websocket.WebSocketService;
import headroom.load.network.TargetUnusableException;
import headroom.load.result.ErrorKind;
import headroom.load.result.LoadResult;
import headroom.load.result.StepStats;
import headroom.plan.Plan;
import headroom.plan.read.PlanParser;
import headroom.rollup.Cell;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Server-sent events and WebSockets, against Armeria. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class StreamStepTest {
  private static final LoadOptions OPTIONS =
      LoadOptions.seed(1).withoutWarmUp().withDrain(Duration.ofSeconds(60));

  /** Between two events that are to be told apart on a busy machine. */
  private static final int RARE_MILLIS = 2_000;

  private final List<String> heard = new CopyOnWriteArrayList<>();
  private Server server;

  @BeforeEach
  void open() {
    server =
        Server.builder()
            .http(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .service("/events", (context, request) -> events(context, Integer.MAX_VALUE, 50))
            .service("/rare", (context, request) -> events(context, 3, RARE_MILLIS))
            .service("/two", (context, request) -> events(context, 2, 50))
            .service("/silent", (context, request) -> events(context, 0, 50))
            .service("/json", (context, request) -> HttpResponse.of("{}"))
            .service("/feed", WebSocketService.of(this::feed))
            .build();
    server.start().join();
  }

  @AfterEach
  void close() {
    server.stop().join();
  }

  /** An event after 100 ms and then one so often. */
  private static HttpResponse events(ServiceRequestContext context, int most, int everyMillis) {
    var answer = HttpResponse.streaming();
    answer.write(
        ResponseHeaders.of(
            com.linecorp.armeria.common.HttpStatus.OK,
            com.linecorp.armeria.common.HttpHeaderNames.CONTENT_TYPE,
            MediaType.EVENT_STREAM));
    if (most > 0) {
      next(context, answer, 1, most, 100, everyMillis);
    }
    return answer;
  }

  private static void next(
      ServiceRequestContext context,
      com.linecorp.armeria.common.HttpResponseWriter answer,
      int number,
      int most,
      int millis,
      int everyMillis) {
    var unused =
        context
            .eventLoop()
            .schedule(
                () -> {
                  if (!answer.isOpen()) {
                    return;
                  }
                  answer.write(HttpData.ofUtf8("data: {\"n\":" + number + "}\n\n"));
                  if (number == most) {
                    answer.close();
                  } else {
                    next(context, answer, number + 1, most, everyMillis, everyMillis);
                  }
                },
                millis,
                TimeUnit.MILLISECONDS);
  }

  /** Greets, and answers each message twice, {@link #RARE_MILLIS} after the other. */
  private WebSocket feed(ServiceRequestContext context, WebSocket in) {
    WebSocketWriter out = WebSocket.streaming();
    out.write("{\"hello\":\"" + context.path() + "\"}");
    in.subscribe(
        new Subscriber<>() {
          @Override
          public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
          }

          @Override
          public void onNext(WebSocketFrame frame) {
            try (frame) {
              if (frame.type() == com.linecorp.armeria.common.websocket.WebSocketFrameType.TEXT) {
                String text = frame.text();
                heard.add(text);
                out.write("noise");
                var unused =
                    context
                        .eventLoop()
                        .schedule(
                            () -> out.write("{\"answer\":\"" + text.length() + "\"}"),
                            RARE_MILLIS,
                            TimeUnit.MILLISECONDS);
              }
            }
          }

          @Override
          public void onError(Throwable failure) {
            out.close();
          }

          @Override
          public void onComplete() {
            out.close();
          }
        });
    return out;
  }

  @Test
  void eventsAreMeasuredToTheFirstAndBetweenThem() throws Exception {
    LoadResult result =
        run(
            """
            - sse: /rare
              until: { events: 3 }
            """);
    StepStats step = result.stats().steps().getFirst();
    assertThat(step.name()).isEqualTo("sse /rare");
    assertThat(step.errors().entries()).isEmpty();
    assertThat(step.count()).isEqualTo(10);
    // To the first event, that is before the second was sent.
    double second = 0.1 + RARE_MILLIS / 1e3;
    assertThat(step.response().min()).isBetween(0.1, second);
    assertThat(step.response().quantile(0.5).orElseThrow()).isLessThan(second);
    Cell gaps = step.gaps().orElseThrow();
    assertThat(gaps.count()).isEqualTo(20);
    // Until the last event, for each of ten users.
    assertThat(step.response().sum() + gaps.sum())
        .isGreaterThanOrEqualTo(10 * (second + RARE_MILLIS / 1e3));
    assertThat(result.stats().connections().receivedBytes()).isPositive();
  }

  @Test
  void eventsMayBeTakenForATime() throws Exception {
    LoadResult result =
        run(
            """
            - sse: /events
              until: { for: 3s }
            """);
    StepStats step = result.stats().steps().getFirst();
    assertThat(step.errors().entries()).isEmpty();
    // The server would go on for ever, with an event each 50 ms for each of ten users.
    assertThat(step.gaps().orElseThrow().count()).isGreaterThan(20);
  }

  @Test
  void streamsThatEndTooSoonAreSilentOrAreNoneFail() throws Exception {
    LoadResult result =
        run(
            """
            - choose:
                - { share: 1, steps: [ { sse: /two, until: { events: 5 } } ] }
                - { share: 1, steps: [ { sse: /silent, until: { for: 200ms } } ] }
                - { share: 1, steps: [ { sse: /silent, until: { events: 1 }, timeout: 200ms, name: late } ] }
                - { share: 1, steps: [ { sse: /json, until: { events: 1 } } ] }
                - { share: 1, steps: [ { sse: /nothing, until: { events: 1 } } ] }
                - { share: 1, steps: [ { websocket: /json, talk: [ receive: 1 ] } ] }
            """,
            60);
    only(result, "sse /two", ErrorKind.CLOSED);
    only(result, "sse /silent", ErrorKind.CHECK);
    only(result, "late", ErrorKind.TIMEOUT);
    only(result, "sse /json", ErrorKind.CHECK);
    only(result, "sse /nothing", ErrorKind.STATUS);
    only(result, "websocket /json", ErrorKind.STATUS);
  }

  private static void only(LoadResult result, String name, ErrorKind kind) {
    StepStats step = step(result, name);
    assertThat(step.count()).as(name).isPositive();
    assertThat(step.errors().count(kind)).as(name).isEqualTo(step.count());
  }

  @Test
  void socketsTalk() throws Exception {
    LoadResult result =
        run(
            """
            - websocket: /feed?u=${user}
              talk:
                - receive: { contains: hello, save: { path: $.hello } }
                - send: '{"subscribe":"${user}","at":"${path}"}'
                - receive: { contains: answer, save: { length: $.answer } }
                - send: "more ${length}"
                - receive: { count: 1, contains: answer }
            - get: /json?${length}
            """);
    StepStats step = result.stats().steps().getFirst();
    assertThat(step.errors().entries()).isEmpty();
    assertThat(step.count()).isEqualTo(10);
    assertThat(step(result, "GET /json").count()).isEqualTo(10);
    assertThat(heard).hasSize(20).contains("{\"subscribe\":\"1\",\"at\":\"/feed\"}", "more 30");
    // Noise at once and an answer later, twice; all that after the greeting has come.
    Cell gaps = step.gaps().orElseThrow();
    assertThat(gaps.count()).isEqualTo(40);
    double talk = 2 * RARE_MILLIS / 1e3;
    assertThat(gaps.sum()).isGreaterThanOrEqualTo(10 * talk);
    assertThat(step.response().quantile(0.5).orElseThrow()).isLessThan(talk);
  }

  @Test
  void manyStreamsAtOnceStayWithinTheCap() throws Exception {
    Plan plan =
        PlanParser.parse(
            """
            target: http://127.0.0.1:%d
            connections: 5
            journeys: { watch: [ { sse: /events, until: { for: 10s } } ] }
            profile: [ steady: { rate: 40/s, for: 500ms } ]
            """
                .formatted(server.activeLocalPort()));
    LoadResult result = run(plan, OPTIONS.withDrain(Duration.ofMillis(100)));
    assertThat(result.stats().dropped()).isEqualTo(15);
    assertThat(result.stats().steps().getFirst().errors().count(ErrorKind.UNFINISHED)).isEqualTo(5);
  }

  @Test
  void mistakesAreToldWithTheirPlaces() {
    assertThatThrownBy(() ->
            PlanParser.parse(
                """
                target: http://127.0.0.1:1
                journeys:
                  a:
                    - sse: /events
                    - sse: events
                      until: { event: 5 }
                    - websocket: /feed
                    - websocket: /feed
                      talk: [ sent: x ]
                    - websocket: /feed
                      talk: [ send: x ]
                    - get: /
                      until: { events: 1 }
                profile: [ steady: { rate: 1/s, for: 1s } ]
                """))
        .hasMessageContaining("line 4")
        .hasMessageContaining("sse needs 'until'")
        .hasMessageContaining("a path must begin with /")
        .hasMessageContaining("websocket needs 'talk'")
        .hasMessageContaining("did you mean 'send'")
        .hasMessageContaining("must receive something")
        .hasMessageContaining("until does not go with get");
  }

  private LoadResult run(String steps) throws TargetUnusableException {
    return run(steps, 10);
  }

  private LoadResult run(String steps, int users) throws TargetUnusableException {
    Plan plan =
        PlanParser.parse(
            """
            target: http://127.0.0.1:%d
            journeys:
              a:
            %sprofile: [ steady: { rate: %d/s, for: 500ms } ]
            """
                .formatted(server.activeLocalPort(), steps.indent(4), users * 2));
    return run(plan, OPTIONS);
  }

  private static LoadResult run(Plan plan, LoadOptions options) throws TargetUnusableException {
    try (LoadRun run = LoadEngine.start(plan, options, LoadListener.none())) {
      return run.await();
    }
  }

  private static StepStats step(LoadResult result, String name) {
    return result.stats().steps().stream()
        .filter(s -> s.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
