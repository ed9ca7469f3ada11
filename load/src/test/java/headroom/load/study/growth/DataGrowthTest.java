package headroom.load.study.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import headroom.load.engine.LoadOptions;
import headroom.load.network.TargetUnusableException;
import headroom.load.study.StudyResult;
import headroom.load.study.TestListener;
import headroom.load.study.TestOutcome;
import headroom.load.study.Tester;
import headroom.plan.Plan;
import headroom.plan.read.PlanParser;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Data that grow, in a real PostgreSQL and behind a real HTTP server. */
@Timeout(180)
class DataGrowthTest {
  private static EmbeddedPostgres postgres;

  private final List<String> posted = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(16);
  private HttpServer server;
  private volatile int status = 201;

  @BeforeAll
  static void startDatabase() throws IOException {
    postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
  }

  @AfterAll
  static void stopDatabase() throws IOException {
    postgres.close();
  }

  @BeforeEach
  void start() throws Exception {
    execute(
        """
        DROP TABLE IF EXISTS coin;
        CREATE TABLE coin (id bigint PRIMARY KEY, owner int NOT NULL, label text CHECK (label <> 'bad'));
        INSERT INTO coin SELECT n, n, 'old' FROM generate_series(1, 50) n;
        """);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String body =
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (exchange.getRequestMethod().equals("POST")) {
              posted.add(exchange.getRequestHeaders().getFirst("authorization") + " " + body);
            }
            exchange.sendResponseHeaders(status, -1);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void aTableGrowsToTheSizeThatIsAskedFor() throws Exception {
    RowHistory rows =
        grown(
            """
            coins:
              sql: "INSERT INTO coin VALUES (${row}, 1 + ${row} %% 7, 'is ' || ${colour})"
              jdbc: { url: "%s", user: postgres }
              count: SELECT count(*) FROM coin
              to: 1_234
              batch: 100
            """
                .formatted(url()));
    assertThat(rows.present()).isEqualTo(50);
    assertThat(rows.failure()).isEmpty();
    assertThat(rows.written()).isEqualTo(1_184).isEqualTo(rows.due());
    assertThat(number("SELECT count(*) FROM coin")).isEqualTo(1_234);
    assertThat(number("SELECT max(id) FROM coin")).isEqualTo(1_234);
    assertThat(number("SELECT max(owner) FROM coin WHERE id > 50")).isEqualTo(7);
    assertThat(number("SELECT count(DISTINCT label) FROM coin")).isEqualTo(3);
  }

  @Test
  void aTableGrowsAtTheRateThatIsAskedFor() throws Exception {
    RowHistory rows =
        grown(
            """
            coins:
              sql: "INSERT INTO coin VALUES (${row}, 1, ${uuid})"
              jdbc: { url: "%s", user: postgres }
              present: 1_000
              rate: 57/s
            """
                .formatted(url()));
    assertThat(rows.written()).isEqualTo(570);
    assertThat(number("SELECT min(id) FROM coin WHERE id > 50")).isEqualTo(1_001);
    assertThat(number("SELECT count(*) FROM coin")).isEqualTo(620);
    assertThat(number("SELECT count(DISTINCT label) FROM coin")).isEqualTo(571);
  }

  @Test
  void aBatchIsWrittenWholeOrNotAtAll() throws Exception {
    // The tenth row of the first batch is refused: the nine before it must not stay.
    RowHistory rows =
        grown(
            """
            coins:
              sql: "INSERT INTO coin VALUES (${row}, 1, CASE WHEN ${row} = 60 THEN 'bad' ELSE 'good' END)"
              jdbc: { url: "%s", user: postgres }
              count: SELECT count(*) FROM coin
              to: 100
            """
                .formatted(url()));
    assertThat(rows.written()).isZero();
    assertThat(rows.failure().orElseThrow())
        .contains("in 5 attempts: 23514: ERROR: new row for relation \"coin\" violates check");
    assertThat(number("SELECT count(*) FROM coin")).isEqualTo(50);
  }

  @Test
  void aDatabaseThatIsNotThereIsToldBeforeTheLoad() {
    assertThatThrownBy(() ->
            grown(
                "coins: { sql: 'SELECT ${row}', jdbc: 'jdbc:postgresql://127.0.0.1:1/x', rate: 5/s"
                    + " }"))
        .isInstanceOf(TargetUnusableException.class)
        .hasMessageContaining("jdbc:postgresql://127.0.0.1:1/x")
        .hasMessageContaining("refused");
    assertThatThrownBy(() ->
            grown(
                "coins: { sql: 'SELECT ${row}', jdbc: { url: '%s', user: postgres }, rate: 5/s, count: SELECT 'x' }"
                    .formatted(url())
                    .replace("SELECT 'x'", "\"SELECT 'x'\"")))
        .isInstanceOf(TargetUnusableException.class)
        .hasMessageContaining("must give a whole number, got 'x'");
  }

  @Test
  void requestsWriteRowsToTheSizeThatIsAskedFor() throws Exception {
    RowHistory rows =
        grown(
            """
            customers:
              post: /customers
              headers: { authorization: "Bearer ${colour}" }
              json: { name: "customer ${row}" }
              expect: { status: 201 }
              present: 100
              to: 305
            """);
    assertThat(rows.failure()).isEmpty();
    assertThat(rows.written()).isEqualTo(205);
    assertThat(posted).hasSize(205).doesNotHaveDuplicates();
    assertThat(posted).allMatch(line -> line.matches("Bearer (red|green) .*\"customer \\d+\".*"));
    assertThat(posted.stream().map(line -> line.replaceAll("\\D", "")).mapToInt(Integer::parseInt))
        .contains(101, 305)
        .noneMatch(n -> n < 101 || n > 305);
  }

  @Test
  void requestsThatAreRefusedEndTheWriting() throws Exception {
    status = 503;
    RowHistory rows = grown("customers: { post: /customers, json: { n: 1 }, rate: 3/s }");
    assertThat(rows.written()).isZero();
    assertThat(rows.failure().orElseThrow()).contains("in 5 attempts: status 503");
  }

  @Test
  void bothGrowEvenlyWhileTheLoadRuns() throws Exception {
    Plan plan =
        plan(
            """
            coins:
              sql: "INSERT INTO coin VALUES (${row}, 1, 'new')"
              jdbc: { url: "%s", user: postgres }
              count: SELECT count(*) FROM coin
              to: 1_050
              batch: 10
            customers: { post: /customers, json: { n: 1 }, rate: 50/s }
            """
                .formatted(url()),
            2);
    LoadOptions options = LoadOptions.seed(1).withoutWarmUp().withDrain(Duration.ofSeconds(60));

    TestOutcome outcome = Tester.run(plan, options, TestListener.none());

    List<RowHistory> data = ((StudyResult.Growth) outcome.studies().getFirst()).data();
    RowHistory coins = data.getFirst();
    assertThat(number("SELECT count(*) FROM coin")).isEqualTo(50 + coins.written());
    // Whoever writes keeps pace and never runs ahead of it, by more than a batch at least; a busy
    // machine may leave it behind.
    assertThat(coins.written()).isBetween(10L, 1_000L);
    assertThat(coins.rowsAt(1) - 50).isBetween(0.0, 510.0);
    RowHistory customers = data.getLast();
    assertThat((long) posted.size()).isEqualTo(customers.written());
    assertThat(customers.written()).isBetween(1L, 100L);
    assertThat(outcome.run().stats().sent()).isEqualTo(40);
  }

  /** What was written when the ten seconds of the load are over at once. */
  private RowHistory grown(String data) throws Exception {
    try (DataGrowth growth = DataGrowth.open(plan(data, 10), 1)) {
      growth.begin(10, () -> 10);
      growth.awaitWritten();
      return growth.end().getFirst();
    }
  }

  private Plan plan(String data, int seconds) {
    return PlanParser.parse(
        """
        target: http://127.0.0.1:%d
        journeys: { a: [ { get: / } ] }
        variables: { colour: [red, green] }
        profile: [ steady: { rate: 20/s, for: %ds } ]
        data:
        """
                .formatted(server.getAddress().getPort(), seconds)
            + data.indent(2));
  }

  private static String url() {
    return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      boolean unused = statement.execute(sql);
    }
  }

  private static long number(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url(), "postgres", "");
        var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getLong(1);
    }
  }
}
