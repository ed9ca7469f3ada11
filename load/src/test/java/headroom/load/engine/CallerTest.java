package headroom.load.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.Server;
import headroom.load.protocol.http.Caller;
import headroom.load.protocol.http.Caller.Reply;
import headroom.load.protocol.http.Caller.User;
import headroom.plan.Check;
import headroom.plan.JsonPath;
import headroom.plan.Plan;
import headroom.plan.RateSegment.Steady;
import headroom.plan.Step;
import headroom.plan.Template;
import headroom.plan.Wire;
import headroom.plan.build.JourneyBuilder;
import headroom.plan.build.PlanBuilder;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Single requests go the way of the load, and are judged as its answers are. */
@Timeout(180)
class CallerTest {
  private static Plan plan(String url, Wire wire, Consumer<JourneyBuilder> steps) {
    PlanBuilder builder = PlanBuilder.to(url).wire(wire);
    return builder.journey("j", 1, steps).open(new Steady(1, 1)).build();
  }

  private static Step.Request step(Plan plan, int number) {
    return (Step.Request) plan.journeys().getFirst().steps().get(number);
  }

  private static Reply send(Caller caller, Plan plan, int number, User user) throws Exception {
    return caller.send(caller.prepare(step(plan, number), user));
  }

  @Test
  void requestsGoOverHttp2WhereThePlanDoes() throws Exception {
    var seen = new CopyOnWriteArrayList<String>();
    try (Server server =
        Server.builder()
            .http(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .service(
                "/echo",
                (context, request) ->
                    HttpResponse.of(
                        request
                            .aggregate()
                            .thenApply(whole -> {
                              seen.add(context.sessionProtocol() + " " + whole.contentUtf8());
                              return HttpResponse.of("{\"id\":7}");
                            })))
            .build()) {
      server.start().join();
      Plan plan =
          plan(
              "http://127.0.0.1:" + server.activeLocalPort(),
              Wire.DEFAULT.withHttp(Wire.Http.TWO),
              j -> j.post("/echo").json("{\"u\":\"${user}\"}").save("id", "$.id"));
      try (var caller = new Caller(plan)) {
        // Numbers count from one.
        User user = caller.user(5, 1);
        Reply reply = send(caller, plan, 0, user);
        assertThat(Caller.take(reply, user)).isEmpty();
        assertThat(user.value("id")).contains("7");
        assertThat(reply.at(JsonPath.parse("$.id"))).contains("7");
        assertThat(seen).containsExactly("h2c {\"u\":\"6\"}");
      }
    }
  }

  @Test
  void requestsGoThroughThePlansProxyAndFromItsAddresses() throws Exception {
    var lines = new CopyOnWriteArrayList<String>();
    try (var proxy =
        new SocketServer((in, out) -> {
          var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
          for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            lines.add(line);
            if (line.isEmpty()) {
              out.write(SocketServer.ascii("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"));
            }
          }
        })) {
      Wire wire = Wire.DEFAULT.withProxy(URI.create("http://me:secret@127.0.0.1:" + proxy.port()));
      Plan plan = plan("http://target.invalid:81", wire, j -> j.get("/a"));
      try (var caller = new Caller(plan)) {
        assertThat(send(caller, plan, 0, caller.user(1, 1)).status()).isEqualTo(200);
      }
      assertThat(lines)
          .contains(
              "GET http://target.invalid:81/a HTTP/1.1", "proxy-authorization: Basic bWU6c2VjcmV0");
    }
    var from = new CopyOnWriteArrayList<String>();
    try (var server =
        new TestServer()
            .on(
                "/",
                exchange -> {
                  from.add(exchange.getRemoteAddress().getAddress().getHostAddress());
                  TestServer.reply(exchange, 200, "");
                })) {
      Wire wire = Wire.DEFAULT.withSources(List.of("127.0.0.9"));
      Plan plan = plan(server.url(), wire, j -> j.get("/a"));
      try (var caller = new Caller(plan)) {
        assertThat(send(caller, plan, 0, caller.user(1, 1)).status()).isEqualTo(200);
      }
      assertThat(from).containsExactly("127.0.0.9");
    }
  }

