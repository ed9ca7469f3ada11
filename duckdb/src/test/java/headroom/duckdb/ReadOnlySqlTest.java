package headroom.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import headroom.model.Event;
import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.rollup.Cell;
import headroom.rollup.Rollup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadOnlySqlTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  @TempDir Path folder = Path.of("set by JUnit");
  @TempDir Path elsewhere = Path.of("set by JUnit");

  private DuckDbStore store;

  @BeforeEach
  void fill() throws Exception {
    store = DuckDbStore.open(folder);
    Cell cell = new Cell();
    for (int i = 1; i <= 100; i++) {
      cell.record(i / 100.0, i == 100);
    }
    var key = new SeriesKey(Measure.OPERATION, "wallet", "", "POST /it's", "");
    store.merge(List.of(new Rollup(key, NOON.getEpochSecond(), cell)));
    Cell used = new Cell();
    used.sample(7, NOON.getEpochSecond() * 1_000_000_000);
    var pool = new SeriesKey(Measure.POOL_USED, "wallet", "one", "main", "");
    store.merge(List.of(new Rollup(pool, NOON.getEpochSecond() + 70, used)));
    store.record(new Event("deploy", NOON.plusMillis(5), "wallet", Map.of("version", "4f2c")));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void viewsShowRollupsUnderFriendlyNames() throws Exception {
    var result =
        store.query(
            "SELECT time, service, measure, subject, count, errors, mean, round(p50, 2) AS p50, round(p99, 2) AS p99, max, last FROM minutes WHERE subject = 'POST /it''s'",
            10);
    assertThat(result.columns()).startsWith("time", "service").endsWith("max", "last");
    assertThat(result.truncated()).isFalse();
    var row = result.rows().getFirst();
    assertThat(row.subList(0, 7))
        .containsExactly(
            "2026-11-21T12:00:00Z", "wallet", "operation", "POST /it's", 100L, 1L, 0.505);
    assertThat((Double) row.get(7)).isBetween(0.49, 0.51);
    assertThat((Double) row.get(8)).isBetween(0.98, 1.0);
    assertThat(row.subList(9, 11)).containsExactly(1.0, null);
    assertThat(store.query("FROM days", 10).rows()).hasSize(2);
    assertThat(store.query("SELECT max FROM hours WHERE measure = 'pool_used'", 1).rows())
        .containsExactly(List.of(7.0));
    assertThat(store.query("SELECT time, attributes['version'] FROM events", 10).rows())
        .containsExactly(List.of("2026-11-21T12:00:00.005Z", "4f2c"));
  }

  @Test
  void givesAtMostSoManyRowsInTheirOrder() throws Exception {
    var result = store.query("FROM range(100) AS r(n) SELECT n ORDER BY n DESC", 3);
    assertThat(result.rows()).containsExactly(List.of(99L), List.of(98L), List.of(97L));
    assertThat(result.truncated()).isTrue();
    assertThat(store.query("VALUES (1), (2)", 2).truncated()).isFalse();
  }

  @Test
  void takesWhatSelects() throws Exception {
    for (String sql :
        List.of(
            "SELECT 1",
            "select 1;",
            "FROM minutes",
            "WITH x AS (SELECT 2) FROM x",
            "VALUES (1)",
            "DESCRIBE minutes",
            "SHOW TABLES",
            "SUMMARIZE minutes",
            "SELECT 'a''b' -- a comment",
            "SELECT 1 /* ; DROP TABLE series */")) {
      assertThat(store.query(sql, 5).rows()).as(sql).isNotEmpty();
    }
  }

  @Test
  void refusesAllElseAndNothingChanges() throws Exception {
    Path target = elsewhere.resolve("out");
    Path secret = Files.writeString(elsewhere.resolve("secret.csv"), "a,b\n1,2\n");
    List<String> attempts =
        List.of(
            "DROP TABLE series",
            "INSERT INTO series VALUES (9, '', '', '', '', '')",
            "UPDATE series SET subject = 'x'",
            "DELETE FROM fresh",
            "DELETE FROM series RETURNING *",
            "WITH d AS (DELETE FROM series RETURNING *) FROM d",
            "SELECT 1; DROP TABLE series",
            "SELECT 1'); DROP TABLE series; --",
            "SELECT 1) t; DROP TABLE series; --",
            "COMMIT",
            "BEGIN; DROP TABLE series; COMMIT",
            "CREATE TABLE x AS SELECT 1",
            "CREATE TEMP TABLE x AS SELECT 1",
            "COPY series TO '%s'".formatted(target),
            "COPY (SELECT 1) TO '%s'".formatted(target),
            "EXPORT DATABASE '%s'".formatted(target),
            "ATTACH '%s' AS other".formatted(target),
            "ATTACH ':memory:' AS other",
            "SELECT * FROM read_csv('%s')".formatted(secret),
            "SELECT * FROM read_text('%s')".formatted(secret),
            "SELECT * FROM read_blob('%s')".formatted(secret),
            "SELECT * FROM sniff_csv('%s')".formatted(secret),
            "SELECT * FROM glob('%s/*')".formatted(elsewhere),
            "FROM '%s'".formatted(secret),
            "SELECT * FROM read_csv('/etc/passwd')",
            "FROM query('FROM read_text(''/etc/passwd'')')",
            "FROM query('DROP TABLE series')",
            "FROM read_duckdb('%s')".formatted(target),
            "FROM parquet_metadata('%s')".formatted(secret),
            "INSTALL httpfs",
            "LOAD httpfs",
            "FROM 'https://example.com/x.csv'",
            "SET threads = 8",
            "SET GLOBAL enable_external_access = true",
            "RESET lock_configuration",
            "PRAGMA enable_profiling",
            "PRAGMA memory_limit = '8GB'",
            "CALL enable_logging(storage = 'file')",
            "FROM enable_logging('QueryLog', storage = 'file', storage_config = {'path': '%s'})"
                .formatted(target),
            "FROM enable_profiling(save_location = '%s')".formatted(target),
            "FROM duckdb_secrets()",
            "CREATE SECRET (TYPE s3)",
            "FROM arrow_scan(1, 2, 3)",
            "FROM arrow_scan(1::POINTER, 2::POINTER, 3::POINTER)",
            "PREPARE p AS DROP TABLE series",
            "EXPLAIN ANALYZE DELETE FROM series",
            "VACUUM",
            "SELECT getenv('HOME')",
            "SELECT ?",
            "SELECT $1",
            "SELECT 1 \0",
            "",
            "nonsense");
    List<List<Object>> before = content();
    for (String sql : attempts) {
      var refusal = catchThrowableOfType(QueryException.class, () -> store.query(sql, 5));
      assertThat(refusal).as(sql).isNotNull().message().isNotBlank().doesNotContain("\n");
    }
    assertThat(content()).isEqualTo(before);
    assertThat(target).doesNotExist();
    assertThat(elsewhere.toFile().list()).containsExactly("secret.csv");
  }

  private List<List<Object>> content() throws QueryException {
    return store
        .query(
            "SELECT (SELECT count(*) FROM series), (SELECT count(*) FROM days), (SELECT string_agg(table_name) FROM duckdb_tables() WHERE NOT temporary), (SELECT string_agg(database_name) FROM duckdb_databases()), current_setting('threads'), current_setting('enable_external_access')",
            1)
        .rows()
        .stream()
        .map(row -> row.stream().map(String::valueOf).map(Object.class::cast).toList())
        .toList();
  }

  @Test
  void aQueryThatTakesTooLongIsStopped() throws Exception {
    store.close();
    store = DuckDbStore.open(folder, new DuckDbStore.Options(128, 1, 100, Duration.ofSeconds(1)));
    assertThatExceptionOfType(QueryException.class)
        .isThrownBy(() ->
            store.query(
                "SELECT sum(a.range * b.range % 7) FROM range(10_000_000) a, range(10_000_000) b",
                1))
        .withMessageContaining("longer than 1 second");
    assertThat(store.query("SELECT 1", 1).rows()).hasSize(1);
  }

  @Test
  void aQueryThatNeedsTooMuchMemoryFailsAlone() throws Exception {
    assertThatExceptionOfType(QueryException.class)
        .isThrownBy(
            () -> store.query("SELECT list(repeat('x', 1_000_000)) FROM range(100_000)", 1));
    assertThat(store.query("SELECT count(*) FROM days", 1).rows()).containsExactly(List.of(2L));
  }
}
