package headroom.ingest.prometheus;

/** How a page of metrics is written. */
public enum PageFormat {
  /** Prometheus' text format, 0.0.4. */
  TEXT,
  /** OpenMetrics 1.0: times in seconds, and an end that is marked. */
  OPEN_METRICS;

  /** The format that a {@code Content-Type} names; text unless it says otherwise. */
  public static PageFormat of(String contentType) {
    return contentType.startsWith("application/openmetrics-text") ? OPEN_METRICS : TEXT;
  }
}
