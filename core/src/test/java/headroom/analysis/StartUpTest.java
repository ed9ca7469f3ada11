package headroom.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.model.MetricPoint;
import headroom.model.Resource;
import headroom.model.Span;
import headroom.model.SpanAttribute;
import headroom.model.SpanKind;
import headroom.store.InMemoryStore;
import headroom.telemetry.Telemetry;
import headroom.telemetry.TelemetryLimits;
import headroom.wall.Objective;
import headroom.wall.Walls;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A process that starts, works for itself for twenty seconds and then serves requests for a quarter
 * of an hour. Its counters count from its start, and are told every so many seconds.
 */
class StartUpTest {
  private static final long START = 1_763_719_200L;
  private static final int SECONDS = 900;
  private static final int TRAFFIC_FROM = 30;
  private static final Resource SHOP = new Resource("shop", "shop-1", "1");

  /** Histograms hold times up to these. */
  private static final double[] BOUNDS = {0.005, 0.01, 0.02, 0.05, 0.1, 0.5};

  private final Telemetry telemetry = new Telemetry(TelemetryLimits.RECORDED);
  private final Counted holds = new Counted();
  private final Counted pauses = new Counted();
  private double cpu;
  private long spans;

  private static final class Counted {
    private final long[] buckets = new long[BOUNDS.length + 1];
    private double sum;

    void add(double seconds) {
      int bucket = 0;
      while (bucket < BOUNDS.length && seconds > BOUNDS[bucket]) {
        bucket++;
      }
      buckets[bucket]++;
      sum += seconds;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 10, 30, 60})
  void whatAProcessDoesBeforeItServesIsNoWorkOfRequests(int every) {
    Walls quiet = new StartUpTest().walls(every, false);
    Walls busy = new StartUpTest().walls(every, true);

    assertThat(quiet.walls().getFirst().multiple()).isNotNull();
    // Sums that begin elsewhere differ in their last digit.
    assertThat(busy)
        .usingRecursiveComparison()
        .withEqualsForType((a, b) -> Math.abs(a - b) <= 1e-9 * Math.abs(a), Double.class)
        .ignoringFieldsMatchingRegexes(".*utilization")
        .isEqualTo(quiet);
  }

  private Walls walls(int every, boolean busyStart) {
    var random = new SplittableRandom(7);
    for (int second = 0; second < SECONDS; second++) {
      if (busyStart && second < 20) {
        startUp();
      }
      int requests =
          second < TRAFFIC_FROM ? 0 : 15 + random.nextInt(10) + (second % 300 < 150 ? 10 : 0);
      for (int i = 0; i < requests; i++) {
        request(nanos(second) + random.nextLong(1_000_000_000L), random);
      }
      if ((second + 1) % every == 0) {
        export(second + 1);
      }
    }
    telemetry.completeAll();
    var store = new InMemoryStore();
    store.merge(telemetry.drain());
    return new StoreAnalysis(store, Objective.DEFAULT).walls();
  }

  /** Migrations, caches that are filled, classes that are loaded. */
  private void startUp() {
    for (int i = 0; i < 15; i++) {
      holds.add(0.08);
    }
    pauses.add(0.3);
    cpu += 1.5;
  }

  private void request(long from, SplittableRandom random) {
    double held = -0.02 * Math.log(1 - random.nextDouble());
    holds.add(held);
    cpu += 0.006;
    Span server = span(from, held + 0.006, SpanKind.SERVER, 0);
    server.set(SpanAttribute.HTTP_METHOD, "GET");
    server.set(SpanAttribute.HTTP_ROUTE, "/items");
    telemetry.span(server);
    Span statement = span(from + 6_000_000, held, SpanKind.CLIENT, server.spanId);
    statement.traceIdLow = server.traceIdLow;
    statement.set(SpanAttribute.DB_SYSTEM, "postgresql");
    statement.set(SpanAttribute.DB_QUERY_TEXT, "SELECT * FROM items");
    telemetry.span(statement);
  }

  private Span span(long from, double seconds, SpanKind kind, long parent) {
    var span = new Span();
    span.spanId = ++spans;
    span.traceIdLow = spans;
    span.parentSpanId = parent;
    span.startNanos = from;
    span.endNanos = from + (long) (seconds * 1e9);
    span.kind = kind;
    span.resource = SHOP;
    return span;
  }

  private void export(int second) {
    MetricPoint used = point("jvm.cpu.time", "s", MetricPoint.Type.SUM, second);
    used.monotonic = true;
    used.value = cpu;
    telemetry.metric(used);
    MetricPoint cores = point("jvm.cpu.count", "", MetricPoint.Type.GAUGE, second);
    cores.value = 4;
    telemetry.metric(cores);
    MetricPoint limit = point("db.client.connections.max", "", MetricPoint.Type.GAUGE, second);
    limit.addAttribute("pool.name", "main");
    limit.value = 5;
    telemetry.metric(limit);
    MetricPoint hold = histogram("db.client.connections.use_time", holds, 1e3, second);
    hold.addAttribute("pool.name", "main");
    telemetry.metric(hold);
    MetricPoint pause = histogram("jvm.gc.duration", pauses, 1, second);
    pause.addAttribute("jvm.gc.name", "G1 Young Generation");
    telemetry.metric(pause);
    telemetry.expire(telemetry.latestNanos());
  }

  private static MetricPoint histogram(String name, Counted counted, double scale, int second) {
    MetricPoint point = point(name, scale == 1 ? "s" : "ms", MetricPoint.Type.HISTOGRAM, second);
    for (double bound : BOUNDS) {
      point.addBound(bound * scale);
    }
    for (long count : counted.buckets) {
      point.addBucketCount(count);
      point.count += count;
    }
    point.sum = counted.sum * scale;
    point.hasSum = true;
    return point;
  }

  private static MetricPoint point(String name, String unit, MetricPoint.Type type, int second) {
    var point = new MetricPoint();
    point.name = name;
    point.unit = unit;
    point.type = type;
    point.cumulative = true;
    point.resource = SHOP;
    point.startNanos = nanos(0);
    point.timeNanos = nanos(second);
    return point;
  }

  private static long nanos(long second) {
    return (START + second) * 1_000_000_000L;
  }
}
