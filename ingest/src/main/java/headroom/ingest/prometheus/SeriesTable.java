package headroom.ingest.prometheus;

import headroom.ingest.prometheus.KnownSeries.Native;
import headroom.ingest.prometheus.KnownSeries.PartOf;
import headroom.ingest.prometheus.KnownSeries.Single;
import headroom.ingest.prometheus.KnownSeries.Unused;
import headroom.ingest.prometheus.Replicas.Replica;
import headroom.model.Measure;
import headroom.model.MetricPoint;
import headroom.model.Resource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The series that came lately, by their labels, each with what it is good for. */
final class SeriesTable {
  private static final Logger LOG = LoggerFactory.getLogger(SeriesTable.class);
  private static final String BOUND = "le";
  private static final String QUANTILE = "quantile";
  private static final int MOST_NAMES = 20_000;
  private static final int MOST_UNITS = 20_000;
  private static final int MOST_SERVICES = 1_000;
  private static final long IDLE_MILLIS = 2 * 3_600_000L;
  private static final long BETWEEN_SWEEPS_MILLIS = IDLE_MILLIS / 8;

  private final LabelRules rules;
  private final int mostSeries;
  private final Map<Labels, Entry> series = new HashMap<>();
  private final Map<Labels, HistogramParts> histograms = new HashMap<>();
  private final Map<String, Optional<NameRole>> roles = new HashMap<>();
  private final Map<String, Metadata> metadata = new HashMap<>();
  private final Map<String, String> namespaces = new HashMap<>();
  private final MetricPoint probe = new MetricPoint();
  private long sweptMillis = Long.MIN_VALUE;

  /** What a message says of a metric: its type and its unit. */
  record Metadata(MetricType type, String unit) {
    static final Metadata NONE = new Metadata(MetricType.UNKNOWN, "");
  }

  private static final class Entry {
    final KnownSeries known;
    long touchedMillis;

    Entry(KnownSeries known) {
      this.known = known;
    }
  }

  SeriesTable(LabelRules rules, int mostSeries) {
    this.rules = rules;
    this.mostSeries = mostSeries;
  }

  /** Remembers what was said of a metric that is read. */
  void describe(String metric, Metadata said) {
    if (!said.equals(metadata.get(metric))
        && (metadata.size() < MOST_UNITS || metadata.containsKey(metric))) {
      metadata.put(metric, said);
      roles.keySet().removeIf(name -> name.startsWith(metric));
      series.clear();
    }
  }

  /** Whether no series of this name can be of use, whatever its other labels are. */
  boolean isUseless(String name) {
    return !rules.mayRename() && role(name, Metadata.NONE) == null;
  }

  /**
   * What the series with these labels is good for.
   *
   * @param said of its metric by the series itself
   */
  KnownSeries find(Labels labels, Metadata said, long timeMillis) {
    Entry entry = series.get(labels);
    if (entry == null) {
      if (series.size() >= mostSeries) {
        return new Unused(SampleDrop.OVER_LIMIT);
      }
      entry = new Entry(resolve(labels, said));
      series.put(labels, entry);
    }
    entry.touchedMillis = Math.max(entry.touchedMillis, timeMillis);
    return entry.known;
  }

  private KnownSeries resolve(Labels labels, Metadata said) {
    SortedMap<String, String> map = labels.toMap();
    if (map == null || !map.containsKey(Labels.NAME)) {
      return new Unused(SampleDrop.BAD_LABELS);
    }
    Replica replica = Replica.of(map);
    if (!rules.apply(map)) {
      return new Unused(SampleDrop.RULED_OUT);
    }
    NameRole role = role(map.getOrDefault(Labels.NAME, ""), said);
    if (role == null) {
      return new Unused(SampleDrop.UNKNOWN_NAME);
    }
    Resource resource = LabelRules.resource(map);
    noteNamespace(resource.service(), map.getOrDefault("namespace", ""));
    String unit = said.unit().isEmpty() ? unitOf(role.metric()) : said.unit();
    return switch (role.part()) {
      case NUMBER -> number(role, unit, resource, map, replica);
      case BUCKET -> bucket(role, unit, resource, map, replica);
      case SUM -> {
        HistogramParts whole = whole(role, unit, resource, map);
        yield new PartOf(whole, whole.sum(), replica);
      }
      case COUNT -> {
        HistogramParts whole = whole(role, unit, resource, map);
        yield new PartOf(whole, whole.count(), replica);
      }
    };
  }

