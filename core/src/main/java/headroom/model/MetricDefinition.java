package headroom.model;

import static headroom.model.Concept.Dimension.BYTES;
import static headroom.model.Concept.Dimension.ONE;
import static headroom.model.Concept.Dimension.SECONDS;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a metric of one name means, while it is written down: a row of a table of names. */
final class MetricDefinition {
  final String name;
  final List<List<String>> subject = new ArrayList<>();
  final List<List<String>> detail = new ArrayList<>();
  final Map<String, Measure> choices = new LinkedHashMap<>();
  Concept.Dimension dimension = ONE;
  double scale = 1;
  String defaultSubject = "";
  String fixedDetail = "";
  List<String> selector = List.of();
  List<String> required = List.of();
  String requiredValue = "";
  boolean zeroIsNone;

  MetricDefinition(String name) {
    this.name = name;
  }

  /** A time, of this scale to seconds where the sender tells no unit. */
  MetricDefinition time(double scaleToSeconds) {
    dimension = SECONDS;
    scale = scaleToSeconds;
    return this;
  }

  MetricDefinition bytes() {
    dimension = BYTES;
    return this;
  }

  MetricDefinition share(double scaleToOne) {
    scale = scaleToOne;
    return this;
  }

  /** The next part of the subject: the first of these attributes that is there. */
  MetricDefinition by(String... keys) {
    subject.add(spellings(keys));
    return this;
  }

  /** The subject when no attribute tells. */
  MetricDefinition otherwise(String word) {
    defaultSubject = word;
    return this;
  }

  MetricDefinition detail(String... keys) {
    detail.add(spellings(keys));
    return this;
  }

  MetricDefinition fixed(String word) {
    fixedDetail = word;
    return this;
  }

  /** Zero says that there is no limit: such points are not read. */
  MetricDefinition zeroIsNone() {
    zeroIsNone = true;
    return this;
  }

  /** Only points where the attribute has this value are read. */
  MetricDefinition only(String key, String value) {
    required = spellings(key);
    requiredValue = value;
    return this;
  }

  /** What the metric measures where the attribute named by {@link #choose} has this value. */
  MetricDefinition when(String value, Measure measure) {
    choices.put(value, measure);
    return this;
  }

  MetricDefinition choose(String... keys) {
    selector = spellings(keys);
    return this;
  }

  /** Each key as it is and with underscores, as Prometheus has it. */
  static List<String> spellings(String... keys) {
    List<String> spellings = new ArrayList<>(List.of(keys));
    for (String key : keys) {
      String underscored = canonical(key);
      if (!spellings.contains(underscored)) {
        spellings.add(underscored);
      }
    }
    return List.copyOf(spellings);
  }

  /** A name as Prometheus has it: in lower case, with underscores. */
  static String canonical(String name) {
    return name.toLowerCase(Locale.ROOT).replace('.', '_').replace('-', '_').replace('/', '_');
  }
}
