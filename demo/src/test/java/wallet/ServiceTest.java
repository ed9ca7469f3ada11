package wallet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ServiceTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static Wallet wallet;

  @BeforeAll
  static void start() throws Exception {
    wallet = Wallet.start(knobs());
  }

  @AfterAll
  static void stop() throws Exception {
    wallet.close();
  }

  private static Knobs knobs() {
    return Knobs.parse(
        "--port=0", "--users=20", "--partner-errors=0", "--jdbc-url=" + DATABASE.jdbcUrl());
  }

  @Test
  void signsInWithTheRightPinOnly() throws Exception {
    try (var caller = new Caller(wallet.port())) {
      assertThat(caller.as(1).token()).matches("[0-9a-f]{32}");
      assertThat(caller.post("/login", "{\"user\":\"user-1\",\"pin\":\"4321\"}").status())
          .isEqualTo(401);
      assertThat(caller.post("/login", "{\"user\":\"nobody\",\"pin\":\"1234\"}").status())
          .isEqualTo(401);
    }
  }

  @Test
  void showsNothingToStrangers() throws Exception {
    try (var caller = new Caller(wallet.port())) {
      assertThat(caller.get("/balance").status()).isEqualTo(401);
      caller.token("0123456789abcdef0123456789abcdef");
      assertThat(caller.get("/balance").status()).isEqualTo(401);
      assertThat(caller.get("/history").status()).isEqualTo(401);
      assertThat(caller.exchange("EUR", "USD", "1").status()).isEqualTo(401);
    }
  }

  @Test
  void exchangesAtTheRateAndShowsItInBalanceAndHistory() throws Exception {
    try (var caller = new Caller(wallet.port()).as(2)) {
      var before = caller.get("/balance").body();
      var done = caller.exchange("EUR", "USD", "10.50");
      assertThat(done.status()).isEqualTo(200);
      var received = done.body().path("received").decimalValue();
      assertThat(received).isEqualByComparingTo("11.445");

      var after = caller.get("/balance").body();
      assertThat(difference(after, before, "EUR")).isEqualByComparingTo("-10.5");
      assertThat(difference(after, before, "USD")).isEqualByComparingTo("11.445");
      assertThat(difference(after, before, "GBP")).isZero();

      var history = caller.get("/history").body();
      assertThat(history.path(0).path("exchange").path("id").asLong())
          .isEqualTo(done.body().path("id").asLong());
      assertThat(history.path(0).path("entries").findValuesAsText("currency"))
          .containsExactly("EUR", "USD");
    }
  }

  @Test
  void historyIsNewestFirstAndShort() throws Exception {
    try (var caller = new Caller(wallet.port()).as(3)) {
      for (int i = 0; i <= History.LENGTH; i++) {
        caller.exchange("EUR", "GBP", "1");
      }
      var ids =
          caller.get("/history").body().findValues("id").stream().map(id -> id.asLong()).toList();
      assertThat(ids).hasSize(History.LENGTH).isSortedAccordingTo((a, b) -> Long.compare(b, a));
    }
  }

  @Test
  void refusesWhatItCannotExchange() throws Exception {
    try (var caller = new Caller(wallet.port()).as(4)) {
      var before = caller.get("/balance").body();
      assertThat(caller.exchange("EUR", "USD", "1000000000").status()).isEqualTo(422);
      assertThat(caller.exchange("EUR", "USD", "1e999999999").status()).isEqualTo(422);
      assertThat(caller.exchange("EUR", "EUR", "1").status()).isEqualTo(400);
      assertThat(caller.exchange("EUR", "XXX", "1").status()).isEqualTo(400);
      assertThat(caller.exchange("EUR", "USD", "-1").status()).isEqualTo(400);
      assertThat(caller.exchange("EUR", "USD", "0.000000001").status()).isEqualTo(400);
      assertThat(caller.exchange("EUR", "USD", "much").status()).isEqualTo(400);
      assertThat(caller.post("/exchange", "{\"from\":\"EUR\"}").status()).isEqualTo(400);
      assertThat(caller.post("/exchange", "not json").status()).isEqualTo(400);
      assertThat(caller.post("/exchange", "").status()).isEqualTo(400);
      assertThat(caller.post("/exchange", "x".repeat(70_000)).status()).isEqualTo(413);
      assertThat(caller.get("/exchange").status()).isEqualTo(405);
      assertThat(caller.get("/balance").body()).isEqualTo(before);
    }
  }

  @Test
  void aSessionOutlivesTheInstanceThatOpenedIt() throws Exception {
    try (var caller = new Caller(wallet.port()).as(5);
        var other = Wallet.start(knobs());
        var elsewhere = new Caller(other.port())) {
      elsewhere.token(caller.token());
      assertThat(elsewhere.get("/balance").body()).isEqualTo(caller.get("/balance").body());
    }
  }

  @Test
  void saysThatItIsUp() throws Exception {
    try (var caller = new Caller(wallet.port())) {
      assertThat(caller.get("/healthz").status()).isEqualTo(200);
    }
  }

  private static BigDecimal difference(JsonNode after, JsonNode before, String currency) {
    return new BigDecimal(after.path(currency).asText())
        .subtract(new BigDecimal(before.path(currency).asText()));
  }
}
