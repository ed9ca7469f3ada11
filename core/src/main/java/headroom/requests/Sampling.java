package headroom.requests;

import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.requests.TraceShare.Basis;
import headroom.rollup.Cell;
import headroom.store.History;
import headroom.store.Series;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What traces hold of the requests that request metrics count, service by service, and what series
 * tell in the light of that.
 *
 * <pre>
 *   request metrics  GET /items 1,000 requests    ACTION GET /items    100 -> 1,000, as metrics say
 *   traces           GET /items   100 requests    STATEMENT SELECT …   300 -> 3,000
 * </pre>
 *
 * <p>Where traces hold nearly all requests nothing is changed: they know the time of each one,
 * metrics only that of the export. Tail sampling keeps slow and failed requests more often than
 * others: rates, errors and latencies are then right, since metrics tell them; facts within an
 * operation are those of the traces that were kept.
 */
final class Sampling {
  /** What traces tell beside the requests themselves: by action or operation, in the subject. */
  private static final Set<Measure> FACTS =
      EnumSet.of(
          Measure.OPERATION_SELF,
          Measure.CALL,
          Measure.STATEMENT,
          Measure.HOLD,
          Measure.HOLD_STATEMENT,
          Measure.ACTION_CALLS,
          Measure.ACTION_STATEMENTS,
          Measure.ACTION_DATABASE_SECONDS,
          Measure.ACTION_DATABASE_SHARE,
          Measure.ACTION_DEPTH,
          Measure.ACTION_RETRIES,
          Measure.ACTION_REPEATS);

  private static final ServiceSampling UNKNOWN =
      ServiceSampling.traced(Basis.TRACES, OptionalDouble.empty());

  private final Map<String, ServiceSampling> services;

  private Sampling(Map<String, ServiceSampling> services) {
    this.services = services;
  }

  static Sampling of(History history) {
    Map<String, RequestCounts> metrics = RequestCounts.byService(history, Measure.SERVER_DURATION);
    Map<String, ServiceSampling> services = new LinkedHashMap<>();
    if (metrics.isEmpty()) {
      return new Sampling(services);
    }
    Map<String, RequestCounts> traces = RequestCounts.byService(history, Measure.OPERATION);
    Map<String, RequestCounts> roots = RequestCounts.byService(history, Measure.ACTION);
    boolean untraced = traces.isEmpty() && roots.isEmpty();
    metrics.forEach((service, counts) -> {
      RequestCounts traced = traces.get(service);
      services.put(
          service,
          untraced
              ? ServiceSampling.metricsOnly(counts)
              : traced == null
                  ? ServiceSampling.traced(Basis.UNTRACED, OptionalDouble.of(0))
                  : ServiceSampling.compared(counts, traced, roots.get(service)));
    });
    weightOthers(traces, metrics, services);
    return new Sampling(services);
  }

  /** Whole traces are kept or not, so one weight serves all services that have no metrics. */
  private static void weightOthers(
      Map<String, RequestCounts> traces,
      Map<String, RequestCounts> metrics,
      Map<String, ServiceSampling> services) {
    double requests = 0;
    double traced = 0;
    for (var entry : services.entrySet()) {
      RequestCounts ofTraces = traces.get(entry.getKey());
      if (entry.getValue().basis() == Basis.METRICS && ofTraces != null) {
        RequestCounts ofMetrics = metrics.getOrDefault(entry.getKey(), ofTraces);
        for (long count : ofMetrics.within(ofMetrics.range().and(ofTraces.range())).values()) {
          requests += count;
          traced += count * entry.getValue().share().orElse(1);
        }
      }
    }
    if (traced > 0) {
      for (String service : traces.keySet()) {
        services.putIfAbsent(service, ServiceSampling.weighted(requests / traced));
      }
    }
  }

  List<TraceShare> shares() {
    return services.entrySet().stream()
        .map(one -> new TraceShare(one.getKey(), one.getValue().share(), one.getValue().basis()))
        .toList();
  }

  private ServiceSampling of(SeriesKey key) {
    return services.getOrDefault(key.service(), UNKNOWN);
  }

  /** Whether anything has to be read otherwise than it is. */
  private boolean isPlain() {
    return services.values().stream()
        .noneMatch(one -> one.usualWeight() != 1 || one.basis() == Basis.METRICS_ONLY);
  }

  /** The history in which all requests are counted. */
  History corrected(History history) {
    if (isPlain()) {
      return history;
    }
    Map<Measure, List<Series>> all = new EnumMap<>(Measure.class);
    history
        .series()
        .forEach((measure, series) ->
            all.put(
                measure,
                FACTS.contains(measure)
                    ? series.stream()
                        .map(one -> scaled(one, of(one.key()).weight(operation(one))))
                        .toList()
                    : series));
    for (Measure requests : List.of(Measure.ACTION, Measure.OPERATION)) {
      List<Series> told = new ArrayList<>();
      history.of(requests).forEach(one -> as(requests, one).ifPresent(told::add));
      history.of(Measure.SERVER_DURATION).forEach(one -> as(requests, one).ifPresent(told::add));
      all.put(requests, told);
    }
    return new History(history.resolution(), history.from(), history.to(), all, history.events());
  }

  private static String operation(Series series) {
    SeriesKey key = series.key();
    return key.measure() == Measure.STATEMENT ? key.detail() : key.subject();
  }

  /** What a series tells of actions, all of them; empty when another one tells it. */
  Optional<Series> actions(Series series) {
    return as(Measure.ACTION, series);
  }

  private Optional<Series> as(Measure wanted, Series series) {
    SeriesKey key = series.key();
    ServiceSampling sampling = of(key);
    boolean counted = sampling.isCounted(key.subject());
    if (key.measure() == wanted) {
      return counted
          ? Optional.empty()
          : Optional.of(scaled(series, sampling.weight(key.subject())));
    }
    if (key.measure() != Measure.SERVER_DURATION || !counted) {
      return Optional.empty();
    }
    double share = wanted == Measure.ACTION ? sampling.rootShare(key.subject()) : 1;
    var renamed = new SeriesKey(wanted, key.service(), key.instance(), key.subject(), key.detail());
    return share == 0
        ? Optional.empty()
        : Optional.of(scaled(new Series(renamed, series.windows()), share));
  }

  /**
   * So many times the series. Counts are whole: what rounding takes from one window the next ones
   * get, so that neither a total nor a mean moves.
   */
  private static Series scaled(Series series, double weight) {
    if (weight == 1) {
      return series;
    }
    List<Series.Window> windows = new ArrayList<>();
    double exact = 0;
    double exactErrors = 0;
    long given = 0;
    long givenErrors = 0;
    for (Series.Window window : series.windows()) {
      Cell cell = window.cell();
      exact += cell.count() * weight;
      exactErrors += cell.errors() * weight;
      long count = Math.round(exact) - given;
      if (count > 0) {
        long errors = Math.clamp(Math.round(exactErrors) - givenErrors, 0, count);
        given += count;
        givenErrors += errors;
        windows.add(new Series.Window(window.start(), cell.resized(count, errors)));
      }
    }
    return new Series(series.key(), windows);
  }
}
