package headroom.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Three minutes of a small service as OTLP JSON lines: requests that hold a connection of a pool of
 * five for about 80 ms, arriving at a rate that rises and falls.
 */
public final class RecordedWallet {
  private static final int SECONDS = 180;
  private static final int POOL_SIZE = 5;
  private static final String RESOURCE =
      """
      {"attributes":[{"key":"service.name","value":{"stringValue":"wallet"}},\
      {"key":"service.instance.id","value":{"stringValue":"one"}}]}\
      """;

  private final RandomGenerator random = new SplittableRandom(7);
  private final long startNanos;
  private final List<String> lines = new ArrayList<>();
  private long heldRequests;
  private double heldMillis;

  private RecordedWallet(Instant start) {
    startNanos = start.getEpochSecond() * 1_000_000_000L;
  }

  /** One line for the spans of each second, one for the metrics of every fifth. */
  public static List<String> lines(Instant start) {
    var wallet = new RecordedWallet(start);
    for (int second = 0; second < SECONDS; second++) {
      wallet.addSecond(second);
    }
    return wallet.lines;
  }

  private void addSecond(int second) {
    long at = startNanos + second * 1_000_000_000L;
    int requests = 8 + (int) Math.round(8 * Math.sin(second / 25.0)) + random.nextInt(4);
    List<String> spans = new ArrayList<>();
    double heldNow = 0;
    for (int i = 0; i < requests; i++) {
      heldNow += addRequest(spans, at + random.nextLong(900_000_000L));
    }
    lines.add(
        "{\"resourceSpans\":[{\"resource\":%s,\"scopeSpans\":[{\"spans\":[%s]}]}]}"
            .formatted(RESOURCE, String.join(",", spans)));
    heldRequests += requests;
    heldMillis += heldNow;
    if (second % 5 == 4) {
      addMetrics(at + 1_000_000_000L, heldNow / 1e3);
    }
  }

  private double addRequest(List<String> spans, long start) {
    String trace = hex(16);
    String root = hex(8);
    double holdMillis = 60 + random.nextDouble() * 40;
    long hold = (long) (holdMillis * 1e6);
    spans.add(
        span(
            trace,
            root,
            "",
            2,
            "POST /exchange",
            start,
            start + hold + 4_000_000L,
            attribute("http.request.method", "POST") + "," + attribute("http.route", "/exchange")));
    long half = hold / 2;
    for (int i = 0; i < 2; i++) {
      long from = start + 2_000_000L + i * half;
      spans.add(
          span(
              trace,
              hex(8),
              root,
              3,
              "UPDATE balance",
              from,
              from + half,
              attribute("db.system.name", "postgresql")
                  + ","
                  + attribute("db.query.text", "UPDATE balance SET amount = ? WHERE id = ?")));
    }
    return holdMillis;
  }

  private void addMetrics(long at, double busy) {
    String point = "\"startTimeUnixNano\":\"%d\",\"timeUnixNano\":\"%d\"".formatted(startNanos, at);
    String pool = attribute("pool.name", "ledger");
    String used =
        "{\"name\":\"db.client.connections.usage\",\"unit\":\"{connections}\",\"sum\":{\"aggregationTemporality\":2,"
            + "\"dataPoints\":[{%s,\"attributes\":[%s,%s],\"asInt\":\"%d\"}]}}"
                .formatted(point, pool, attribute("state", "used"), Math.round(Math.min(5, busy)));
    String max =
        "{\"name\":\"db.client.connections.max\",\"unit\":\"{connections}\",\"sum\":{\"aggregationTemporality\":2,"
            + "\"dataPoints\":[{%s,\"attributes\":[%s],\"asInt\":\"%d\"}]}}"
                .formatted(point, pool, POOL_SIZE);
    String hold =
        "{\"name\":\"db.client.connections.use_time\",\"unit\":\"ms\",\"histogram\":{\"aggregationTemporality\":2,"
            + "\"dataPoints\":[{%s,\"attributes\":[%s],\"count\":\"%d\",\"sum\":%s,\"min\":60,\"max\":100,"
                .formatted(point, pool, heldRequests, heldMillis)
            + "\"explicitBounds\":[50,75,100],\"bucketCounts\":[\"0\",\"%d\",\"%d\",\"0\"]}]}}"
                .formatted(heldRequests / 3, heldRequests - heldRequests / 3);
    lines.add(
        "{\"resourceMetrics\":[{\"resource\":%s,\"scopeMetrics\":[{\"metrics\":[%s,%s,%s]}]}]}"
            .formatted(RESOURCE, used, max, hold));
  }

  private static String span(
      String trace,
      String id,
      String parent,
      int kind,
      String name,
      long from,
      long to,
      String attributes) {
    return ("{\"traceId\":\"%s\",\"spanId\":\"%s\",\"parentSpanId\":\"%s\",\"kind\":%d,\"name\":\"%s\","
            + "\"startTimeUnixNano\":\"%d\",\"endTimeUnixNano\":\"%d\",\"attributes\":[%s]}")
        .formatted(trace, id, parent, kind, name, from, to, attributes);
  }

  private static String attribute(String key, String value) {
    return "{\"key\":\"%s\",\"value\":{\"stringValue\":\"%s\"}}".formatted(key, value);
  }

  private String hex(int bytes) {
    var text = new StringBuilder();
    for (int i = 0; i < bytes; i++) {
      text.append("%02x".formatted(1 + random.nextInt(255)));
    }
    return text.toString();
  }
}
