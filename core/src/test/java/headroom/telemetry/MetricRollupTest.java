package headroom.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headroom.model.Irregularity;
import headroom.model.Measure;
import headroom.model.MetricPoint;
import headroom.model.Resource;
import headroom.rollup.Cell;
import headroom.rollup.Rollup;
import headroom.testkit.ForAll;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Points at seconds after {@link #START}, which begins a window, and what becomes of them. */
class MetricRollupTest {
  private static final long START = 1_763_719_200L;
  private static final Resource WALLET = new Resource("wallet", "w1", "");
  private static final double[] BOUNDS = {10, 20, 50, 100};

  private final Telemetry telemetry = new Telemetry(TelemetryLimits.RECORDED);

  @Test
  void samplesLevels() {
    MetricPoint point = point("db.client.connections.usage", "", MetricPoint.Type.SUM, 3);
    point.cumulative = true;
    point.value = 4;
    point.addAttribute("pool.name", "ledger");
    point.addAttribute("state", "used");
    telemetry.metric(point);
    point.timeNanos = nanos(8);
    point.value = 2;
    telemetry.metric(point);

    Rollup rollup = only(telemetry.drain());
    assertThat(rollup.key().measure()).isEqualTo(Measure.POOL_USED);
    assertThat(rollup.key().subject()).isEqualTo("ledger");
    assertThat(rollup.key().instance()).isEqualTo("w1");
    assertThat(rollup.windowStart()).isEqualTo(START);
    assertThat(rollup.cell().count()).isEqualTo(2);
    assertThat(rollup.cell().max()).isEqualTo(4);
    assertThat(rollup.cell().last()).isEqualTo(2);
  }

  @Test
  void addsUpLevelsSentAsChanges() {
    for (int second : List.of(1, 2, 3)) {
      MetricPoint point =
          point("db.client.connections.pending_requests", "", MetricPoint.Type.SUM, second);
      point.value = second == 3 ? -1 : 2;
      telemetry.metric(point);
    }
    assertThat(only(telemetry.drain()).cell().last()).isEqualTo(3);
  }

  @Test
  void spreadsAnIncreaseOverTheWindowsThatItCovers() {
    cpu(4, 100, 0); // the base
    cpu(24, 140, 0);
    assertSums(12, 20, 8);
    assertThat(count(Irregularity.POINT_BASE)).isEqualTo(1);
  }

  @Test
  void countsNoWorkThatAProcessDidBeforeItsFirstPoint() {
    cpu(30, 30, 10);
    cpu(40, 33, 10);
    assertSums(3.0);
    assertThat(windows()).containsExactly(START + 30);
    assertThat(count(Irregularity.POINT_BASE)).isEqualTo(1);
  }

  @Test
  void countsTheRequestsOfAYoungProcessFromItsStart() {
    requests(30, 20);
    requests(50, 20);
    assertSums(15.0, 15.0);
    assertThat(windows()).containsExactly(START + 10, START + 20);
  }

  /**
   * Exports every five seconds of a process begun 20 s before: the first that came was no first.
   */
  @Test
  void requestsWhoseExportsDidNotComeHereDoNotCount() {
    requests(30, 2_000);
    requests(35, 2_010);
    assertSums(15.0);
    assertThat(windows()).containsExactly(START + 30);
  }

  /** So many requests of a second and a half since second 10. */
  private void requests(int second, long count) {
    MetricPoint point =
        point("http.server.request.duration", "s", MetricPoint.Type.HISTOGRAM, second);
    point.startNanos = nanos(10);
    point.cumulative = true;
    histogram(point, 1.5 * count, new long[] {count, 0, 0, 0, 0});
    telemetry.metric(point);
  }

  @Test
  void aSeriesThatAppearsAfterOthersOfItsMetricBeganThen() {
    for (int second : List.of(1_000, 1_005, 1_010)) {
      for (String cache : second < 1_010 ? List.of("a") : List.of("a", "b")) {
        MetricPoint point = counter("cache.gets", second, second, 1);
        point.addAttribute("cache", cache);
        point.addAttribute("result", "hit");
        telemetry.metric(point);
      }
    }
    Cell b =
        telemetry.drain().stream()
            .filter(rollup -> rollup.key().subject().equals("b"))
            .map(Rollup::cell)
            .reduce((x, y) -> x)
            .orElseThrow();
    assertThat(b.sum()).isEqualTo(1_010);
  }

  @Test
  void countsOnAfterARestart() {
    cpu(1_000, 500, 1);
    cpu(1_010, 510, 1);
    cpu(1_030, 7, 1_022); // another process
    cpu(1_040, 9, 1_022);
    assertSums(10.0, 7.0, 2.0);
    assertThat(count(Irregularity.POINT_RESET)).isEqualTo(1);
  }

  @Test
  void countsOnAfterADecreaseWithoutAStartTime() {
    cpu(1_000, 500, 0);
    cpu(1_010, 510, 0);
    cpu(1_020, 3, 0);
    assertSums(10.0, 3.0);
  }

  @Test
  void ignoresWhatItHasSeenAndWhatComesTooLate() {
    cpu(1_000, 500, 1);
    cpu(1_010, 510, 1);
    cpu(1_010, 510, 1);
    cpu(1_005, 504, 1);
    cpu(1_020, 515, 1);
    assertSums(10.0, 5.0);
    assertThat(count(Irregularity.POINT_DUPLICATE)).isEqualTo(1);
    assertThat(count(Irregularity.POINT_OUT_OF_ORDER)).isEqualTo(1);
  }

  @Test
  void aGapOfHoursIsNotSpread() {
    cpu(0, 500, -9_000);
    cpu(10_000, 9_000, -9_000);
    assertThat(telemetry.drain()).isEmpty();
    assertThat(count(Irregularity.POINT_BASE)).isEqualTo(2);
  }

  @Test
  void foldsExplicitBucketsInAndConvertsTheUnit() {
    MetricPoint point =
        point("db.client.connections.use_time", "ms", MetricPoint.Type.HISTOGRAM, 10);
    point.startNanos = nanos(0);
    histogram(point, 1_000, new long[] {10, 20, 30, 40, 0});
    point.hasMin = true;
    point.min = 5;
    point.hasMax = true;
    point.max = 80;
    telemetry.metric(point);

    Cell cell = only(telemetry.drain()).cell();
    assertThat(cell.count()).isEqualTo(100);
    assertThat(cell.sum()).isCloseTo(1.0, within(1e-12));
    assertThat(cell.min()).isEqualTo(0.005);
    assertThat(cell.max()).isEqualTo(0.08);
    assertThat(cell.quantile(0).orElseThrow()).isBetween(0.00495, 0.0055);
    assertThat(cell.quantile(0.3).orElseThrow()).isBetween(0.0195, 0.0201);
    assertThat(cell.quantile(0.6).orElseThrow()).isBetween(0.0485, 0.0505);
    assertThat(cell.quantile(1).orElseThrow()).isBetween(0.079, 0.081);
  }

  @Test
  void theSumTellsHowFarTheTopmostBucketReaches() {
    MetricPoint point =
        point("db.client.connections.use_time", "ms", MetricPoint.Type.HISTOGRAM, 10);
    point.startNanos = nanos(0);
    histogram(point, 10 * 600, new long[] {0, 0, 0, 0, 10});
    telemetry.metric(point);
    Cell cell = only(telemetry.drain()).cell();
    double[] sum = {0};
    var histogram = Objects.requireNonNull(cell.histogram());
    histogram.forEachBucket((bucket, count) -> sum[0] += count * histogram.middle(bucket));
    assertThat(sum[0]).isCloseTo(6.0, within(0.2));
  }

  @Test
  void subtractsCumulativeHistograms() {
    for (int i = 0; i < 3; i++) {
      MetricPoint point =
          point("db.client.connections.use_time", "ms", MetricPoint.Type.HISTOGRAM, 5 + 5 * i);
      point.cumulative = true;
      point.startNanos = nanos(-1_000);
      histogram(point, 100 + 40 * i, new long[] {5, i, 0, 2L * i, 0});
      telemetry.metric(point);
    }
    Cell total = new Cell();
    for (Rollup rollup : telemetry.drain()) {
      total.merge(rollup.cell());
    }
    assertThat(total.count()).isEqualTo(6);
    assertThat(total.sum()).isCloseTo(0.08, within(1e-12));
    assertThat(Objects.requireNonNull(total.histogram()).shareAbove(0.05))
        .isCloseTo(2 / 3.0, within(0.01));
  }

  @Test
  void takesExponentialHistogramsOverExactlyAcrossAChangeOfScale() {
    MetricPoint point =
        point("http.server.request.duration", "s", MetricPoint.Type.EXPONENTIAL_HISTOGRAM, 1);
    point.cumulative = true;
    point.startNanos = nanos(-1_000);
    exponential(point, 3, -8, 4, 0, 2);
    telemetry.metric(point);
    point.clearPoint();
    point.timeNanos = nanos(6);
    point.startNanos = nanos(-1_000);
    // At scale 2 the former are in buckets -4 (4) and -3 (2); now 5, 3 and one zero more.
    exponential(point, 2, -4, 5, 3, 7);
    point.zeroCount = 1;
    point.count++;
    telemetry.metric(point);

    Cell cell = only(telemetry.drain()).cell();
    assertThat(cell.count()).isEqualTo(10);
    List<String> buckets = new ArrayList<>();
    Objects.requireNonNull(cell.histogram()).forEachBucket((i, n) -> buckets.add(i + ":" + n));
    assertThat(buckets).containsExactly("-4:1", "-3:1", "-2:7");
    assertThat(cell.histogram().zeroCount()).isEqualTo(1);
    assertThat(cell.histogram().scale()).isEqualTo(2);
  }

  @Test
  void takesCountAndSumOfSummaries() {
    for (int second : List.of(5, 9)) {
      MetricPoint point = point("jvm_gc_collection_seconds", "", MetricPoint.Type.SUMMARY, second);
      point.count = second;
      point.sum = second / 10.0;
      point.addAttribute("gc", "G1");
      telemetry.metric(point);
    }
    Cell cell = only(telemetry.drain()).cell();
    assertThat(cell.count()).isEqualTo(4);
    assertThat(cell.sum()).isCloseTo(0.4, within(1e-12));
    assertThat(cell.histogram()).isNull();
  }

  @Test
  void callsThatFailedAreErrors() {
    MetricPoint point = point("http.server.request.duration", "s", MetricPoint.Type.HISTOGRAM, 10);
    point.startNanos = nanos(0);
    point.addAttribute("http.response.status_code", "500");
    histogram(point, 10, new long[] {7, 0, 0, 0, 0});
    telemetry.metric(point);
    assertThat(only(telemetry.drain()).cell().errors()).isEqualTo(7);
  }

  @Test
  void believesOneOfTwoMetricsThatSayTheSame() {
    for (int second : List.of(1, 2, 3)) {
      for (String name : List.of("hikaricp.connections.active", "db.client.connections.usage")) {
        MetricPoint point = point(name, "", MetricPoint.Type.GAUGE, second);
        point.value = name.startsWith("h") ? 100 : 5;
        point.addAttribute("pool", "p");
        point.addAttribute("pool.name", "p");
        point.addAttribute("state", "used");
        telemetry.metric(point);
      }
    }
    // The first came before the better one was known.
    assertThat(only(telemetry.drain()).cell().sum()).isEqualTo(100 + 3 * 5);
    assertThat(count(Irregularity.POINT_OTHER_SOURCE)).isEqualTo(2);

    MetricPoint later = point("hikaricp.connections.active", "", MetricPoint.Type.GAUGE, 600);
    later.value = 7;
    later.addAttribute("pool", "p");
    telemetry.metric(later);
    assertThat(only(telemetry.drain()).cell().sum()).isEqualTo(7);
  }

  @Test
  void refusesWhatMakesNoSense() {
    MetricPoint point = point("cache.size", "", MetricPoint.Type.GAUGE, 1);
    point.value = Double.NaN;
    telemetry.metric(point);
    point.value = -1;
    telemetry.metric(point);
    MetricPoint buckets = point("http.server.request.duration", "s", MetricPoint.Type.HISTOGRAM, 1);
    histogram(buckets, 1, new long[] {1, 2});
    buckets.boundCount = 3;
    telemetry.metric(buckets);
    MetricPoint scale =
        point("http.server.request.duration", "s", MetricPoint.Type.EXPONENTIAL_HISTOGRAM, 2);
    exponential(scale, 99, 0, 1);
    telemetry.metric(scale);
    telemetry.metric(point("a.metric.of.their.own", "", MetricPoint.Type.GAUGE, 1));
    telemetry.metric(point("cache.size", "", MetricPoint.Type.GAUGE, -2_000_000_000));

    assertThat(telemetry.drain()).isEmpty();
    assertThat(count(Irregularity.POINT_VALUE)).isEqualTo(4);
    assertThat(count(Irregularity.POINT_UNKNOWN)).isEqualTo(1);
    assertThat(count(Irregularity.POINT_TIME)).isEqualTo(1);
  }

  @Test
  void holdsABoundedNumberOfSeries() {
    Telemetry small =
        new Telemetry(
            new TelemetryLimits(TelemetryLimits.RECORDED.traces(), 1_000, 3, EventTime.RECORDED));
    for (int i = 0; i < 10; i++) {
      MetricPoint point = point("cache.size", "", MetricPoint.Type.GAUGE, 1);
      point.addAttribute("cache", "c" + i);
      small.metric(point);
    }
    assertThat(small.counters().metricSeries()).isEqualTo(3);
    assertThat(small.counters().irregularities()).containsEntry(Irregularity.POINT_OVER_LIMIT, 7L);
  }

  @Test
  void forgetsSeriesThatFellSilent() {
    MetricPoint point = point("cache.size", "", MetricPoint.Type.GAUGE, 1);
    telemetry.metric(point);
    telemetry.expire(point.timeNanos);
    MetricPoint later = point("jvm.cpu.count", "", MetricPoint.Type.GAUGE, 10_000);
    telemetry.metric(later);
    telemetry.expire(later.timeNanos);
    assertThat(telemetry.counters().metricSeries()).isEqualTo(1);
  }

  /** However often a process exports, all that it counted since arrives; restarts lose nothing. */
  @Test
  void whatWasCountedArrivesWholly() {
    ForAll.cases(300)
        .check(
            random -> random.nextLong(),
            seed -> {
              var random = new SplittableRandom(seed);
              Telemetry fresh = new Telemetry(TelemetryLimits.RECORDED);
              double truth = 0;
              long count = 0;
              long[] cumulative = new long[5];
              double sum = 0;
              int second = 0;
              int start = 0;
              fresh.metric(useTime(second, start, sum, cumulative));
              for (int i = 0; i < 30; i++) {
                if (random.nextInt(8) == 0) {
                  start = second + 1;
                  cumulative = new long[5];
                  sum = 0;
                }
                second += 1 + random.nextInt(70);
                for (int n = random.nextInt(50); n > 0; n--) {
                  int bucket = random.nextInt(5);
                  cumulative[bucket]++;
                  sum += 30;
                  count++;
                  truth += 0.03;
                }
                fresh.metric(useTime(second, start, sum, cumulative));
              }
              Cell total = new Cell();
              fresh.drain().forEach(rollup -> total.merge(rollup.cell()));
              assertThat(total.count()).isEqualTo(count);
              assertThat(total.sum()).isCloseTo(truth, within(1e-6));
              assertThat(Objects.requireNonNull(total.histogram()).count()).isEqualTo(count);
            });
  }

  private static MetricPoint useTime(int second, int start, double sum, long[] counts) {
    MetricPoint point =
        point("db.client.connections.use_time", "ms", MetricPoint.Type.HISTOGRAM, second);
    point.cumulative = true;
    point.startNanos = nanos(start);
    histogram(point, sum, counts);
    return point;
  }

  private void cpu(int second, double value, int start) {
    MetricPoint point = counter("jvm.cpu.time", second, value, start);
    point.unit = "s";
    telemetry.metric(point);
  }

  private static MetricPoint counter(String name, int second, double value, int start) {
    MetricPoint point = point(name, "", MetricPoint.Type.SUM, second);
    point.cumulative = true;
    point.monotonic = true;
    point.value = value;
    point.startNanos = start == 0 ? 0 : nanos(start);
    return point;
  }

  private static MetricPoint point(String name, String unit, MetricPoint.Type type, int second) {
    MetricPoint point = new MetricPoint();
    point.name = name;
    point.unit = unit;
    point.type = type;
    point.resource = WALLET;
    point.timeNanos = nanos(second);
    return point;
  }

  private static void histogram(MetricPoint point, double sum, long[] counts) {
    for (double bound : BOUNDS) {
      point.addBound(bound);
    }
    for (long count : counts) {
      point.addBucketCount(count);
      point.count += count;
    }
    point.sum = sum;
    point.hasSum = true;
  }

  private static void exponential(MetricPoint point, int scale, int offset, long... counts) {
    point.scale = scale;
    point.positiveOffset = offset;
    for (long count : counts) {
      point.addBucketCount(count);
      point.count += count;
    }
    point.sum = point.count;
    point.hasSum = true;
  }

  private static long nanos(long second) {
    return (START + second) * 1_000_000_000L;
  }

  private static Rollup only(List<Rollup> rollups) {
    assertThat(rollups).hasSize(1);
    return rollups.get(0);
  }

  private List<Rollup> drained = List.of();

  /** The increases by window, in order. */
  private void assertSums(double... expected) {
    drained = telemetry.drain();
    var sums = new TreeMap<Long, Double>();
    drained.forEach(rollup -> sums.put(rollup.windowStart(), rollup.cell().sum()));
    assertThat(sums.values().stream().mapToDouble(sum -> sum).toArray())
        .containsExactly(expected, within(1e-9));
  }

  private List<Long> windows() {
    return drained.stream().map(Rollup::windowStart).sorted().toList();
  }

  private long count(Irregularity irregularity) {
    return telemetry.counters().irregularities().getOrDefault(irregularity, 0L);
  }
}
