package headroom.load.study.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headroom.load.network.TargetUnusableException;
import headroom.load.study.growth.RowTarget.RowsFailed;
import headroom.plan.DataPlan;
import headroom.plan.Plan;
import headroom.plan.read.PlanParser;
import headroom.plan.yaml.ProblemException;
import headroom.testkit.ForAll;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class RowWriterTest {
  @Test
  void rowsGrowInADatabaseToTheSizeThatIsAskedFor(@TempDir Path folder) throws Exception {
    String url = "jdbc:duckdb:" + folder.resolve("db");
    execute(url, "CREATE TABLE coin (id BIGINT PRIMARY KEY, owner BIGINT, label TEXT)");
    execute(url, "INSERT INTO coin SELECT n, n, 'old' FROM range(1, 51) t(n)");
    Plan plan =
        plan(
            """
            coins:
              sql: "INSERT INTO coin VALUES (${row}, ${row} %% 7, 'is ' || ${colour})"
              jdbc: %s
              count: SELECT count(*) FROM coin
              to: 1_234
              batch: 100
            """
                .formatted(url));
    try (DataGrowth growth = DataGrowth.open(plan, 1)) {
      // Time jumps to the end of the load at once: all of it is due.
      growth.begin(10, () -> 10);
      growth.awaitWritten();
      RowHistory history = growth.end().getFirst();
      assertThat(history.present()).isEqualTo(50);
      assertThat(history.written()).isEqualTo(1_184).isEqualTo(history.due());
      assertThat(history.failure()).isEmpty();
      assertThat(history.rowsAt(10)).isEqualTo(50);
      assertThat(history.rowsAt(11)).isEqualTo(1_234);
    }
    assertThat(number(url, "SELECT count(*) FROM coin")).isEqualTo(1_234);
    assertThat(number(url, "SELECT max(id) FROM coin")).isEqualTo(1_234);
    assertThat(number(url, "SELECT count(DISTINCT label) FROM coin")).isEqualTo(3);
    assertThat(number(url, "SELECT max(owner) FROM coin WHERE id > 50")).isEqualTo(6);
  }

  @Test
  void whatADatabaseRefusesIsToldAndEndsTheWriting(@TempDir Path folder) throws Exception {
    String url = "jdbc:duckdb:" + folder.resolve("db");
    execute(url, "CREATE TABLE coin (id BIGINT PRIMARY KEY)");
    Plan plan =
        plan(
            "coins: { sql: 'INSERT INTO con VALUES (${row})', jdbc: '%s', rate: 5/s }"
                .formatted(url));
    try (DataGrowth growth = DataGrowth.open(plan, 1)) {
      growth.begin(10, () -> 10);
      growth.awaitWritten();
      RowHistory history = growth.end().getFirst();
      assertThat(history.written()).isZero();
      assertThat(history.failure().orElseThrow()).contains("Table with name con does not exist");
    }
    assertThatThrownBy(() ->
            DataGrowth.open(
                plan(
                    "coins: { sql: 'x ${row}', jdbc: '%s', count: 'SELECT', to: 5 }"
                        .formatted(url)),
                1))
        .isInstanceOf(TargetUnusableException.class)
        .hasMessageStartingWith("data: ");
    assertThatThrownBy(() ->
            DataGrowth.open(plan("coins: { sql: 'x ${row}', jdbc: 'jdbc:none:x', rate: 5/s }"), 1))
        .isInstanceOf(TargetUnusableException.class)
        .hasMessageContaining("no JDBC driver on the class path knows such an address");
  }

  @Test
  void failuresInARowEndTheWriting() throws Exception {
    var attempts = new AtomicInteger();
    var writer =
        new RowWriter(
            new DataPlan(
                "coins",
                new DataPlan.Sql(
                    "jdbc:x",
                    java.util.Optional.empty(),
                    java.util.Optional.empty(),
                    headroom.plan.SqlText.parse("SELECT 1"),
                    10),
                new DataPlan.Rate(1),
                new DataPlan.Known(0)),
            new Target() {
              @Override
              public void write(long first, int count) throws RowsFailed {
                attempts.incrementAndGet();
                throw new RowsFailed("full");
              }
            },
            0,
            10,
            () -> 10);
    writer.start();
    writer.awaitWritten();
    RowHistory history = writer.end();
    assertThat(history.failure()).contains("no more rows after 0 in 5 attempts: full");
    assertThat(attempts).hasValue(5);
  }

  @Test
  void rowsAreDueEvenlyUpToTheEndOfTheLoad() {
    ForAll.cases(300)
        .check(
            random ->
                new double[] {
                  random.nextDouble(1, 1_000), random.nextInt(0, 10_000), random.nextInt(0, 20_000)
                },
            of -> {
              double seconds = of[0];
              long present = (long) of[1];
              var target = new DataPlan.Target((long) of[2]);
              long all = Math.max(0, target.rows() - present);
              long before = 0;
              for (double share = 0; share <= 1.5; share += 0.1) {
                long due = RowWriter.due(target, present, seconds, share * seconds);
                assertThat(due).isBetween(before, all);
                before = due;
              }
              assertThat(RowWriter.due(target, present, seconds, seconds)).isEqualTo(all);
              assertThat(RowWriter.due(new DataPlan.Rate(3), 0, seconds, seconds / 2))
                  .isEqualTo((long) (3 * seconds / 2));
              assertThat(RowWriter.due(target, present, seconds, -1)).isZero();
            });
  }

  @Test
  void historyRemembersTheRowsOfEverySecond() {
    var recorder = new RowHistory.Recorder();
    recorder.note(-0.5, 0);
    recorder.note(0.4, 10);
    recorder.note(0.9, 20);
    recorder.note(3.5, 80);
    var history = new RowHistory("x", 100, recorder.bySecond(), 80, java.util.Optional.empty());
    assertThat(history.perSecond()).containsExactly(20L, 20L, 20L, 80L);
    assertThat(history.rowsAt(0)).isEqualTo(100);
    assertThat(history.rowsAt(0.5)).isEqualTo(110);
    assertThat(history.rowsAt(2)).isEqualTo(120);
    assertThat(history.rowsAt(99)).isEqualTo(180);
  }

  @Test
  void mistakesAreToldWithTheirPlace() {
    assertThatThrownBy(() -> plan("coins: { sql: 'x', jdbc: 'postgres://h', rate: 5/s }"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("a JDBC address must begin with jdbc:, got 'postgres://h'");
    assertThatThrownBy(() -> plan("coins: { sq: 'x', jdbc: 'jdbc:x', rate: 5/s }"))
        .hasMessageContaining("did you mean 'sql'?");
    assertThatThrownBy(() -> plan("coins: { sql: 'x', jdbc: 'jdbc:x' }"))
        .hasMessageContaining("data needs one of 'rate' and 'to'");
    assertThatThrownBy(() -> plan("coins: { sql: 'x ${rwo}', jdbc: 'jdbc:x', to: 5 }"))
        .hasMessageContaining("data 'coins' uses ${rwo}: there are colour, random, row, uuid");
    assertThatThrownBy(() -> plan("coins: { pots: /coins, rate: 5/s }"))
        .hasMessageContaining("did you mean 'post'?");
    Plan http = plan("coins: { post: /coins, json: { n: '${row}' }, rate: 30/min, present: 12 }");
    assertThat(http.data().getFirst().amount()).isEqualTo(new DataPlan.Rate(0.5));
    assertThat(http.data().getFirst().present()).isEqualTo(new DataPlan.Known(12));
    assertThat(http.data().getFirst().source()).isInstanceOf(DataPlan.Http.class);
  }

  private abstract static class Target implements RowTarget {
    @Override
    public long present() {
      return 0;
    }

    @Override
    public int batch() {
      return 10;
    }

    @Override
    public void close() {}
  }

  private static Plan plan(String data) {
    return PlanParser.parse(
        "target: http://h\njourneys: { a: [ get: / ] }\nvariables: { colour: [red, green] }\n"
            + "profile: [ steady: { rate: 1/s, for: 10s } ]\ndata:\n"
            + data.indent(2));
  }

  private static void execute(String url, String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      boolean unused = statement.execute(sql);
    }
  }

  private static long number(String url, String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getLong(1);
    }
  }
}
