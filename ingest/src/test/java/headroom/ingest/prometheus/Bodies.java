package headroom.ingest.prometheus;

import headroom.ingest.protobuf.ProtobufMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.compression.Snappy;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Bodies of remote write as a sender makes them, in both versions, from the same series. */
final class Bodies {
  static final double STALE = Double.longBitsToDouble(0x7ff0000000000002L);

  private final List<Series> all = new ArrayList<>();
  private final Map<String, String> units = new TreeMap<>();
  private final Map<String, Integer> types = new TreeMap<>();

  /** One series with samples as times in milliseconds and values by turns. */
  @SuppressWarnings("ArrayRecordComponent") // nobody's key
  private record Series(
      Map<String, String> labels, double[] samples, List<Consumer<ProtobufMessage>> histograms) {}

  /** Labels as in {@code name{a="b",c="d"}}, without escapes. */
  static Map<String, String> labels(String series) {
    var labels = new TreeMap<String, String>();
    int brace = series.indexOf('{');
    labels.put("__name__", brace < 0 ? series : series.substring(0, brace));
    if (brace >= 0) {
      for (String label : series.substring(brace + 1, series.length() - 1).split(",", -1)) {
        int equals = label.indexOf('=');
        labels.put(label.substring(0, equals), label.substring(equals + 2, label.length() - 1));
      }
    }
    return labels;
  }

  Bodies add(String series, double... timesAndValues) {
    return add(labels(series), timesAndValues);
  }

  Bodies add(Map<String, String> labels, double... timesAndValues) {
    all.add(new Series(labels, timesAndValues, List.of()));
    return this;
  }

  Bodies addHistogram(String series, Consumer<ProtobufMessage> histogram) {
    all.add(new Series(labels(series), new double[0], List.of(histogram)));
    return this;
  }

  Bodies describe(String metric, int type, String unit) {
    types.put(metric, type);
    units.put(metric, unit);
    return this;
  }

  byte[] first() {
    var request = new ProtobufMessage();
    for (Series series : all) {
      request.message(
          1,
          out -> {
            series.labels.forEach((name, value) ->
                out.message(
                    1,
                    label -> {
                      label.text(1, name);
                      label.text(2, value);
                    }));
            samples(out, series);
            series.histograms.forEach(histogram -> out.message(4, histogram));
          });
    }
    types.forEach((metric, type) ->
        request.message(
            3,
            out -> {
              out.integer(1, type);
              out.text(2, metric);
              out.text(4, "what it is");
              out.text(5, units.getOrDefault(metric, ""));
            }));
    return packed(request.toBytes());
  }

  byte[] second() {
    Set<String> used = new LinkedHashSet<>();
    all.forEach(series ->
        series.labels.forEach((name, value) -> {
          used.add(name);
          used.add(value);
        }));
    units.values().forEach(used::add);
    used.remove("");
    List<String> symbols = new ArrayList<>(used);
    symbols.addFirst("");
    var request = new ProtobufMessage();
    // An empty text must be written too: it is symbol 0.
    request.message(4, empty -> {});
    symbols.subList(1, symbols.size()).forEach(symbol -> request.text(4, symbol));
    for (Series series : all) {
      request.message(
          5,
          out -> {
            long[] references =
                series.labels.entrySet().stream()
                    .flatMap(label -> java.util.stream.Stream.of(label.getKey(), label.getValue()))
                    .mapToLong(symbols::indexOf)
                    .toArray();
            out.packed(1, references);
            samples(out, series);
            series.histograms.forEach(histogram -> out.message(3, histogram));
            String metric = metric(series);
            out.message(
                5,
                metadata -> {
                  metadata.integer(1, types.getOrDefault(metric, 0));
                  metadata.integer(4, symbols.indexOf(units.getOrDefault(metric, "")));
                });
          });
    }
    return packed(request.toBytes());
  }

  private String metric(Series series) {
    String name = series.labels.getOrDefault("__name__", "");
    return types.keySet().stream().filter(name::startsWith).findFirst().orElse(name);
  }

  private static void samples(ProtobufMessage out, Series series) {
    for (int i = 0; i < series.samples.length; i += 2) {
      int at = i;
      out.message(
          2,
          sample -> {
            sample.number(1, series.samples[at + 1]);
            sample.integer(2, (long) series.samples[at]);
          });
    }
  }

  static byte[] packed(byte[] message) {
    ByteBuf out = Unpooled.buffer();
    new Snappy().encode(Unpooled.wrappedBuffer(message), out, message.length);
    return ByteBufUtil.getBytes(out);
  }
}