  private KnownSeries number(
      NameRole role, String unit, Resource resource, Map<String, String> map, Replica replica) {
    PointTemplate template = PointTemplate.of(role.metric(), unit, resource, map, BOUND);
    template.fill(probe);
    Measure measure = role.concept().measure(probe);
    if (measure == null) {
      return new Unused(SampleDrop.UNKNOWN_NAME);
    }
    return switch (measure.kind()) {
      case COUNTER -> new Single(template, MetricPoint.Type.SUM, replica);
      case GAUGE -> new Single(template, MetricPoint.Type.GAUGE, replica);
      case DISTRIBUTION ->
          map.containsKey(QUANTILE)
              ? new Unused(SampleDrop.QUANTILE)
              : new Native(template, new HistogramParts(template), replica);
    };
  }

  private KnownSeries bucket(
      NameRole role, String unit, Resource resource, Map<String, String> map, Replica replica) {
    String bound = map.get(BOUND);
    if (bound == null) {
      return new Unused(SampleDrop.BAD_LABELS);
    }
    double parsed = Numbers.parse(bound);
    if (Double.isNaN(parsed)) {
      return new Unused(SampleDrop.BAD_LABELS);
    }
    HistogramParts whole = whole(role, unit, resource, map);
    HistogramParts.Part part = whole.bucket(parsed);
    return part == null
        ? new Unused(SampleDrop.UNUSABLE_HISTOGRAM)
        : new PartOf(whole, part, replica);
  }

  private HistogramParts whole(
      NameRole role, String unit, Resource resource, Map<String, String> map) {
    var common = new TreeMap<>(map);
    common.put(Labels.NAME, role.metric());
    common.remove(BOUND);
    common.remove(Replicas.LABEL);
    common.remove(Replicas.OPERATORS_LABEL);
    return histograms.computeIfAbsent(
        Labels.of(common),
        unused ->
            new HistogramParts(PointTemplate.of(role.metric(), unit, resource, common, BOUND)));
  }

  private @Nullable NameRole role(String name, Metadata said) {
    if (said.type() != MetricType.UNKNOWN) {
      return NameRole.of(name, said.type());
    }
    Optional<NameRole> known = roles.get(name);
    if (known == null) {
      known = Optional.ofNullable(NameRole.of(name, typeOf(name)));
      if (roles.size() < MOST_NAMES) {
        roles.put(name, known);
      }
    }
    return known.orElse(null);
  }

  private MetricType typeOf(String name) {
    for (String suffix : new String[] {"", "_bucket", "_sum", "_count"}) {
      if (name.endsWith(suffix)) {
        Metadata said = metadata.get(name.substring(0, name.length() - suffix.length()));
        if (said != null && (suffix.isEmpty() || said.type().hasParts())) {
          return said.type();
        }
      }
    }
    return MetricType.UNKNOWN;
  }

  private String unitOf(String metric) {
    return metadata.getOrDefault(metric, Metadata.NONE).unit();
  }

  /** Two systems under one name would be added up: a staging that looks like production's load. */
  private void noteNamespace(String service, String namespace) {
    if (namespace.isEmpty()
        || (namespaces.size() >= MOST_SERVICES && !namespaces.containsKey(service))) {
      return;
    }
    String first = namespaces.putIfAbsent(service, namespace);
    if (first != null && !first.equals(namespace) && !first.isEmpty()) {
      LOG.warn(
          "service {} comes from the namespaces {} and {} and is taken for one: tell them apart"
              + " with a rule, see docs/prometheus.md",
          service,
          first,
          namespace);
      namespaces.put(service, "");
    }
  }

  /** Forgets series that nothing came for in two hours of the samples' time. */
  void expire(long latestMillis) {
    if (sweptMillis != Long.MIN_VALUE && latestMillis - sweptMillis < BETWEEN_SWEEPS_MILLIS) {
      return;
    }
    sweptMillis = latestMillis;
    long oldest = latestMillis - IDLE_MILLIS;
    series.values().removeIf(entry -> entry.touchedMillis < oldest);
    histograms.values().removeIf(whole -> whole.touchedMillis < oldest);
  }

  int size() {
    return series.size();
  }
}
