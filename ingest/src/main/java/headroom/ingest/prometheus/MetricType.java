package headroom.ingest.prometheus;

import java.util.Locale;

/** What Prometheus says that a metric is. */
enum MetricType {
  UNKNOWN,
  COUNTER,
  GAUGE,
  HISTOGRAM,
  GAUGE_HISTOGRAM,
  SUMMARY,
  INFO,
  STATE_SET;

  private static final MetricType[] TYPES = values();

  /** The type of this number in remote write; unknown for one of a later version. */
  static MetricType numbered(long number) {
    return number > 0 && number < TYPES.length ? TYPES[(int) number] : UNKNOWN;
  }

  /** The type that a page of metrics or a query names. */
  static MetricType named(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "counter" -> COUNTER;
      case "gauge" -> GAUGE;
      case "histogram" -> HISTOGRAM;
      case "gaugehistogram" -> GAUGE_HISTOGRAM;
      case "summary" -> SUMMARY;
      case "info" -> INFO;
      case "stateset" -> STATE_SET;
      default -> UNKNOWN;
    };
  }

  boolean hasParts() {
    return this == HISTOGRAM || this == SUMMARY;
  }

  boolean isNumber() {
    return this == COUNTER || this == GAUGE;
  }
}
