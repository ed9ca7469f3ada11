package headroom.load.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import headroom.load.result.ConnectionStats;
import headroom.plan.quantity.Amounts;
import headroom.rollup.Cell;
import headroom.rollup.ExponentialHistogram;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How connections are told: as JSON and as a line. */
final class ConnectionsTold {
  private ConnectionsTold() {}

  /**
   * What every connection cost. {@code connect} is all of it, {@code tcp} and {@code handshake} are
   * parts; each has its quantiles and a histogram by powers of two.
   */
  static void write(ObjectNode json, ConnectionStats stats) {
    json.put("opened", stats.opened());
    json.put("stale", stats.stale());
    times(json.putObject("connect"), stats.total());
    times(json.putObject("tcp"), stats.tcp());
    times(json.putObject("handshake"), stats.handshake());
    json.put("fullHandshakes", stats.fullHandshake().count());
    times(json.putObject("fullHandshake"), stats.fullHandshake());
    json.put("resumedHandshakes", stats.resumedHandshake().count());
    times(json.putObject("resumedHandshake"), stats.resumedHandshake());
    json.put("sentBytes", stats.sentBytes());
    json.put("receivedBytes", stats.receivedBytes());
    if (stats.droppedCookies() > 0) {
      json.put("droppedCookies", stats.droppedCookies());
    }
    if (stats.refusedCookies() > 0) {
      json.put("refusedCookies", stats.refusedCookies());
    }
  }

  private static void times(ObjectNode json, Cell cell) {
    ResultJson.quantiles(json, cell, true);
    ArrayNode rows = json.putArray("histogram");
    ExponentialHistogram histogram = cell.histogram();
    if (histogram == null) {
      return;
    }
    Map<Integer, Long> octaves = new TreeMap<>();
    histogram.forEachBucket((bucket, count) ->
        octaves.merge(Math.getExponent(histogram.middle(bucket)), count, Long::sum));
    octaves.forEach((octave, count) -> {
      ObjectNode row = rows.addObject();
      row.put("from", Math.scalb(1.0, octave));
      row.put("to", Math.scalb(1.0, octave + 1));
      row.put("count", count);
    });
  }

  /** All of it in one line; empty when nothing was connected. */
  static Optional<String> line(ConnectionStats stats) {
    if (stats.opened() == 0) {
      return Optional.empty();
    }
    var text =
        new StringBuilder(
            "connections: %s opened, TCP %s"
                .formatted(Amounts.count(stats.opened()), halfAndTail(stats.tcp())));
    Cell handshake = stats.handshake();
    if (handshake.count() > 0) {
      text.append(
          ", TLS %s, %s resumed"
              .formatted(halfAndTail(handshake), Amounts.count(stats.resumedHandshake().count())));
    }
    text.append(
        "; %s sent, %s received"
            .formatted(Amounts.bytes(stats.sentBytes()), Amounts.bytes(stats.receivedBytes())));
    if (stats.droppedCookies() > 0) {
      text.append("; %s cookies dropped".formatted(Amounts.count(stats.droppedCookies())));
    }
    if (stats.refusedCookies() > 0) {
      text.append(
          "; %s cookies refused: for another host, Secure over http, or malformed"
              .formatted(Amounts.count(stats.refusedCookies())));
    }
    return Optional.of(text.toString());
  }

  private static String halfAndTail(Cell cell) {
    return "%s at p50 and %s at p99"
        .formatted(Amounts.seconds(cell.quantile(0.5)), Amounts.seconds(cell.quantile(0.99)));
  }
}
