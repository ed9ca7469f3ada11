package headroom.cli.prometheus;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Hours of a made-up service that reports metrics only, written as Prometheus has them and as OTLP:
 * requests whose rate goes up and down, a pool of ten connections that each holds for 60 ms, and a
 * processor.
 */
final class ShopHistory {
  static final int STEP_SECONDS = 15;
  private static final double[] BOUNDS = {0.05, 0.1, 0.25, 0.5, 1, 2.5};
  private static final double[] SHARES = {0.30, 0.45, 0.20, 0.03, 0.015, 0.004, 0.001};
  private static final double HOLD_SECONDS = 0.06;
  private static final double CPU_SECONDS = 0.012;
  private static final String SENDER = "job=\"shop\",instance=\"10.0.0.7:8080\"";

  private final Instant from;
  private final int steps;
  private final long[][] buckets;
  private final double[] sum;
  private final double[] cpu;
  private final int[] active;

  ShopHistory(Instant from, int hours, long seed) {
    this.from = from;
    this.steps = hours * 3_600 / STEP_SECONDS + 1;
    buckets = new long[steps][SHARES.length];
    sum = new double[steps];
    cpu = new double[steps];
    active = new int[steps];
    var random = new Random(seed);
    long[] counts = new long[SHARES.length];
    double sums = 1;
    double seconds = 100;
    for (int i = 0; i < steps; i++) {
      double rate = 50 + 30 * Math.sin(2 * Math.PI * i * STEP_SECONDS / 7_200.0);
      double requests = rate * STEP_SECONDS * (0.9 + 0.2 * random.nextDouble());
      for (int k = 0; k < SHARES.length; k++) {
        long more = Math.round(requests * SHARES[k] * (0.9 + 0.2 * random.nextDouble()));
        double lower = k == 0 ? 0.01 : BOUNDS[k - 1];
        double upper = k < BOUNDS.length ? BOUNDS[k] : 4;
        counts[k] += more;
        sums += more * (lower + upper) / 2;
      }
      seconds += requests * CPU_SECONDS;
      double used = rate * HOLD_SECONDS;
      active[i] = Math.min(10, (int) (used + random.nextDouble() * 2));
      buckets[i] = counts.clone();
      sum[i] = sums;
      cpu[i] = seconds;
    }
  }

  private long time(int step) {
    return from.getEpochSecond() + (long) step * STEP_SECONDS;
  }

  private static String number(double value) {
    return Double.toString(Math.round(value * 1e9) / 1e9);
  }

  /** As a page of OpenMetrics with times. */
  Path openMetrics(Path file) throws IOException {
    try (Writer out = Files.newBufferedWriter(file)) {
      out.write("# TYPE http_server_requests_seconds histogram\n");
      String request = SENDER + ",method=\"POST\",uri=\"/pay\",status=\"200\"";
      for (int k = 0; k <= BOUNDS.length; k++) {
        String bound = k < BOUNDS.length ? Double.toString(BOUNDS[k]) : "+Inf";
        for (int i = 0; i < steps; i++) {
          out.write(
              "http_server_requests_seconds_bucket{%s,le=\"%s\"} %d %d\n"
                  .formatted(request, bound, upTo(i, k), time(i)));
        }
      }
      for (int i = 0; i < steps; i++) {
        out.write(
            "http_server_requests_seconds_count{%s} %d %d\n"
                .formatted(request, upTo(i, BOUNDS.length), time(i)));
      }
      for (int i = 0; i < steps; i++) {
        out.write(
            "http_server_requests_seconds_sum{%s} %s %d\n"
                .formatted(request, number(sum[i]), time(i)));
      }
      gauge(out, "hikaricp_connections_active", ",pool=\"ledger\"", active);
      gauge(out, "hikaricp_connections_max", ",pool=\"ledger\"", null, 10);
      gauge(out, "hikaricp_connections_pending", ",pool=\"ledger\"", null, 0);
      gauge(out, "system_cpu_count", "", null, 4);
      gauge(out, "a_metric_that_nobody_reads", "", null, 1);
      out.write("# TYPE process_cpu_seconds counter\n");
      for (int i = 0; i < steps; i++) {
        out.write(
            "process_cpu_seconds_total{%s} %s %d\n".formatted(SENDER, number(cpu[i]), time(i)));
      }
      out.write("# EOF\n");
    }
    return file;
  }

  private void gauge(Writer out, String name, String more, int @Nullable [] values, int... constant)
      throws IOException {
    out.write("# TYPE " + name + " gauge\n");
    for (int i = 0; i < steps; i++) {
      int value = values == null ? constant[0] : values[i];
      out.write("%s{%s%s} %d %d\n".formatted(name, SENDER, more, value, time(i)));
    }
  }

  private long upTo(int step, int bucket) {
    long all = 0;
    for (int k = 0; k <= bucket; k++) {
      all += buckets[step][k];
    }
    return all;
  }

  /** As the Collector's file exporter writes it: one export in a line. */
  Path otlp(Path file) throws IOException {
    try (Writer out = Files.newBufferedWriter(file)) {
      for (int i = 0; i < steps; i++) {
        out.write(export(i));
        out.write('\n');
      }
    }
    return file;
  }

  private String export(int i) {
    var bounds = new StringBuilder();
    var counts = new StringBuilder();
    for (int k = 0; k < SHARES.length; k++) {
      bounds.append(k < BOUNDS.length ? (k == 0 ? "" : ",") + BOUNDS[k] : "");
      counts.append(k == 0 ? "" : ",").append('"').append(buckets[i][k]).append('"');
    }
    String pool = attribute("pool", "ledger");
    return """
    {"resourceMetrics":[{"resource":{"attributes":[%s,%s]},"scopeMetrics":[{"metrics":[\
    {"name":"http.server.requests","unit":"s","histogram":{"aggregationTemporality":2,\
    "dataPoints":[{"attributes":[%s,%s,%s],"timeUnixNano":"%d000000000","count":"%d",\
    "sum":%s,"explicitBounds":[%s],"bucketCounts":[%s]}]}},%s,%s,%s,%s,\
    {"name":"process.cpu.time","unit":"s","sum":{"aggregationTemporality":2,\
    "isMonotonic":true,"dataPoints":[{"timeUnixNano":"%d000000000","asDouble":%s}]}}]}]}]}\
    """
        .formatted(
            attribute("service.name", "shop"),
            attribute("service.instance.id", "10.0.0.7:8080"),
            attribute("method", "POST"),
            attribute("uri", "/pay"),
            attribute("status", "200"),
            time(i),
            upTo(i, BOUNDS.length),
            number(sum[i]),
            bounds,
            counts,
            level("hikaricp.connections.active", pool, i, active[i]),
            level("hikaricp.connections.max", pool, i, 10),
            level("hikaricp.connections.pending", pool, i, 0),
            level("system.cpu.count", "", i, 4),
            time(i),
            number(cpu[i]));
  }

  private static String attribute(String key, String value) {
    return "{\"key\":\"%s\",\"value\":{\"stringValue\":\"%s\"}}".formatted(key, value);
  }

  private String level(String name, String attributes, int i, int value) {
    return "{\"name\":\"%s\",\"gauge\":{\"dataPoints\":[{\"attributes\":[%s],\"timeUnixNano\":\"%d000000000\",\"asInt\":\"%d\"}]}}"
        .formatted(name, attributes, time(i), value);
  }
}
