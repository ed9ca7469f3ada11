package headroom.model;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a metric of one name means: which measure, in which unit, and which of its attributes say
 * what it is about.
 */
public final class Concept {
  /** What the values are, in the unit that they are kept in. */
  enum Dimension {
    SECONDS(
        Map.ofEntries(
            Map.entry("s", 1.0),
            Map.entry("seconds", 1.0),
            Map.entry("ms", 1e-3),
            Map.entry("milliseconds", 1e-3),
            Map.entry("us", 1e-6),
            Map.entry("microseconds", 1e-6),
            Map.entry("ns", 1e-9),
            Map.entry("nanoseconds", 1e-9),
            Map.entry("min", 60.0),
            Map.entry("h", 3_600.0))),
    BYTES(
        Map.of(
            "by", 1.0, "bytes", 1.0, "kiby", 1_024.0, "miby", 1_048_576.0, "kby", 1e3, "mby", 1e6)),
    ONE(Map.of("1", 1.0, "%", 0.01, "percent", 0.01, "ratio", 1.0));

    @SuppressWarnings("ImmutableEnumChecker") // Map.of is immutable
    private final Map<String, Double> factors;

    Dimension(Map<String, Double> factors) {
      this.factors = factors;
    }

    @Nullable Double factor(String unit) {
      return factors.get(unit.toLowerCase(Locale.ROOT));
    }
  }

  private final String name;
  private final int rank;
  private final Dimension dimension;
  private final double defaultScale;
  private final List<List<String>> subject;
  private final String defaultSubject;
  private final List<List<String>> detail;
  private final String fixedDetail;
  private final List<String> selector;
  private final Map<String, Measure> choices;
  private final List<String> required;
  private final String requiredValue;
  private final boolean zeroIsNone;

  Concept(MetricDefinition definition, int rank) {
    this.name = definition.name;
    this.rank = rank;
    this.dimension = definition.dimension;
    this.defaultScale = definition.scale;
    this.subject = List.copyOf(definition.subject);
    this.defaultSubject = definition.defaultSubject;
    this.detail = List.copyOf(definition.detail);
    this.fixedDetail = definition.fixedDetail;
    this.selector = List.copyOf(definition.selector);
    this.choices = Map.copyOf(definition.choices);
    this.required = List.copyOf(definition.required);
    this.requiredValue = definition.requiredValue;
    this.zeroIsNone = definition.zeroIsNone;
  }

  /** The spelling in the table. */
  public String name() {
    return name;
  }

  /** Of several metrics that say the same, the one with the lowest rank is to be believed. */
  public int rank() {
    return rank;
  }

  /** What the point measures; null when it is a part of the metric that is not read. */
  public @Nullable Measure measure(MetricPoint point) {
    if (!required.isEmpty() && !requiredValue.equalsIgnoreCase(value(required, point))) {
      return null;
    }
    if (selector.isEmpty()) {
      return choices.get("");
    }
    return choices.get(value(selector, point).toLowerCase(Locale.ROOT));
  }

  /** Whether it measures single values in their distribution, rather than a number. */
  public boolean isDistribution() {
    return choices.values().stream()
        .anyMatch(measure -> measure.kind() == Measure.Kind.DISTRIBUTION);
  }

  /** Whether zero says that there is none, rather than that there are no more of them. */
  public boolean zeroIsNone() {
    return zeroIsNone;
  }

  /** What to multiply values by to have seconds, bytes or plain numbers. */
  public double scale(String unit) {
    Double factor = unit.isEmpty() ? null : dimension.factor(unit);
    return factor == null ? defaultScale : factor;
  }

  /** What the point is about; a fixed word when no attribute tells. */
  public String subject(MetricPoint point) {
    String joined = join(subject, point);
    return joined.isEmpty() ? defaultSubject : joined;
  }

  /** What tells points of one subject apart. */
  public String detail(MetricPoint point) {
    return fixedDetail.isEmpty() ? join(detail, point) : fixedDetail;
  }

  /** Whether the values are of calls that failed, as far as attributes tell. */
  public boolean isError(MetricPoint point) {
    String type = value(MetricNames.ERROR_TYPE, point);
    if (!type.isEmpty() && !type.equalsIgnoreCase("none")) {
      return true;
    }
    String status = value(MetricNames.STATUS, point);
    return status.length() == 3 && status.charAt(0) == '5';
  }

  private static String join(List<List<String>> parts, MetricPoint point) {
    if (parts.size() == 1) {
      return value(parts.get(0), point);
    }
    var joined = new StringBuilder();
    for (List<String> part : parts) {
      String value = value(part, point);
      if (!value.isEmpty()) {
        joined.append(joined.isEmpty() ? "" : " ").append(value);
      }
    }
    return joined.toString();
  }

  /** The value under the first of these keys that is there; empty when none is. */
  private static String value(List<String> keys, MetricPoint point) {
    for (String key : keys) {
      String value = point.attribute(key);
      if (value != null && !value.isEmpty()) {
        return unquoted(value);
      }
    }
    return "";
  }

  /** Names that come through JMX are quoted: {@code "http-nio-8080"}. */
  private static String unquoted(String value) {
    int last = value.length() - 1;
    return last > 1 && value.charAt(0) == '"' && value.charAt(last) == '"'
        ? value.substring(1, last)
        : value;
  }

  @Override
  public String toString() {
    return name + " " + choices;
  }
}