  @Test
  void answersAreCheckedAsThoseOfUsersAre() throws Exception {
    try (var server = new TestServer().json("/", 200, "{\"state\":\"open\"}")) {
      var state = JsonPath.parse("$.state");
      Plan plan =
          plan(
              server.url(),
              Wire.DEFAULT,
              j ->
                  j.get("/a")
                      .expect(new Check.JsonIs(state, Template.parse("done", Template.Escape.NONE)))
                      .get("/b")
                      .expect(new Check.JsonIs(state, Template.parse("open", Template.Escape.NONE)))
                      .get("/c")
                      .save("id", "$.id")
                      .get("/d")
                      .expect(201));
      try (var caller = new Caller(plan)) {
        User user = caller.user(1, 1);
        assertThat(send(caller, plan, 0, user).problem()).contains("$.state is 'open'");
        assertThat(send(caller, plan, 1, user).problem()).isEmpty();
        assertThat(send(caller, plan, 2, user).problem()).contains("$.id is not in the answer");
        assertThat(send(caller, plan, 3, user).problem()).contains("status 200");
      }
    }
  }

  @Test
  void cookiesAndRedirectsAreThoseOfThePlan() throws Exception {
    var jars = new CopyOnWriteArrayList<String>();
    try (var server =
        new TestServer()
            .on(
                "/login",
                exchange -> {
                  exchange.getResponseHeaders().add("set-cookie", "sid=7; Path=/");
                  TestServer.reply(exchange, 200, "{}");
                })
            .on(
                "/moved",
                exchange -> {
                  exchange.getResponseHeaders().add("location", "/here");
                  TestServer.reply(exchange, 302, "");
                })
            .on(
                "/here",
                exchange -> {
                  jars.add(String.valueOf(exchange.getRequestHeaders().getFirst("cookie")));
                  TestServer.reply(exchange, 200, "{}");
                })) {
      Consumer<JourneyBuilder> steps = j -> j.post("/login").get("/moved");
      Plan follows = plan(server.url(), Wire.DEFAULT.withRedirects(true), steps);
      try (var caller = new Caller(follows)) {
        User user = caller.user(1, 1);
        assertThat(Caller.take(send(caller, follows, 0, user), user)).isEmpty();
        assertThat(send(caller, follows, 1, user).status()).isEqualTo(200);
        // Another user has cookies of its own, which are none yet.
        assertThat(send(caller, follows, 1, caller.user(2, 1)).status()).isEqualTo(200);
      }
      assertThat(jars).containsExactly("sid=7", "null");
      Plan fails = plan(server.url(), Wire.DEFAULT, steps);
      try (var caller = new Caller(fails)) {
        assertThat(send(caller, fails, 1, caller.user(1, 1)).problem().orElseThrow())
            .contains("302 to /here");
      }
    }
  }

  @Test
  void copiesGoOutAtOnceEvenWhereTheLoadHasOneConnection() throws Exception {
    // Nobody is answered before all three are there.
    var all = new CyclicBarrier(3);
    try (var server =
        new TestServer()
            .on(
                "/",
                exchange -> {
                  try {
                    all.await(60, TimeUnit.SECONDS);
                    TestServer.reply(exchange, 200, "");
                  } catch (Exception late) {
                    TestServer.reply(exchange, 500, "");
                  }
                })) {
      Plan plan =
          PlanBuilder.to(server.url())
              .connections(1)
              .journey("j", 1, j -> j.post("/"))
              .open(new Steady(1, 1))
              .build();
      try (var caller = new Caller(plan)) {
        Caller.Prepared write = caller.prepare(step(plan, 0), caller.user(1, 1));
        var replies = new ArrayList<CompletableFuture<Reply>>();
        for (int i = 0; i < 3; i++) {
          replies.add(caller.begin(write));
        }
        assertThat(replies).allMatch(reply -> reply.join().status() == 200);
      }
    }
  }

  @Test
  void whatIsNotAnsweredInTimeFails() throws Exception {
    try (var server = new SocketServer((in, out) -> SocketServer.readHead(in))) {
      var silent =
          new SocketServer((in, out) -> {
            boolean open = true;
            while (open) {
              open = SocketServer.readHead(in);
            }
          });
      try (silent;
          var caller =
              new Caller(
                  plan(
                      silent.url(),
                      Wire.DEFAULT,
                      j -> j.get("/").timeout(Duration.ofMillis(100))))) {
        Plan plan =
            plan(silent.url(), Wire.DEFAULT, j -> j.get("/").timeout(Duration.ofMillis(100)));
        Reply reply = send(caller, plan, 0, caller.user(1, 1));
        assertThat(reply.status()).isZero();
        assertThat(reply.describe()).isEqualTo("timed out");
      }
      Plan closes = plan(server.url(), Wire.DEFAULT, j -> j.post("/"));
      try (var caller = new Caller(closes)) {
        assertThat(send(caller, closes, 0, caller.user(1, 1)).describe())
            .isEqualTo("connection closed: before the answer");
      }
    }
  }
}
