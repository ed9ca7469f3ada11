package headroom.ingest.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;

import headroom.ingest.otlp.MalformedTelemetryException;
import headroom.ingest.prometheus.SeriesTable.Metadata;
import headroom.model.TelemetrySink;

/**
 * Reads pages of metrics in Prometheus' text format or in OpenMetrics:
 *
 * <pre>
 *   # TYPE http_server_requests_seconds histogram
 *   http_server_requests_seconds_bucket{uri="/pay",le="0.5"} 17
 *   http_server_requests_seconds_count{uri="/pay"} 18 1763719200000
 * </pre>
 *
 * Lines that are none are counted and left out. A page that was cut off is refused as a whole: the
 * last number of it may be a part of one.
 */
final class PageReader {
  private static final String END = "# EOF";

  /** Who sent is told by whoever reads the page, whatever stands on it. */
  private static final String SERVICE = "service_name";

  private static final String INSTANCE = "service_instance_id";

  private final Samples samples;
  private final LabelBuffer labels = new LabelBuffer();
  private String family = "";
  private MetricType type = MetricType.UNKNOWN;
  private String unit = "";
  private boolean described = true;

  PageReader(Samples samples) {
    this.samples = samples;
  }

  void read(
      String service,
      String instance,
      long timeMillis,
      PageFormat format,
      byte[] body,
      TelemetrySink sink)
      throws MalformedTelemetryException {
    String page = new String(body, UTF_8);
    boolean whole =
        switch (format) {
          case TEXT -> page.isEmpty() || page.endsWith("\n");
          case OPEN_METRICS -> page.stripTrailing().endsWith(END);
        };
    if (!whole) {
      throw new MalformedTelemetryException(
          body.length,
          format == PageFormat.TEXT ? "a line's end" : "a line " + END,
          "the page's end");
    }
    samples.gather();
    for (int from = 0; from < page.length(); ) {
      int end = page.indexOf('\n', from);
      String line = page.substring(from, end < 0 ? page.length() : end).strip();
      if (line.startsWith("#")) {
        comment(line);
      } else if (!line.isEmpty()) {
        describe();
        if (!sample(line, service, instance, timeMillis, format, sink)) {
          samples.tally().drop(SampleDrop.BAD_LINE);
        }
      }
      from = end < 0 ? page.length() : end + 1;
    }
    samples.complete(sink);
  }

  private void comment(String line) {
    String[] words = line.split("\\s+", 4);
    if (words.length < 4 || !(words[1].equals("TYPE") || words[1].equals("UNIT"))) {
      return;
    }
    if (!family.equals(words[2])) {
      describe();
      family = words[2];
      type = MetricType.UNKNOWN;
      unit = "";
    }
    if (words[1].equals("TYPE")) {
      type = MetricType.named(words[3].strip());
    } else {
      unit = words[3].strip();
    }
    described = false;
  }

  /** Only once type and unit have both been read: they stand one after the other. */
  private void describe() {
    if (!described) {
      described = true;
      samples.describe(family, new Metadata(type, unit));
    }
  }

  private boolean sample(
      String line,
      String service,
      String instance,
      long timeMillis,
      PageFormat format,
      TelemetrySink sink) {
    labels.clear();
    labels.add(SERVICE, service);
    labels.add(INSTANCE, instance);
    int at = 0;
    while (at < line.length() && line.charAt(at) != '{' && !isBlank(line.charAt(at))) {
      at++;
    }
    if (at > 0) {
      labels.add(Labels.NAME, line.substring(0, at));
    }
    at = skipBlank(line, at);
    if (at < line.length() && line.charAt(at) == '{') {
      at = braces(line, at + 1);
      if (at < 0) {
        return false;
      }
    }
    int mark = line.indexOf(" # ", at);
    String[] words =
        (mark < 0 ? line.substring(at) : line.substring(at, mark)).strip().split("\\s+", -1);
    double value = words[0].equals("NaN") ? Double.NaN : Numbers.parse(words[0]);
    if (words.length > 2
        || labels.name().isEmpty()
        || (Double.isNaN(value) && !words[0].equals("NaN"))) {
      return false;
    }
    long time = timeMillis;
    if (words.length == 2) {
      double told = Numbers.parse(words[1]);
      if (!Double.isFinite(told)) {
        return false;
      }
      time = Math.round(format == PageFormat.OPEN_METRICS ? told * 1_000 : told);
    }
    KnownSeries series =
        samples.isUseless(labels.name())
            ? new KnownSeries.Unused(SampleDrop.UNKNOWN_NAME)
            : samples.find(labels.toLabels(), Metadata.NONE, time);
    samples.sample(series, time, value, 0, sink);
    return true;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  /**
   * Reads labels from behind the brace; returns the place behind its end, negative if it has none.
   */
  private int braces(String line, int from) {
    int at = from;
    while (true) {
      at = skipBlank(line, at);
      if (at >= line.length()) {
        return -1;
      }
      if (line.charAt(at) == '}') {
        return at + 1;
      }
      if (line.charAt(at) == ',') {
        at++;
        continue;
      }
      at = label(line, at);
      if (at < 0) {
        return -1;
      }
    }
  }

  /** One label, or the quoted name of a metric whose name is no plain word. */
  private int label(String line, int from) {
    var name = new StringBuilder();
    int at = from;
    if (line.charAt(at) == '"') {
      at = quoted(line, at + 1, name);
    } else {
      while (at < line.length() && line.charAt(at) != '=' && !isBlank(line.charAt(at))) {
        name.append(line.charAt(at++));
      }
    }
    if (at < 0) {
      return -1;
    }
    at = skipBlank(line, at);
    if (at < line.length() && line.charAt(at) == '=') {
      at = skipBlank(line, at + 1);
      if (at >= line.length() || line.charAt(at) != '"') {
        return -1;
      }
      var value = new StringBuilder();
      at = quoted(line, at + 1, value);
      if (!name.toString().equals(SERVICE) && !name.toString().equals(INSTANCE)) {
        labels.add(name.toString(), value.toString());
      }
      return at;
    }
    if (line.charAt(from) != '"') {
      return -1;
    }
    labels.add(Labels.NAME, name.toString());
    return at;
  }

  private static int quoted(String line, int from, StringBuilder text) {
    for (int at = from; at < line.length(); at++) {
      char c = line.charAt(at);
      if (c == '"') {
        return at + 1;
      }
      if (c == '\\' && at + 1 < line.length()) {
        at++;
        char escaped = line.charAt(at);
        text.append(escaped == 'n' ? '\n' : escaped);
      } else {
        text.append(c);
      }
    }
    return -1;
  }

  private static int skipBlank(String line, int from) {
    int at = from;
    while (at < line.length() && isBlank(line.charAt(at))) {
      at++;
    }
    return at;
  }
}
