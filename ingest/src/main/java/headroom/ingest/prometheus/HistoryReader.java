package headroom.ingest.prometheus;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import headroom.ingest.prometheus.SeriesTable.Metadata;
import headroom.model.MetricPoint;
import headroom.model.TelemetrySink;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * Reads answers to Prometheus' range queries, whose values lie on a grid of steps, and hands on
 * what several of them say of one chunk of time, step by step:
 *
 * <pre>
 *                     12:00  12:01  12:02  …  13:00
 *   requests_total      17     19     24        96
 *   pool_active          3      2      5         4
 * </pre>
 *
 * The last step of a chunk is the first of the next one. Levels belong to the minute that begins
 * there, and go with the next chunk; counters need both, since they count from one to the other.
 * Memory is that of one chunk.
 */
public final class HistoryReader {
  private static final JsonFactory JSON = new JsonFactory();

  private final Samples samples;
  private final long stepMillis;
  private final List<Row> rows = new ArrayList<>();
  private long startMillis;
  private int steps;
  private boolean first = true;
  private long values;
  private long unread;

  @SuppressWarnings("ArrayRecordComponent") // a row is nobody's key
  private record Row(Labels labels, double[] values) {}

  public HistoryReader(LabelRules rules, long stepMillis) {
    this.samples = new Samples(rules, Horizon.HISTORY);
    this.stepMillis = stepMillis;
  }

  /** Whether a metric of this name is of use. */
  public static boolean isRead(String name) {
    return NameRole.of(name, MetricType.UNKNOWN) != null;
  }

  /** What the name is a part of, or itself: parts must be asked for in one chunk. */
  public static String metric(String name) {
    NameRole role = NameRole.of(name, MetricType.UNKNOWN);
    return role == null ? name : role.metric();
  }

  /** Begins a chunk with steps at {@code from}, … {@code to}, both included. */
  public void begin(Instant from, Instant to) {
    rows.clear();
    values = 0;
    startMillis = from.toEpochMilli();
    steps = Math.toIntExact((to.toEpochMilli() - startMillis) / stepMillis) + 1;
  }

  /** Values that were added to this chunk. */
  public long values() {
    return values;
  }

  /** Native histograms that were left out: answers to queries hold no buckets to add up. */
  public long unread() {
    return unread;
  }

  /**
   * Adds an answer to the chunk.
   *
   * @throws IOException when it cannot be read, or is no answer
   */
  public void add(InputStream answer) throws IOException {
    int rowsBefore = rows.size();
    long valuesBefore = values;
    try (JsonParser parser = JSON.createParser(answer)) {
      boolean found = false;
      expect(parser.nextToken() == JsonToken.START_OBJECT, "an object");
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String field = parser.currentName();
        expect(field != null, "the answer's end");
        parser.nextToken();
        if (field.equals("data")) {
          found |= data(parser);
        } else {
          parser.skipChildren();
        }
      }
      expect(found, "a matrix");
    } catch (IOException e) {
      // Whoever asks again must not find half of it here.
      rows.subList(rowsBefore, rows.size()).clear();
      values = valuesBefore;
      throw e;
    }
  }

  private boolean data(JsonParser parser) throws IOException {
    boolean found = false;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      expect(field != null, "the data's end");
      JsonToken token = parser.nextToken();
      if (field.equals("result") && token == JsonToken.START_ARRAY) {
        found = true;
        while (parser.nextToken() == JsonToken.START_OBJECT) {
          series(parser);
        }
      } else {
        parser.skipChildren();
      }
    }
    return found;
  }

  private void series(JsonParser parser) throws IOException {
    var labels = new TreeMap<String, String>();
    double[] row = new double[steps];
    Arrays.fill(row, Double.NaN);
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      expect(field != null, "the series' end");
      JsonToken token = parser.nextToken();
      if (field.equals("metric") && token == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          parser.nextToken();
          labels.put(name, parser.getText());
        }
      } else if (field.equals("values") && token == JsonToken.START_ARRAY) {
        while (parser.nextToken() == JsonToken.START_ARRAY) {
          value(parser, row);
        }
      } else {
        unread += field.equals("histograms") ? 1 : 0;
        parser.skipChildren();
      }
    }
    rows.add(new Row(Labels.of(labels), row));
  }

  /** {@code [ 1763719200.5, "17" ]}. */
  private void value(JsonParser parser, double[] row) throws IOException {
    parser.nextToken();
    long time = Math.round(parser.getDoubleValue() * 1_000);
    parser.nextToken();
    double value = Numbers.parse(parser.getText());
    expect(parser.nextToken() == JsonToken.END_ARRAY, "a time and a value");
    long step = (time - startMillis) / stepMillis;
    if (step >= 0 && step < row.length) {
      row[(int) step] = value;
      values++;
    }
  }

  private static void expect(boolean held, String what) throws IOException {
    if (!held) {
      throw new IOException("this is no answer of Prometheus: " + what + " is missing");
    }
  }

  /**
   * Hands on the chunk.
   *
   * @param now nothing may lie much later
   */
  public Written deliver(Instant now, TelemetrySink sink) {
    samples.begin(now);
    KnownSeries[] known = new KnownSeries[rows.size()];
    for (int i = 0; i < known.length; i++) {
      known[i] = samples.find(rows.get(i).labels(), Metadata.NONE, startMillis);
    }
    for (int step = 0; step < steps; step++) {
      long time = startMillis + step * stepMillis;
      samples.gather();
      for (int i = 0; i < known.length; i++) {
        double value = rows.get(i).values()[step];
        if (!Double.isNaN(value) && belongs(known[i], step)) {
          samples.sample(known[i], time, value, 0, sink);
        }
      }
      samples.complete(sink);
    }
    first = false;
    rows.clear();
    return samples.end();
  }

  private boolean belongs(KnownSeries series, int step) {
    boolean level =
        series instanceof KnownSeries.Single number && number.type() == MetricPoint.Type.GAUGE;
    return level ? step < steps - 1 : step > 0 || first;
  }
}
