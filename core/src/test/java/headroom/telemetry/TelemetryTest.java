package headroom.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.model.Event;
import headroom.model.Irregularity;
import headroom.model.Measure;
import headroom.model.Resource;
import headroom.model.SeriesKey;
import headroom.model.Span;
import headroom.model.SpanAttribute;
import headroom.model.SpanKind;
import headroom.rollup.Cell;
import headroom.rollup.Rollup;
import headroom.testkit.ForAll;
import headroom.trace.TraceLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TelemetryTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long START = TraceFactsTest.START;
  private static final Resource WALLET = new Resource("wallet", "w1", "1.0");

  /** A recording gives the same rollups whatever order it comes in and however it is cut. */
  @Test
  void theOrderOfSpansAndTheCutIntoBatchesDoNotMatter() {
    ForAll.cases(60)
        .check(
            random -> random.nextLong(),
            seed -> {
              var random = new SplittableRandom(seed);
              List<Span> spans = PlantedTraces.draw(random, 30);
              Telemetry inOrder = new Telemetry(patient());
              spans.forEach(inOrder::span);
              inOrder.completeAll();
              Map<String, Cell> expected = byKey(inOrder.drain());
              assertThat(expected).hasSizeGreaterThan(50);

              Collections.shuffle(spans, new Random(random.nextLong()));
              Telemetry shuffled = new Telemetry(patient());
              List<Rollup> rollups = new ArrayList<>();
              for (Span span : spans) {
                shuffled.span(span);
                if (random.nextInt(20) == 0) {
                  shuffled.expire(START + random.nextLong(60) * SECOND);
                  rollups.addAll(shuffled.drain());
                }
              }
              shuffled.completeAll();
              rollups.addAll(shuffled.drain());
              assertSame(byKey(rollups), expected);
            });
  }

  @Test
  void completesATraceWhenItsRootIsThereAndItIsQuiet() {
    Telemetry telemetry = new Telemetry(TelemetryLimits.RECORDED);
    telemetry.expire(START);
    telemetry.span(server(1, 1, 0, 0));
    telemetry.expire(START + 7 * SECOND);
    assertThat(measures(telemetry)).containsExactly(Measure.OPERATION);
    telemetry.expire(START + 8 * SECOND);
    assertThat(measures(telemetry)).contains(Measure.ACTION);
    assertThat(telemetry.counters().openTraces()).isZero();
  }

  @Test
  void waitsLongerForARootThatHasNotCome() {
    Telemetry telemetry = new Telemetry(TelemetryLimits.RECORDED);
    telemetry.expire(START);
    telemetry.span(server(1, 2, 1, 0));
    telemetry.expire(START + 23 * SECOND);
    assertThat(measures(telemetry)).containsExactly(Measure.OPERATION);
    telemetry.span(server(1, 1, 0, 0));
    telemetry.expire(START + 31 * SECOND);
    assertThat(measures(telemetry)).contains(Measure.ACTION);

    telemetry.span(server(2, 2, 1, 0));
    telemetry.expire(START + 54 * SECOND);
    assertThat(measures(telemetry)).doesNotContain(Measure.ACTION);
    telemetry.expire(START + 55 * SECOND);
    assertThat(measures(telemetry)).contains(Measure.ACTION);
  }

  @Test
  void completesATraceThatNeverFallsQuiet() {
    Telemetry telemetry = new Telemetry(TelemetryLimits.RECORDED);
    for (int second = 0; second <= 130; second += 5) {
      telemetry.expire(START + second * SECOND);
      telemetry.span(server(1, 10 + second, second == 0 ? 0 : 10, second));
    }
    assertThat(measures(telemetry)).contains(Measure.ACTION);
    assertThat(count(telemetry, Irregularity.SPAN_LATE)).isEqualTo(3);
  }

  @Test
  void timeBeforeTheFirstTickAgesNothing() {
    Telemetry telemetry = new Telemetry(TelemetryLimits.RECORDED);
    telemetry.span(server(1, 1, 0, 0));
    telemetry.expire(START + 500 * SECOND);
    assertThat(telemetry.counters().openTraces()).isEqualTo(1);
    telemetry.expire(START + 508 * SECOND);
    assertThat(telemetry.counters().openTraces()).isZero();
  }

  @Test
  void countsLateAndRepeatedSpansAndSuchWithoutIdentity() {
    Telemetry telemetry = new Telemetry(TelemetryLimits.RECORDED);
    telemetry.span(server(1, 1, 0, 0));
    telemetry.span(server(1, 1, 0, 0));
    telemetry.completeAll();
    telemetry.span(server(1, 2, 1, 0));
    telemetry.span(server(0, 1, 0, 0));
    telemetry.span(server(3, 0, 0, 0));
    Span backwards = server(4, 1, 0, 5);
    backwards.endNanos = backwards.startNanos - 1;
    telemetry.span(backwards);
    telemetry.completeAll();

    assertThat(count(telemetry, Irregularity.SPAN_DUPLICATE)).isEqualTo(1);
    assertThat(count(telemetry, Irregularity.SPAN_LATE)).isEqualTo(1);
    assertThat(count(telemetry, Irregularity.SPAN_INVALID)).isEqualTo(2);
    assertThat(count(telemetry, Irregularity.SPAN_NEGATIVE)).isEqualTo(1);
    assertThat(total(telemetry.drain(), Measure.OPERATION).count()).isEqualTo(3);
  }

  @Test
  void believesNoTimesFarFromNow() {
    Telemetry telemetry = new Telemetry(TelemetryLimits.LIVE);
    telemetry.expire(START);
    telemetry.span(server(1, 1, 0, -7 * 3_600));
    telemetry.span(server(2, 1, 0, 700));
    telemetry.span(server(3, 1, 0, -5 * 3_600));
    assertThat(count(telemetry, Irregularity.SPAN_TIME)).isEqualTo(2);
    assertThat(total(telemetry.drain(), Measure.OPERATION).count()).isEqualTo(1);
  }

  @Test
  void aMillionNamesBecomeABoundedNumberOfSeries() {
    Telemetry telemetry = new Telemetry(TelemetryLimits.RECORDED);
    Span span = server(1, 1, 0, 0);
    for (int i = 1; i <= 100_000; i++) {
      span.traceIdLow = i;
      span.set(SpanAttribute.HTTP_ROUTE, "/" + i);
      telemetry.span(span);
    }
    telemetry.completeAll();
    List<Rollup> rollups = telemetry.drain();
    assertThat(subjects(rollups, Measure.OPERATION)).hasSize(501).contains("(other)");
    assertThat(subjects(rollups, Measure.ACTION)).hasSize(501).contains("(other)");
    assertThat(total(rollups, Measure.OPERATION).count()).isEqualTo(100_000);
    assertThat(count(telemetry, Irregularity.NAME_OVER_LIMIT)).isEqualTo(99_500);
  }

  @Test
  void holdsABoundedNumberOfTraces() {
    Telemetry telemetry =
        new Telemetry(
            limits(
                new TraceLimits(
                    100, 50, 1 << 20, Duration.ofSeconds(5), Duration.ofMinutes(1), 500)));
    for (int i = 1; i <= 1_000; i++) {
      telemetry.span(server(i, 1, i % 2, 0));
    }
    assertThat(telemetry.counters().openTraces()).isEqualTo(100);
    assertThat(count(telemetry, Irregularity.TRACE_EVICTED)).isEqualTo(900);
    telemetry.completeAll();
    // Those evicted without their root are nobody's action.
    assertThat(total(telemetry.drain(), Measure.ACTION).count()).isEqualTo(550);
  }

  @Test
  void holdsABoundedNumberOfSpansOfATrace() {
    Telemetry telemetry =
        new Telemetry(
            limits(
                new TraceLimits(
                    100, 50, 1 << 20, Duration.ofSeconds(5), Duration.ofMinutes(1), 500)));
    for (int i = 2; i <= 200; i++) {
      Span span = server(1, i, 1, 0);
      span.kind = SpanKind.CLIENT;
      telemetry.span(span);
    }
    telemetry.span(server(1, 1, 0, 0));
    telemetry.completeAll();
    List<Rollup> rollups = telemetry.drain();
    assertThat(total(rollups, Measure.ACTION).count()).isEqualTo(1);
    assertThat(total(rollups, Measure.ACTION_CALLS).sum()).isEqualTo(50);
    assertThat(count(telemetry, Irregularity.SPAN_OVER_LIMIT)).isEqualTo(149);
  }

  @Test
  void holdsABoundedNumberOfBytes() {
    Telemetry telemetry =
        new Telemetry(
            limits(
                new TraceLimits(
                    10_000, 100_000, 64 << 10, Duration.ofSeconds(5), Duration.ofMinutes(1), 500)));
    for (int i = 1; i <= 10_000; i++) {
      telemetry.span(server(1 + i / 40, i + 1, 1, 0));
      assertThat(telemetry.counters().openTraceBytes()).isLessThanOrEqualTo(64 << 10);
    }
    assertThat(count(telemetry, Irregularity.TRACE_EVICTED)).isGreaterThan(200);
  }

  @Test
  void aNewVersionIsADeploy() {
    Telemetry telemetry = new Telemetry(TelemetryLimits.RECORDED);
    version(telemetry, "1.4", 0);
    version(telemetry, "1.4", 60);
    assertThat(telemetry.drainEvents()).isEmpty();
    version(telemetry, "1.5", 120);
    version(telemetry, "1.4", 121); // still rolling
    version(telemetry, "1.5", 122);
    assertThat(telemetry.drainEvents())
        .containsExactly(
            new Event(
                "deploy",
                Instant.ofEpochSecond(START / SECOND + 120),
                "wallet",
                Map.of("version", "1.5", "previous", "1.4")));
    version(telemetry, "1.5", 2_000);
    version(telemetry, "1.4", 2_001); // rolled back
    assertThat(telemetry.drainEvents()).hasSize(1);
    version(telemetry, "1.4", 9_000); // was only asleep
    assertThat(telemetry.drainEvents()).isEmpty();
  }

  @Test
  void takesTheTimeInTheQueueFromConsumers() {
    Telemetry telemetry = new Telemetry(TelemetryLimits.RECORDED);
    Span span = server(1, 1, 0, 0);
    span.kind = SpanKind.CONSUMER;
    span.set(SpanAttribute.MESSAGING_DESTINATION, "orders");
    span.set(SpanAttribute.MESSAGING_PARTITION, "3");
    span.set(SpanAttribute.QUEUE_TIME_MILLIS, "250");
    telemetry.span(span);
    Rollup age =
        telemetry.drain().stream()
            .filter(rollup -> rollup.key().measure() == Measure.QUEUE_AGE)
            .reduce((a, b) -> a)
            .orElseThrow();
    assertThat(age.key().subject()).isEqualTo("orders");
    assertThat(age.key().detail()).isEqualTo("3");
    assertThat(age.cell().sum()).isEqualTo(0.25);
  }

  private static void version(Telemetry telemetry, String version, long second) {
    Span span = server(1_000 + second, 1, 0, second);
    span.resource = new Resource("wallet", "w1", version);
    telemetry.span(span);
  }

  private static Span server(long trace, long id, long parent, long second) {
    Span span = new Span();
    span.traceIdLow = trace;
    span.spanId = id;
    span.parentSpanId = parent;
    span.startNanos = START + second * SECOND;
    span.endNanos = span.startNanos + SECOND / 10;
    span.kind = SpanKind.SERVER;
    span.resource = WALLET;
    span.set(SpanAttribute.HTTP_METHOD, "GET");
    span.set(SpanAttribute.HTTP_ROUTE, "/a");
    return span;
  }

  private static TelemetryLimits patient() {
    return limits(
        new TraceLimits(1_000, 1_000, 64 << 20, Duration.ofHours(1), Duration.ofHours(2), 1_000));
  }

  private static TelemetryLimits limits(TraceLimits traces) {
    return new TelemetryLimits(traces, 1_000_000, 1_000, EventTime.RECORDED);
  }

  private static Set<Measure> measures(Telemetry telemetry) {
    return telemetry.drain().stream().map(r -> r.key().measure()).collect(Collectors.toSet());
  }

  private static Set<String> subjects(List<Rollup> rollups, Measure measure) {
    return rollups.stream()
        .map(Rollup::key)
        .filter(key -> key.measure() == measure)
        .map(SeriesKey::subject)
        .collect(Collectors.toSet());
  }

  private static Cell total(List<Rollup> rollups, Measure measure) {
    Cell total = new Cell();
    rollups.stream()
        .filter(rollup -> rollup.key().measure() == measure)
        .forEach(rollup -> total.merge(rollup.cell()));
    return total;
  }

  private static long count(Telemetry telemetry, Irregularity irregularity) {
    return telemetry.counters().irregularities().getOrDefault(irregularity, 0L);
  }

  private static Map<String, Cell> byKey(List<Rollup> rollups) {
    var cells = new HashMap<String, Cell>();
    for (Rollup rollup : rollups) {
      cells
          .computeIfAbsent(rollup.key() + "@" + rollup.windowStart(), unused -> new Cell())
          .merge(rollup.cell());
    }
    return cells;
  }

  /** Equal but for the rounding of sums. */
  private static void assertSame(Map<String, Cell> actual, Map<String, Cell> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach((key, cell) -> {
      Cell other = Objects.requireNonNull(actual.get(key));
      assertThat(other.count()).as(key).isEqualTo(cell.count());
      assertThat(other.errors()).as(key).isEqualTo(cell.errors());
      assertThat(other.histogram()).as(key).isEqualTo(cell.histogram());
      assertThat(Math.abs(other.sum() - cell.sum())).as(key).isLessThan(1e-9);
    });
  }
}
