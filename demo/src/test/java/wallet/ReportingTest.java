package wallet;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReportingTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private Partner partner;
  private Partner.Client client;
  private StatementCounter pool;

  @BeforeAll
  static void prepare() throws Exception {
    Schema.prepare(DATABASE.pool(), Knobs.parse("--users=5"));
  }

  @BeforeEach
  void start() throws Exception {
    partner = Partner.start(Duration.ZERO, 0, 1);
    client = new Partner.Client(partner.uri(), new Retrier.Naive());
    pool = new StatementCounter(DATABASE.pool());
  }

  @AfterEach
  void stop() {
    client.close();
    partner.close();
  }

  @Test
  void synchronousReportingIsMostOfWhatAnExchangeDoesOnItsConnection() throws Exception {
    exchange(new SynchronousReporting());
    int sync = pool.statements().size();
    pool = new StatementCounter(DATABASE.pool());
    try (var outbox = Outbox.start(DATABASE.pool())) {
      exchange(outbox);
    }
    int async = pool.statements().size();

    assertThat(sync).isEqualTo(6 + SynchronousReporting.STATEMENTS + 1);
    assertThat(async).as("round trips while the connection is held").isLessThan(sync / 2);
  }

  @Test
  void bothWaysWriteTheSameReportsAndBooks() throws Exception {
    long sync = exchange(new SynchronousReporting());
    long async;
    try (var outbox = Outbox.start(DATABASE.pool())) {
      async = exchange(outbox);
    }
    assertThat(written("report_line", "report_id || ' ' || bucket || ' ' || amount", async))
        .isEqualTo(written("report_line", "report_id || ' ' || bucket || ' ' || amount", sync))
        .contains("1 volume by currency/EUR 7");
    assertThat(written("journal", "code || ' ' || amount", async))
        .isEqualTo(written("journal", "code || ' ' || amount", sync))
        .contains("2100-EUR -7");
    assertThat(DATABASE.ask("SELECT count(*) FROM outbox")).isEqualTo("0");
  }

  private long exchange(Reporting reporting) throws SQLException {
    try (var notifications = new Notifications(client, registry)) {
      var rates = new Rates(client, Wallet.cache(registry, "rates", Duration.ZERO, 1));
      var balances =
          new Balances(pool, Wallet.cache(registry, "balances", Duration.ofMinutes(1), 10));
      return new Exchanges(pool, rates, reporting, balances, notifications)
          .exchange(1, "EUR", "USD", new BigDecimal("7"))
          .id();
    }
  }

  private static String written(String table, String columns, long exchange) throws SQLException {
    return DATABASE.ask(
        "SELECT string_agg(%s, '; ' ORDER BY %s) FROM %s WHERE exchange_id = %d"
            .formatted(columns, columns, table, exchange));
  }
}
