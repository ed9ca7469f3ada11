package wallet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DatabaseKnobsTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Test
  void withoutTheIndexHistoryScansTheTable() throws Exception {
    Schema.prepare(DATABASE.pool(), Knobs.parse("--users=200", "--index=on"));
    assertThat(plan()).contains("Index Scan using " + Schema.HISTORY_INDEX);
    Schema.prepare(DATABASE.pool(), Knobs.parse("--users=200", "--index=off"));
    assertThat(plan()).contains("Seq Scan on exchange").doesNotContain("Index");
    Schema.prepare(DATABASE.pool(), Knobs.parse("--users=200", "--index=on"));
    assertThat(plan()).contains("Index Scan using " + Schema.HISTORY_INDEX);
  }

  @Test
  void theBatchPaysEveryAccountOnce() throws Exception {
    Schema.prepare(DATABASE.pool(), Knobs.parse("--users=200"));
    var counter = new StatementCounter(DATABASE.pool());
    int paid = Sql.inTransaction(counter, InterestBatch::payAll);
    assertThat(paid).isEqualTo(Integer.parseInt(DATABASE.ask("SELECT count(*) FROM account")));
    assertThat(counter.statements()).as("one by one, in one transaction").hasSize(2 + 2 * paid);
    assertThat(DATABASE.ask("SELECT count(DISTINCT account_id) FROM interest"))
        .isEqualTo(Integer.toString(paid));
  }

  private static String plan() throws Exception {
    var sql = History.LATEST.replaceFirst("\\?", "77").replaceFirst("\\?", "5");
    try (var connection = DATABASE.pool().getConnection()) {
      return String.join("\n", Sql.query(connection, "EXPLAIN " + sql, row -> row.getString(1)));
    }
  }
}
