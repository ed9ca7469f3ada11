package headroom.model;

import static headroom.model.MetricDefinition.canonical;
import static headroom.model.MetricDefinition.spellings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names of metrics and of their attributes, and what they mean: OpenTelemetry semantic
 * conventions 1.37 and the older ones that the Java agent 2.x still sends, Micrometer's, those of
 * libraries and of exporters.
 *
 * <p>Where several say the same of the same thing (an application that has both the agent and
 * Micrometer), the one that stands first in the tables is believed: {@link PoolMetrics} and so on,
 * a table for each family. Prometheus spellings follow from the others: dots are underscores,
 * {@code _total} and the unit stand behind.
 */
public final class MetricNames {
  public static final String SEMANTIC_CONVENTIONS = "1.37.0";

  static final List<String> ERROR_TYPE = spellings("error.type", "exception");
  static final List<String> STATUS =
      spellings("http.response.status_code", "http.status_code", "status", "status_code", "code");

  private static final List<String> UNIT_SUFFIXES =
      List.of(
          "seconds",
          "milliseconds",
          "microseconds",
          "nanoseconds",
          "ms",
          "ns",
          "bytes",
          "ratio",
          "percent",
          "threads",
          "tasks",
          "connections",
          "messages");

  private static final Map<String, Concept> BY_NAME = new HashMap<>();
  private static final MetricTable TABLE = new MetricTable();

  static {
    PoolMetrics.define(TABLE);
    ServerMetrics.define(TABLE);
    ExecutorMetrics.define(TABLE);
    CacheMetrics.define(TABLE);
    QueueMetrics.define(TABLE);
    ProcessMetrics.define(TABLE);
    DatabaseMetrics.define(TABLE);
    ResilienceMetrics.define(TABLE);
    int rank = 0;
    for (MetricDefinition definition : TABLE.definitions()) {
      Concept concept = new Concept(definition, rank++);
      BY_NAME.putIfAbsent(definition.name, concept);
      BY_NAME.putIfAbsent(canonical(definition.name), concept);
    }
  }

  private MetricNames() {}

  /** What a metric of this name means, in any spelling; null when it is not read. */
  public static @Nullable Concept of(String name) {
    Concept concept = BY_NAME.get(name);
    if (concept != null) {
      return concept;
    }
    String plain = canonical(name);
    concept = BY_NAME.get(plain);
    if (concept != null) {
      return concept;
    }
    String counted = without(plain, "_total");
    concept = BY_NAME.get(counted);
    for (int i = 0; i < UNIT_SUFFIXES.size() && concept == null; i++) {
      concept = BY_NAME.get(without(counted, "_" + UNIT_SUFFIXES.get(i)));
    }
    return concept;
  }

  /** The unit that a Prometheus spelling ends with, empty when it does not. */
  public static String unitIn(String name) {
    String counted = without(name, "_total");
    for (String unit : UNIT_SUFFIXES) {
      if (counted.endsWith("_" + unit)) {
        return unit;
      }
    }
    return "";
  }

  /** Every name in the table, in its own spelling. */
  static List<String> names() {
    return TABLE.definitions().stream().map(definition -> definition.name).toList();
  }

  private static String without(String name, String suffix) {
    return name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : name;
  }
}
