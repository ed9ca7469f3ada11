package headroom.load.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headroom.load.network.TargetUnusableException;
import headroom.load.result.ErrorKind;
import headroom.load.result.LoadResult;
import headroom.load.result.StepStats;
import headroom.plan.Database;
import headroom.plan.Plan;
import headroom.plan.RateSegment.Steady;
import headroom.plan.Wire;
import headroom.plan.build.PlanBuilder;
import headroom.plan.read.PlanParser;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Statements as steps, on a real PostgreSQL. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class StatementStepTest {
  private static final LoadOptions OPTIONS =
      LoadOptions.seed(1).withoutWarmUp().withDrain(Duration.ofSeconds(60));
  private static final String NASTY = "x'); DROP TABLE account; --";

  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void start() throws IOException {
    postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  @BeforeEach
  void fill() throws SQLException {
    execute(
        """
        DROP TABLE IF EXISTS account;
        CREATE TABLE account (id int PRIMARY KEY, name text, balance numeric);
        INSERT INTO account SELECT i, 'user-' || i, i * 10 FROM generate_series(1, 100) i;
        """);
  }

  @Test
  void valuesAreBoundAndWhatWasReadIsCarriedOn() throws Exception {
    Plan plan =
        PlanParser.parse(
            """
            jdbc: { url: "%s", user: postgres, connections: 4 }
            variables: { customer: 1..100 }
            journeys:
              pay:
                - name: read
                  sql: SELECT balance, name FROM account WHERE id = ${customer}
                  expect: { rows: 1 }
                  save: { balance: balance, name: name }
                - name: write
                  sql: UPDATE account SET balance = ${balance}::numeric + 1 WHERE name = ${name}
                  expect: { rows: 1 }
            profile: [ steady: { rate: 50/s, for: 1s } ]
            """
                .formatted(url()));
    LoadResult result = run(plan);

    assertThat(result.stats().errors()).as(result.stats().steps().toString()).isZero();
    assertThat(step(result, "read").count()).isEqualTo(50);
    assertThat(step(result, "write").count()).isEqualTo(50);
    assertThat(step(result, "write").service().min()).isPositive();
    assertThat(number("SELECT count(*) FROM account WHERE balance % 10 <> 0")).isPositive();
    assertThat(number("SELECT max(balance) FROM account")).isLessThanOrEqualTo(1_050);
  }

  @Test
  void aValueIsNeverPartOfTheStatement() throws Exception {
    Plan plan =
        PlanBuilder.to(database(2))
            .variable("name", new headroom.plan.ValueSource.OneOf(java.util.List.of(NASTY)))
            .journey(
                "add",
                1,
                j ->
                    j.sql(
                        "INSERT INTO account VALUES (1000 + ${user}, ${name}, 0)",
                        s -> s.rows(1, 1)))
            .open(new Steady(20, 0.5))
            .build();
    LoadResult result = run(plan);

    assertThat(result.stats().errors()).isZero();
    assertThat(
            number("SELECT count(*) FROM account WHERE name = '" + NASTY.replace("'", "''") + "'"))
        .isEqualTo(10);
  }

  @Test
  void waitingForAConnectionCountsFromTheIntendedStart() throws Exception {
    // One connection and 20 ms of work for an arrival every 10 ms.
    Plan plan =
        PlanBuilder.to(database(1))
            .journey("work", 1, j -> j.sql("SELECT pg_sleep(0.02)", s -> s.named("work")))
            .open(new Steady(100, 0.5))
            .build();
    StepStats step = step(run(plan), "work");

    assertThat(step.count()).isEqualTo(50);
    assertThat(step.service().min()).isGreaterThanOrEqualTo(0.02);
    // The one connection serves one after the other: together no longer than until the last.
    assertThat(step.service().sum()).isLessThanOrEqualTo(0.5 + step.response().max());
    assertThat(step.queued().max()).isGreaterThan(0.4);
    assertThat(step.response().max()).isGreaterThan(0.45);
  }

  @Test
  void refusalsWrongCountsAndSlowStatementsAreFailuresOfTheirKinds() throws Exception {
    Plan plan =
        PlanBuilder.to(database(4))
            .journey(
                "taken", 1, j -> j.sql("INSERT INTO account VALUES (1)", s -> s.named("taken")))
            .journey(
                "none",
                1,
                j -> j.sql("DELETE FROM account WHERE id = -1", s -> s.named("none").rows(1, 5)))
            .journey(
                "slow",
                1,
                j ->
                    j.sql(
                        "SELECT pg_sleep(30)",
                        s -> s.named("slow").timeout(Duration.ofMillis(200))))
            .journey(
                "missing", 1, j -> j.sql("SELECT 1 AS a", s -> s.named("missing").save("b", "b")))
            .open(new Steady(30, 1))
            .build();
    LoadResult result = run(plan);

    StepStats taken = step(result, "taken");
    assertThat(taken.errors().count(ErrorKind.SQL)).isEqualTo(taken.count()).isPositive();
    assertThat(taken.errors().entries().getFirst().samples().keySet().toString())
        .contains("23505")
        .contains("duplicate key");
    StepStats none = step(result, "none");
    assertThat(none.errors().count(ErrorKind.CHECK)).isEqualTo(none.count()).isPositive();
    assertThat(none.errors().entries().getFirst().samples()).containsKey("0 rows, expected 1..5");
    StepStats slow = step(result, "slow");
    assertThat(slow.errors().count(ErrorKind.TIMEOUT)).isEqualTo(slow.count()).isPositive();
    StepStats missing = step(result, "missing");
    assertThat(missing.errors().count(ErrorKind.SAVE)).isEqualTo(missing.count()).isPositive();
    // What was given up is cancelled, not left running its thirty seconds.
    for (int i = 0; i < 400 && stillSleeping() > 0; i++) {
      assertThat(number("SELECT count(pg_sleep(0.05))")).isOne();
    }
    assertThat(stillSleeping()).isZero();
  }

  private static long stillSleeping() throws Exception {
    return number(
        "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(30)%'"
            + " AND state = 'active' AND pid <> pg_backend_pid()");
  }

  @Test
  void brokenConnectionsAreReplaced() throws Exception {
    Plan plan =
        PlanBuilder.to(database(2))
            .journey(
                "work",
                1,
                j ->
                    j.sql(
                        "SELECT CASE WHEN ${user} = 5 THEN pg_terminate_backend(pg_backend_pid())"
                            + " END",
                        s -> s.named("work")))
            .open(new Steady(40, 0.5))
            .build();
    StepStats step = step(run(plan), "work");

    assertThat(step.count()).isEqualTo(20);
    assertThat(step.failed()).isEqualTo(1);
    assertThat(step.errors().count(ErrorKind.BROKEN)).isEqualTo(1);
  }

  @Test
  void requestsAndStatementsGoTogether() throws Exception {
    try (var server = new TestServer().json("/", 200, "{\"id\":7}")) {
      Plan plan =
          PlanBuilder.to(server.url())
              .wire(Wire.DEFAULT.withDatabase(database(2)))
              .journey(
                  "both",
                  1,
                  j ->
                      j.get("/")
                          .save("id", "$.id")
                          .sql(
                              "SELECT name FROM account WHERE id = ${id}", s -> s.save("n", "name"))
                          .get("/of/${n}"))
              .open(new Steady(20, 0.5))
              .build();
      LoadResult result = run(plan);

      assertThat(result.stats().errors()).isZero();
      assertThat(server.seen()).extracting(TestServer.Seen::path).contains("/of/user-7");
    }
  }

  @Test
  void aDatabaseThatCannotBeReachedIsUnusable() {
    assertThatThrownBy(() -> run(look("jdbc:postgresql://127.0.0.1:1/postgres")))
        .isInstanceOf(TargetUnusableException.class)
        .hasMessageContaining("jdbc:postgresql://127.0.0.1:1/postgres")
        .hasMessageContaining("refused");
    assertThatThrownBy(() -> run(look("jdbc:nosuch:thing")))
        .isInstanceOf(TargetUnusableException.class)
        .hasMessageContaining("no JDBC driver");
  }

  private static Plan look(String url) {
    return PlanBuilder.to(Database.at(url, "postgres", "secret"))
        .journey("look", 1, j -> j.sql("SELECT 1"))
        .open(new Steady(1, 1))
        .build();
  }

  private static Database database(int connections) {
    return new Database(
        url(), java.util.Optional.of("postgres"), java.util.Optional.empty(), connections);
  }

  private static String url() {
    return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url(), "postgres", "")) {
      connection.createStatement().execute(sql);
    }
  }

  private static long number(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url(), "postgres", "");
        ResultSet rows = connection.createStatement().executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static StepStats step(LoadResult result, String name) {
    return result.stats().steps().stream()
        .filter(s -> s.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static LoadResult run(Plan plan) throws TargetUnusableException {
    try (LoadRun run = LoadEngine.start(plan, OPTIONS, LoadListener.none())) {
      return run.await();
    }
  }
}
