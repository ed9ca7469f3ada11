package headroom.ingest.prometheus;

import headroom.model.Concept;
import headroom.model.MetricNames;
import org.jspecify.annotations.Nullable;

/**
 * What a series of this name is: a metric of its own, or a part of one.
 *
 * <pre>
 *   hikaricp_connections_active          NUMBER  of itself
 *   http_server_requests_seconds_bucket  BUCKET  of http_server_requests_seconds
 *   jvm_thread_count                     NUMBER  of itself, though it ends like a part
 * </pre>
 *
 * @param metric the name without the part's suffix
 * @param concept what the metric means
 */
record NameRole(Part part, String metric, Concept concept) {
  /** Which part of a metric a series is. */
  enum Part {
    NUMBER(""),
    BUCKET("_bucket"),
    SUM("_sum"),
    COUNT("_count");

    private final String suffix;

    Part(String suffix) {
      this.suffix = suffix;
    }
  }

  /**
   * The role of a name; null when it is not read.
   *
   * @param type of the metric, where it is told; decides for names that may be both
   */
  static @Nullable NameRole of(String name, MetricType type) {
    if (type == MetricType.GAUGE_HISTOGRAM) {
      return null; // levels of now: nothing that could be counted between two of them
    }
    NameRole number = type.hasParts() ? null : number(name);
    if (number != null || type.isNumber()) {
      return number;
    }
    for (Part part : Part.values()) {
      if (part != Part.NUMBER && name.endsWith(part.suffix)) {
        String metric = name.substring(0, name.length() - part.suffix.length());
        Concept concept = MetricNames.of(metric);
        if (concept != null && concept.isDistribution()) {
          return new NameRole(part, metric, concept);
        }
      }
    }
    return number(name);
  }

  private static @Nullable NameRole number(String name) {
    Concept concept = MetricNames.of(name);
    return concept == null ? null : new NameRole(Part.NUMBER, name, concept);
  }
}
