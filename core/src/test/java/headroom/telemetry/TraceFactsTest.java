package headroom.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headroom.model.Irregularity;
import headroom.model.Measure;
import headroom.model.Resource;
import headroom.model.Span;
import headroom.model.SpanAttribute;
import headroom.model.SpanKind;
import headroom.rollup.Cell;
import headroom.rollup.Rollup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Facts of planted traces. Times are milliseconds after {@link #START}. */
class TraceFactsTest {
  static final long START = 1_763_719_200_000_000_000L; // a window's start
  private static final Resource WALLET = new Resource("wallet", "w1", "");
  private static final Resource LEDGER = new Resource("ledger", "l1", "");

  private final Telemetry telemetry = new Telemetry(TelemetryLimits.RECORDED);
  private final List<Rollup> rollups = new ArrayList<>();

  @Test
  void anExchangeWithStatementsACallAndARetry() {
    server(1, 0, WALLET, 0, 100, "POST", "/exchange");
    statement(2, 1, WALLET, 10, 20, "SELECT a FROM account WHERE id = 1", "wallet");
    statement(3, 1, WALLET, 20, 40, "SELECT a FROM account WHERE id = 2", "wallet");
    statement(4, 1, WALLET, 35, 50, "INSERT INTO booking VALUES (1, 'x')", "wallet");
    client(5, 1, WALLET, 50, 60, "ledger.internal", true);
    client(6, 1, WALLET, 61, 90, "ledger.internal", false);
    server(7, 6, LEDGER, 62, 89, "POST", "/book");
    statement(8, 7, LEDGER, 65, 75, "UPDATE ledger SET x = x + 1", "books");
    finish();

    assertThat(only(Measure.ACTION, "POST /exchange").sum()).isCloseTo(0.1, within(1e-9));
    assertThat(only(Measure.ACTION_STATEMENTS, "POST /exchange").sum()).isEqualTo(4);
    assertThat(only(Measure.ACTION_CALLS, "POST /exchange").sum()).isEqualTo(2);
    assertThat(only(Measure.ACTION_RETRIES, "POST /exchange").sum()).isEqualTo(1);
    assertThat(only(Measure.ACTION_DEPTH, "POST /exchange").sum()).isEqualTo(2);
    assertThat(only(Measure.ACTION_DATABASE_SECONDS, "POST /exchange").sum())
        .isCloseTo(0.055, within(1e-9));
    // 10…50 and 65…75 of 100 ms
    assertThat(only(Measure.ACTION_DATABASE_SHARE, "POST /exchange").sum())
        .isCloseTo(0.5, within(1e-9));
    assertThat(only(Measure.ACTION_REPEATS, "POST /exchange").sum()).isEqualTo(2);
    assertThat(keys(Measure.ACTION_REPEATS))
        .containsExactly("wallet||POST /exchange|SELECT a FROM account WHERE id = ?");

    assertThat(keys(Measure.OPERATION))
        .containsExactlyInAnyOrder("wallet|w1|POST /exchange|", "ledger|l1|POST /book|");
    assertThat(keys(Measure.CALL))
        .containsExactlyInAnyOrder(
            "wallet||POST /exchange|ledger.internal", "wallet||POST /exchange|ledger");
    assertThat(keys(Measure.STATEMENT))
        .containsExactlyInAnyOrder(
            "wallet||SELECT a FROM account WHERE id = ?|POST /exchange",
            "wallet||INSERT INTO booking VALUES (?)|POST /exchange",
            "ledger||UPDATE ledger SET x = x + ?|POST /book");
    assertThat(keys(Measure.HOLD))
        .containsExactlyInAnyOrder("wallet|w1|POST /exchange|wallet", "ledger|l1|POST /book|books");
    assertThat(only(Measure.HOLD, "POST /exchange").sum()).isCloseTo(0.04, within(1e-9));
    // 100 - (10…50, 50…60, 61…90)
    assertThat(only(Measure.OPERATION_SELF, "POST /exchange").sum()).isCloseTo(0.021, within(1e-9));
    assertThat(only(Measure.OPERATION_SELF, "POST /book").sum()).isCloseTo(0.017, within(1e-9));
  }

  @Test
  void countsTheMostRepeatedStatementUnderOneParent() {
    server(1, 0, WALLET, 0, 100, "GET", "/history");
    internal(2, 1, WALLET, 1, 99, "Repository.load");
    for (int i = 0; i < 12; i++) {
      statement(10 + i, 2, WALLET, 5 + i, 6 + i, "SELECT * FROM fee WHERE id = " + i, "wallet");
    }
    statement(40, 1, WALLET, 90, 91, "SELECT * FROM fee WHERE id = 99", "wallet");
    finish();

    assertThat(only(Measure.ACTION_REPEATS, "GET /history").max()).isEqualTo(12);
    // The internal span belongs to the operation.
    assertThat(keys(Measure.HOLD)).containsExactly("wallet|w1|GET /history|wallet");
    assertThat(only(Measure.HOLD, "GET /history").sum()).isCloseTo(0.086, within(1e-9));
  }

  @Test
  void withoutARootEachServerWithAnUnknownCallerIsAnAction() {
    server(1, 99, WALLET, 0, 10, "GET", "/a");
    server(2, 99, LEDGER, 20, 30, "GET", "/b");
    statement(3, 98, LEDGER, 21, 22, "SELECT 1", "books");
    finish();

    assertThat(keys(Measure.ACTION))
        .containsExactlyInAnyOrder("wallet||GET /a|", "ledger||GET /b|");
    assertThat(only(Measure.ACTION_STATEMENTS, "GET /a").sum()).isEqualTo(1);
    assertThat(keys(Measure.STATEMENT)).containsExactly("ledger||SELECT ?|");
  }

  @Test
  void namesAnActionAfterTheServerThatAnInstrumentedClientCalls() {
    client(1, 0, new Resource("app", "", ""), 0, 50, "wallet", false);
    server(2, 1, WALLET, 5, 45, "GET", "/balance");
    finish();

    assertThat(keys(Measure.ACTION)).containsExactly("wallet||GET /balance|");
    assertThat(only(Measure.ACTION_CALLS, "GET /balance").sum()).isZero();
    assertThat(only(Measure.ACTION_DEPTH, "GET /balance").sum()).isEqualTo(2);
    assertThat(keys(Measure.CALL)).containsExactly("app|||wallet");
  }

  @Test
  void aLoneStatementIsNobodysAction() {
    statement(1, 0, WALLET, 0, 5, "SELECT 1", "wallet");
    finish();
    assertThat(keys(Measure.ACTION)).isEmpty();
    assertThat(keys(Measure.HOLD)).isEmpty();
    assertThat(keys(Measure.STATEMENT)).containsExactly("wallet||SELECT ?|");
  }

  @Test
  void aJobIsAnActionAndAnOperation() {
    internal(1, 0, WALLET, 0, 5_000, "Nightly.run");
    statement(2, 1, WALLET, 1, 2, "DELETE FROM t", "wallet");
    finish();
    assertThat(keys(Measure.ACTION)).containsExactly("wallet||Nightly.run|");
    assertThat(keys(Measure.OPERATION)).containsExactly("wallet|w1|Nightly.run|");
    assertThat(keys(Measure.HOLD)).containsExactly("wallet|w1|Nightly.run|wallet");
  }

  @Test
  void spansThatAreTheirOwnAncestorsDoNoHarm() {
    server(1, 2, WALLET, 0, 10, "GET", "/a");
    internal(2, 1, WALLET, 1, 9, "b");
    internal(3, 3, WALLET, 2, 3, "c");
    finish();
    assertThat(keys(Measure.ACTION)).hasSize(1);
    assertThat(telemetry.counters().irregularities()).containsEntry(Irregularity.SPAN_CYCLE, 2L);
  }

  @Test
  void aStatusOf500IsAnError() {
    Span span = span(1, 0, WALLET, 0, 10, SpanKind.SERVER, "x");
    span.set(SpanAttribute.HTTP_METHOD, "GET");
    span.set(SpanAttribute.HTTP_ROUTE, "/a");
    span.set(SpanAttribute.HTTP_STATUS, "503");
    telemetry.span(span);
    finish();
    assertThat(only(Measure.ACTION, "GET /a").errors()).isEqualTo(1);
    assertThat(only(Measure.OPERATION, "GET /a").errors()).isEqualTo(1);
  }

  @Test
  void factsBelongToTheWindowInWhichTheirSpanStarted() {
    server(1, 0, WALLET, 9_990, 25_000, "GET", "/a");
    statement(2, 1, WALLET, 10_001, 20_500, "SELECT 1", "wallet");
    finish();
    long first = START / 1_000_000_000L;
    assertThat(windows(Measure.ACTION)).containsExactly(first);
    assertThat(windows(Measure.OPERATION)).containsExactly(first);
    assertThat(windows(Measure.HOLD)).containsExactly(first);
    assertThat(windows(Measure.STATEMENT)).containsExactly(first + 10);
  }

  @Test
  void aConnectionIsKeptFromWhereItIsGotToItsLastStatement() {
    server(1, 0, WALLET, 0, 300, "POST", "/a");
    getting(2, 1, 0, 20); // waits for it
    statement(3, 1, WALLET, 20, 21, "BEGIN", "wallet");
    statement(4, 1, WALLET, 25, 30, "UPDATE a SET b = 1", "wallet");
    statement(5, 1, WALLET, 60, 62, "COMMIT", "wallet");
    getting(6, 1, 200, 201);
    statement(7, 1, WALLET, 201, 211, "SELECT 1", "wallet");
    finish();
    assertThat(only(Measure.HOLD, "POST /a").count()).isEqualTo(2);
    assertThat(only(Measure.HOLD, "POST /a").sum()).isCloseTo(0.042 + 0.010, within(1e-9));
    assertThat(only(Measure.HOLD_STATEMENT, "POST /a").sum()).isCloseTo(0.018, within(1e-9));
    assertThat(only(Measure.ACTION_STATEMENTS, "POST /a").sum()).isEqualTo(4);
  }

  @Test
  void connectionsThatAreGotAtOnceAreKeptBesideEachOther() {
    server(1, 0, WALLET, 0, 300, "GET", "/a");
    for (int i = 0; i < 3; i++) {
      getting(2 + i, 1, 0, 1);
      statement(12 + i, 1, WALLET, 1 + i, 41 + i, "SELECT 1", "wallet");
    }
    finish();
    assertThat(only(Measure.HOLD, "GET /a").count()).isEqualTo(3);
    assertThat(only(Measure.HOLD, "GET /a").sum()).isCloseTo(0.123, within(1e-9));
  }

  @Test
  void aTransactionKeepsItsConnectionAndOtherStatementsTheirs() {
    server(1, 0, WALLET, 0, 300, "POST", "/a");
    statement(2, 1, WALLET, 20, 21, "BEGIN", "wallet");
    statement(3, 1, WALLET, 25, 30, "UPDATE a SET b = 1", "wallet");
    statement(4, 1, WALLET, 60, 62, "COMMIT", "wallet");
    statement(5, 1, WALLET, 100, 110, "SELECT 1", "wallet");
    statement(6, 1, WALLET, 200, 210, "SELECT 1", "wallet");
    finish();
    assertThat(only(Measure.HOLD, "POST /a").count()).isEqualTo(3);
    assertThat(only(Measure.HOLD, "POST /a").sum()).isCloseTo(0.062, within(1e-9));
  }

  private void getting(long id, long parent, long from, long to) {
    Span span = span(id, parent, WALLET, from, to, SpanKind.CLIENT, "pg-pool.connect");
    span.set(SpanAttribute.DB_SYSTEM, "postgresql");
    span.set(SpanAttribute.DB_NAMESPACE, "wallet");
    telemetry.span(span);
  }

  private void server(
      long id, long parent, Resource resource, long from, long to, String method, String route) {
    Span span = span(id, parent, resource, from, to, SpanKind.SERVER, method + " " + route);
    span.set(SpanAttribute.HTTP_METHOD, method);
    span.set(SpanAttribute.HTTP_ROUTE, route);
    telemetry.span(span);
  }

  private void internal(long id, long parent, Resource resource, long from, long to, String name) {
    telemetry.span(span(id, parent, resource, from, to, SpanKind.INTERNAL, name));
  }

  private void client(
      long id, long parent, Resource resource, long from, long to, String host, boolean error) {
    Span span = span(id, parent, resource, from, to, SpanKind.CLIENT, "POST");
    span.set(SpanAttribute.HTTP_METHOD, "POST");
    span.set(SpanAttribute.SERVER_ADDRESS, host);
    span.error = error;
    telemetry.span(span);
  }

  private void statement(
      long id, long parent, Resource resource, long from, long to, String sql, String database) {
    Span span = span(id, parent, resource, from, to, SpanKind.CLIENT, "SELECT");
    span.set(SpanAttribute.DB_SYSTEM, "postgresql");
    span.set(SpanAttribute.DB_NAMESPACE, database);
    span.set(SpanAttribute.DB_QUERY_TEXT, sql);
    telemetry.span(span);
  }

  static Span span(
      long id, long parent, Resource resource, long from, long to, SpanKind kind, String name) {
    Span span = new Span();
    span.traceIdHigh = 7;
    span.traceIdLow = 8;
    span.spanId = id;
    span.parentSpanId = parent;
    span.startNanos = START + from * 1_000_000;
    span.endNanos = START + to * 1_000_000;
    span.kind = kind;
    span.name = name;
    span.resource = resource;
    return span;
  }

  private void finish() {
    telemetry.completeAll();
    rollups.addAll(telemetry.drain());
  }

  private Cell only(Measure measure, String subject) {
    Optional<Rollup> found =
        rollups.stream()
            .filter(r -> r.key().measure() == measure && r.key().subject().equals(subject))
            .collect(
                Collectors.reducing((a, b) -> {
                  throw new AssertionError("two of " + a + b);
                }));
    return found.orElseThrow().cell();
  }

  private List<String> keys(Measure measure) {
    return rollups.stream()
        .map(Rollup::key)
        .filter(key -> key.measure() == measure)
        .map(k -> String.join("|", k.service(), k.instance(), k.subject(), k.detail()))
        .toList();
  }

  private List<Long> windows(Measure measure) {
    return rollups.stream()
        .filter(r -> r.key().measure() == measure)
        .map(Rollup::windowStart)
        .toList();
  }
}
