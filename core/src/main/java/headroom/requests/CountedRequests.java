package headroom.requests;

import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.requests.TraceShare.Basis;
import headroom.rollup.Cell;
import headroom.store.History;
import headroom.store.Series;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A history in which request metrics decide how many requests there were, how many failed and how
 * long they took, wherever traces hold only some of them; what traces tell of a request (calls,
 * statements, holds) is weighted so that it counts for all of them.
 *
 * <pre>
 *   request metrics  GET /items 1,000 requests    ACTION GET /items    100 -> 1,000, as metrics say
 *   traces           GET /items   100 requests    STATEMENT SELECT …   300 -> 3,000
 * </pre>
 *
 * <p>Where there are no traces at all, operations are those that request metrics name, and each is
 * taken for what a user did. Where traces hold at least {@value #COMPLETE} of the requests nothing
 * is changed: they know the time of each one, metrics only that of the export.
 *
 * <p>Tail sampling keeps slow and failed requests more often than others. Rates, errors and
 * latencies are then right, since metrics tell them; facts within an operation are those of the
 * traces that were kept.
 *
 * @param history with corrected series; the same one when nothing had to be corrected
 * @param services what their requests are read from, for those that have request metrics or whose
 *     traces were weighted
 */
record CountedRequests(History history, List<TraceShare> services) {
  /** From this share of the requests on, traces are believed to be all there are. */
  static final double COMPLETE = 0.9;

  /** Above this share there are more requests in traces than were counted. */
  private static final double CONTRADICTED = 1.1;

  /** So many requests of an operation that begin a trace are all of them. */
  private static final double NEARLY_ALL = 0.999;

  /** Fewer counted requests tell no share. */
  private static final long FEWEST = 100;

  /** Fewer traced requests of an operation tell no weight of its own. */
  private static final long FEWEST_TRACED = 5;

  /** The names of operations in traces and in metrics are the same for so many traced requests. */
  private static final double SAME_NAMES = 0.8;

  /** What traces tell beside the requests themselves: by action or operation, in the subject. */
  private static final Set<Measure> FACTS =
      EnumSet.of(
          Measure.OPERATION_SELF,
          Measure.CALL,
          Measure.STATEMENT,
          Measure.HOLD,
          Measure.ACTION_CALLS,
          Measure.ACTION_STATEMENTS,
          Measure.ACTION_DATABASE_SECONDS,
          Measure.ACTION_DATABASE_SHARE,
          Measure.ACTION_DEPTH,
          Measure.ACTION_RETRIES,
          Measure.ACTION_REPEATS);

  /** What has to be read for the correction, beside what is wanted. */
  static final Set<Measure> MEASURES =
      Set.of(Measure.ACTION, Measure.OPERATION, Measure.SERVER_DURATION);

  CountedRequests {
    services = List.copyOf(services);
  }

  /** Reads a history. */
  static CountedRequests of(History history) {
    Map<String, Requests> counted = Requests.byService(history, Measure.SERVER_DURATION);
    if (counted.isEmpty()) {
      return new CountedRequests(history, List.of());
    }
    Map<String, Requests> traced = Requests.byService(history, Measure.OPERATION);
    if (traced.isEmpty() && history.of(Measure.ACTION).isEmpty()) {
      return withoutTraces(history, counted);
    }
    return new Correction(history, counted, traced).corrected();
  }

  private static CountedRequests withoutTraces(History history, Map<String, Requests> counted) {
    List<Series> operations = new ArrayList<>();
    List<Series> actions = new ArrayList<>();
    List<TraceShare> shares = new ArrayList<>();
    counted.forEach((service, requests) -> {
      for (String operation : requests.operations()) {
        NavigableMap<Long, Cell> windows = requests.windows(operation);
        operations.add(series(Measure.OPERATION, service, operation, windows));
        actions.add(series(Measure.ACTION, service, operation, windows));
      }
      shares.add(new TraceShare(service, OptionalDouble.of(0), Basis.METRICS_ONLY));
    });
    Map<Measure, List<Series>> all = copy(history);
    all.put(Measure.OPERATION, operations);
    all.put(Measure.ACTION, actions);
    return new CountedRequests(with(history, all), shares);
  }

  private static Series series(
      Measure measure, String service, String operation, NavigableMap<Long, Cell> windows) {
    return Series.of(new SeriesKey(measure, service, "", operation, ""), windows);
  }

  private static Map<Measure, List<Series>> copy(History history) {
    Map<Measure, List<Series>> copy = new EnumMap<>(Measure.class);
    copy.putAll(history.series());
    return copy;
  }

  private static History with(History history, Map<Measure, List<Series>> series) {
    return new History(
        history.resolution(), history.from(), history.to(), series, history.events());
  }

  /** The correction of a history that has both. */
  private static final class Correction {
    private final History history;
    private final Map<String, Requests> counted;
    private final Map<String, Requests> traced;
    private final Map<String, Requests> roots;
    private final Map<String, TraceShare> shares = new LinkedHashMap<>();

    /** How many requests one traced request of an operation stands for, by service. */
    private final Map<String, Map<String, Double>> weights = new HashMap<>();

    private long requestsOfWeighted;
    private long tracedOfWeighted;

    Correction(History history, Map<String, Requests> counted, Map<String, Requests> traced) {
      this.history = history;
      this.counted = counted;
      this.traced = traced;
      this.roots = Requests.byService(history, Measure.ACTION);
    }

    CountedRequests corrected() {
      counted.forEach(this::compare);
      if (weights.isEmpty()) {
        return new CountedRequests(history, List.copyOf(shares.values()));
      }
      OptionalDouble usualShare = OptionalDouble.of(1 / usualWeight());
      for (String service : traced.keySet()) {
        shares.computeIfAbsent(
            service, unused -> new TraceShare(service, usualShare, Basis.WEIGHTED));
      }
      Map<Measure, List<Series>> all = new EnumMap<>(Measure.class);
      history.series().forEach((measure, series) -> all.put(measure, weighted(measure, series)));
      shares.values().stream()
          .filter(share -> share.basis() == Basis.METRICS)
          .forEach(share -> replaceRequests(share.service(), all));
      return new CountedRequests(with(history, all), List.copyOf(shares.values()));
    }

    /** Whole traces are kept or not, so one weight serves all services that tell none. */
    private double usualWeight() {
      return (double) requestsOfWeighted / tracedOfWeighted;
    }

    /** Decides what to believe of a service, and the weights of its traces. */
    private void compare(String service, Requests metrics) {
      Requests traces = traced.get(service);
      if (traces == null) {
        shares.put(service, new TraceShare(service, OptionalDouble.empty(), Basis.TRACES));
        return;
      }
      Requests.Range both = metrics.range().and(traces.range());
      Map<String, Long> countedRequests = metrics.counts(both);
      Map<String, Long> tracedRequests = traces.counts(both);
      long requests = 0;
      long matched = 0;
      long all = 0;
      for (var entry : tracedRequests.entrySet()) {
        all += entry.getValue();
        matched += metrics.has(entry.getKey()) ? entry.getValue() : 0;
      }
      for (long count : countedRequests.values()) {
        requests += count;
      }
      if (requests < FEWEST) {
        shares.put(service, new TraceShare(service, OptionalDouble.empty(), Basis.TRACES));
        return;
      }
      double share = (double) matched / requests;
      boolean sameNames = matched >= SAME_NAMES * all;
      Basis basis =
          !sameNames || matched == 0 || share > CONTRADICTED
              ? Basis.CONTRADICTED
              : share >= COMPLETE ? Basis.TRACES : Basis.METRICS;
      shares.put(service, new TraceShare(service, OptionalDouble.of(share), basis));
      if (basis == Basis.METRICS) {
        double usual = 1 / share;
        requestsOfWeighted += requests;
        tracedOfWeighted += matched;
        Map<String, Double> ofService = new HashMap<>();
        for (String operation : traces.operations()) {
          long seen = tracedRequests.getOrDefault(operation, 0L);
          long real = countedRequests.getOrDefault(operation, 0L);
          ofService.put(
              operation, seen >= FEWEST_TRACED && real > 0 ? (double) real / seen : usual);
        }
        ofService.put("", usual);
        weights.put(service, ofService);
      }
    }

    private List<Series> weighted(Measure measure, List<Series> series) {
      boolean requests = measure == Measure.ACTION || measure == Measure.OPERATION;
      if (!requests && !FACTS.contains(measure)) {
        return series;
      }
      return series.stream()
          .map(one -> {
            double weight = weight(one.key());
            return weight == 1 ? one : scaled(one, weight);
          })
          .toList();
    }

    private double weight(SeriesKey key) {
      TraceShare share = shares.get(key.service());
      if (share == null || share.basis() == Basis.WEIGHTED) {
        return usualWeight();
      }
      Map<String, Double> ofService = weights.get(key.service());
      if (ofService == null) {
        return 1;
      }
      String operation = key.measure() == Measure.STATEMENT ? key.detail() : key.subject();
      Double weight = ofService.get(operation);
      return weight == null ? ofService.getOrDefault("", usualWeight()) : weight;
    }

    /**
     * So many times the series. Counts are whole: what rounding takes from one window the next ones
     * get, so that neither the total nor the mean of a value moves.
     */
    private static Series scaled(Series series, double weight) {
      List<Series.Window> windows = new ArrayList<>();
      double exact = 0;
      long given = 0;
      for (Series.Window window : series.windows()) {
        long seen = window.cell().count();
        exact += seen * weight;
        long count = Math.round(exact) - given;
        if (count > 0) {
          given += count;
          Cell cell = window.cell().times((double) count / seen);
          windows.add(new Series.Window(window.start(), cell));
        }
      }
      return new Series(series.key(), windows);
    }

    /** Puts what metrics count in the place of what traces hold. */
    private void replaceRequests(String service, Map<Measure, List<Series>> histories) {
      Requests metrics = counted.getOrDefault(service, traced.get(service));
      Requests actions = roots.get(service);
      Requests operations = traced.get(service);
      if (metrics == null || operations == null) {
        return;
      }
      List<Series> newOperations = new ArrayList<>();
      List<Series> newActions = new ArrayList<>();
      double usual = actions == null ? 0 : ratio(actions, operations, operations.operations());
      for (String operation : metrics.operations()) {
        NavigableMap<Long, Cell> windows = metrics.windows(operation);
        newOperations.add(series(Measure.OPERATION, service, operation, windows));
        double rootShare =
            actions != null && operations.has(operation)
                ? ratio(actions, operations, List.of(operation))
                : usual;
        if (rootShare > 0) {
          Series all = series(Measure.ACTION, service, operation, windows);
          newActions.add(rootShare > NEARLY_ALL ? all : scaled(all, rootShare));
        }
      }
      replace(histories, Measure.OPERATION, service, metrics, newOperations);
      replace(histories, Measure.ACTION, service, metrics, newActions);
    }

    private static double ratio(Requests part, Requests whole, Collection<String> operations) {
      long parts = 0;
      long all = 0;
      for (String operation : operations) {
        parts += part.windows(operation).values().stream().mapToLong(Cell::count).sum();
        all += whole.windows(operation).values().stream().mapToLong(Cell::count).sum();
      }
      return all == 0 ? 0 : (double) parts / all;
    }

    /** What metrics do not name (a job, a consumer) stays as traces tell it. */
    private static void replace(
        Map<Measure, List<Series>> all,
        Measure measure,
        String service,
        Requests metrics,
        List<Series> with) {
      List<Series> result = new ArrayList<>();
      for (Series one : all.getOrDefault(measure, List.of())) {
        if (!one.key().service().equals(service) || !metrics.has(one.key().subject())) {
          result.add(one);
        }
      }
      result.addAll(with);
      all.put(measure, result);
    }
  }
}
