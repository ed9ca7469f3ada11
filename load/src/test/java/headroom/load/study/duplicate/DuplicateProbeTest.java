package headroom.load.study.duplicate;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import headroom.load.study.duplicate.DuplicateVerdict.Effect;
import headroom.plan.Idempotence;
import headroom.plan.JsonPath;
import headroom.plan.Plan;
import headroom.plan.Step;
import headroom.plan.build.PlanBuilder;
import headroom.plan.read.PlanParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class DuplicateProbeTest {
  private static final String COUNTED =
      "idempotent: { later: 10ms, verify: { get: /spent, number: $.spent } }";

  @Test
  void aWriteThatRemembersItsKeyTakesEffectOnce() throws Exception {
    try (var bank = new Bank(Memory.ALWAYS)) {
      DuplicateVerdict verdict = probe(bank, COUNTED);
      assertThat(verdict.effect()).isEqualTo(Effect.ONCE);
      assertThat(verdict.because())
          .isEqualTo("$.spent changed once; all 4 copies got the same answer");
      // Per try: one alone and one of four, each key once.
      assertThat(bank.spent.get()).isEqualTo(3 * 2 * 10);
      assertThat(probe(bank, "idempotent: { later: 1ms, same: $.id }").effect())
          .isEqualTo(Effect.ONCE);
    }
  }

  @Test
  void aWriteThatForgetsItsKeyIsFoundByItsEffectAndByItsAnswers() throws Exception {
    try (var bank = new Bank(Memory.NEVER)) {
      DuplicateVerdict counted = probe(bank, COUNTED);
      assertThat(counted.effect()).isEqualTo(Effect.AGAIN);
      assertThat(counted.because())
          .isEqualTo("3 copies at once changed $.spent by 30; one write changes it by 10");
      DuplicateVerdict answered = probe(bank, "idempotent: { later: 1ms }");
      assertThat(answered.effect()).isEqualTo(Effect.AGAIN);
      assertThat(answered.because()).startsWith("4 copies got 4 different answers: 200 {\"id\":");
    }
  }

  @Test
  void aWriteThatForgetsAfterAWhileIsFoundByTheLaterCopy() throws Exception {
    try (var bank = new Bank(Memory.OF_THREE_CALLS)) {
      DuplicateVerdict verdict = probe(bank, COUNTED);
      assertThat(verdict.effect()).isEqualTo(Effect.AGAIN);
      assertThat(verdict.because())
          .isEqualTo("a copy sent 10 ms later changed $.spent once more, by 10");
    }
  }

  @Test
  void aCopyMayBeRefusedButNotFail() throws Exception {
    try (var bank = new Bank(Memory.REFUSES)) {
      DuplicateVerdict verdict = probe(bank, COUNTED);
      assertThat(verdict.effect()).isEqualTo(Effect.ONCE);
      assertThat(verdict.because()).contains("3 of 4 copies were refused");
    }
    try (var bank = new Bank(Memory.FAILS)) {
      DuplicateVerdict verdict = probe(bank, "idempotent: { later: 1ms }");
      assertThat(verdict.effect()).isEqualTo(Effect.AGAIN);
      assertThat(verdict.because())
          .contains("neither answered like the first nor refused: status 500");
    }
  }

  @Test
  void whatCannotBeTriedIsSaid() throws Exception {
    try (var bank = new Bank(Memory.ALWAYS)) {
      assertThat(probe(bank, "idempotent: { verify: { get: /spent, number: $.none } }").because())
          .isEqualTo("'verify' must read a number at $.none, got 'nothing'");
      assertThat(probe(bank, "idempotent: { verify: { get: /still, number: $.n } }").because())
          .isEqualTo("one write does not change the number that 'verify' reads, which stays at 1");
      assertThat(probe(bank, "idempotent: { verify: { get: /gone, number: $.n } }").effect())
          .isEqualTo(Effect.NOT_PROBED);
    }
  }

  @Test
  void aStepWithinABranchIsReachedByTheWayThatLeadsThere() throws Exception {
    try (var bank = new Bank(Memory.ALWAYS)) {
      Plan plan =
          PlanBuilder.to(bank.url())
              .journey(
                  "pay",
                  1,
                  j ->
                      j.get("/login")
                          .save("token", "$.token")
                          .post("/pay")
                          .header("authorization", "${token}")
                          .idempotent(
                              new Idempotence(
                                  2,
                                  java.time.Duration.ZERO,
                                  java.util.Optional.of(JsonPath.parse("$.id")),
                                  java.util.Optional.empty())))
              .build();
      assertThat(DuplicateProbe.applies(plan)).isTrue();
      var step = (Step.Request) plan.journeys().getFirst().steps().get(1);
      Plan branched =
          plan.withJourneys(
              List.of(
                  new headroom.plan.Journey(
                      "pay",
                      List.of(
                          plan.journeys().getFirst().steps().getFirst(),
                          new Step.When("tier", "gold", List.of(step), List.of())),
                      1)));
      List<DuplicateVerdict> verdicts =
          DuplicateProbe.run(branched, 1, time -> {}, (write, number, of) -> {});
      assertThat(verdicts).hasSize(1);
      assertThat(verdicts.getFirst().effect()).isEqualTo(Effect.ONCE);
    }
  }

  private static DuplicateVerdict probe(Bank bank, String idempotent) throws Exception {
    Plan plan =
        PlanParser.parse(
            """
            target: %s
            journeys:
              pay:
                - get: /login
                  save: { token: $.token }
                - think: 10s
                - post: /pay
                  headers: { authorization: "${token}" }
                  json: { amount: 10 }
                  %s
            profile: [ steady: { rate: 1/s, for: 1s } ]
            """
                .formatted(bank.url(), idempotent));
    List<DuplicateVerdict> verdicts =
        DuplicateProbe.run(plan, 1, time -> {}, (write, number, of) -> {});
    assertThat(verdicts).hasSize(1);
    assertThat(verdicts.getFirst().step()).isEqualTo("POST /pay");
    return verdicts.getFirst();
  }

  /** How the bank treats a key it has seen. */
  private enum Memory {
    ALWAYS,
    NEVER,
    OF_THREE_CALLS,
    REFUSES,
    FAILS
  }

  /** Takes payments of ten. */
  private static final class Bank implements AutoCloseable {
    final AtomicInteger spent = new AtomicInteger();
    private final Memory memory;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Integer> seen = new ConcurrentHashMap<>();

    Bank(Memory memory) throws IOException {
      this.memory = memory;
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(threads);
      on("/login", exchange -> reply(exchange, 200, "{\"token\":\"t\"}"));
      on("/spent", exchange -> reply(exchange, 200, "{\"spent\":" + spent.get() + "}"));
      on("/still", exchange -> reply(exchange, 200, "{\"n\":1}"));
      on("/pay", this::pay);
      server.start();
    }

    private void on(String path, com.sun.net.httpserver.HttpHandler handler) {
      server.createContext(path, handler);
    }

    private synchronized void pay(HttpExchange exchange) throws IOException {
      String key = Objects.requireNonNull(exchange.getRequestHeaders().getFirst("idempotency-key"));
      int call = seen.merge(key, 1, Integer::sum);
      boolean first = call == 1;
      switch (memory) {
        case ALWAYS -> take(exchange, first, key);
        case NEVER -> take(exchange, true, key + call);
        case OF_THREE_CALLS -> take(exchange, first || call == 4, key);
        case REFUSES -> {
          if (first) {
            take(exchange, true, key);
          } else {
            reply(exchange, 409, "{}");
          }
        }
        case FAILS -> {
          if (first) {
            take(exchange, true, key);
          } else {
            reply(exchange, 500, "{}");
          }
        }
      }
    }

    private void take(HttpExchange exchange, boolean effect, String id) throws IOException {
      if (effect) {
        spent.addAndGet(10);
      }
      reply(exchange, 200, "{\"id\":\"" + id + "\"}");
    }

    private static void reply(HttpExchange exchange, int status, String text) throws IOException {
      try (exchange) {
        exchange.getRequestBody().readAllBytes();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
      }
    }

    String url() {
      return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
      server.stop(0);
      threads.shutdownNow();
    }
  }
}
