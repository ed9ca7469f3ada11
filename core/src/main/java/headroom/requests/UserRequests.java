package headroom.requests;

import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.requests.TraceShare.Basis;
import headroom.store.History;
import headroom.store.Series;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A history as load and latency are judged by: its actions are requests that users made and waited
 * for, all of them, however many were traced. Walls and findings read histories only through it.
 *
 * @param history with corrected series; the same one when nothing had to be corrected
 * @param services what the requests of each service are read from, where there is a choice
 * @param lifetimes operations whose requests live long, which are not judged by how long
 */
public record UserRequests(History history, List<TraceShare> services, List<Lifetime> lifetimes) {
  /** What has to be read of a store for it, beside what is wanted. */
  public static final Set<Measure> MEASURES = CountedRequests.MEASURES;

  /** The measures of which {@link #isLoad} chooses. */
  public static final Set<Measure> LOAD = Set.of(Measure.ACTION, Measure.SERVER_DURATION);

  public UserRequests {
    services = List.copyOf(services);
    lifetimes = List.copyOf(lifetimes);
  }

  /**
   * Requests that live long: event streams, web sockets, long polls, downloads.
   *
   * @param seconds the median lifetime
   */
  public record Lifetime(String service, String operation, long count, double seconds) {}

  private record Action(String service, String name) {}

  /**
   * Whether a series tells how many requests users made, for those who read a store series by
   * series: of a service that is sampled request metrics do, of others actions.
   */
  public boolean isLoad(SeriesKey key) {
    boolean counted =
        services.stream()
            .filter(one -> one.service().equals(key.service()))
            .map(TraceShare::basis)
            .anyMatch(basis -> basis == Basis.METRICS || basis == Basis.METRICS_ONLY);
    return switch (key.measure()) {
      case ACTION -> !counted && !isUnjudged(key);
      case SERVER_DURATION -> counted && isAction(key);
      default -> false;
    };
  }

  private boolean isUnjudged(SeriesKey key) {
    return Probes.isProbe(key.subject())
        || lifetimes.stream()
            .anyMatch(one ->
                one.service().equals(key.service()) && one.operation().equals(key.subject()));
  }

  private boolean isAction(SeriesKey key) {
    return history.of(Measure.ACTION).stream()
        .map(Series::key)
        .anyMatch(action ->
            action.service().equals(key.service()) && action.subject().equals(key.subject()));
  }

  /** All operations with the requests that were counted, those that are not judged among them. */
  public static History counted(History history) {
    return CountedRequests.of(history).history();
  }

  /** Reads a history. */
  public static UserRequests of(History history) {
    CountedRequests counted = CountedRequests.of(history);
    List<Lifetime> lifetimes = Lifetimes.in(counted.history());
    Set<Action> alive = new HashSet<>();
    lifetimes.forEach(one -> alive.add(new Action(one.service(), one.operation())));
    Set<Action> unjudged = new HashSet<>(alive);
    for (Series series : counted.history().of(Measure.ACTION)) {
      if (Probes.isProbe(series.key().subject())) {
        unjudged.add(new Action(series.key().service(), series.key().subject()));
      }
    }
    History judged = without(counted.history(), Measure.ACTION, unjudged);
    // The time in which a stream lives is no work of its service either.
    for (Measure measure : List.of(Measure.OPERATION, Measure.OPERATION_SELF)) {
      judged = without(judged, measure, alive);
    }
    return new UserRequests(judged, counted.services(), lifetimes);
  }

  private static History without(History history, Measure measure, Set<Action> actions) {
    List<Series> all = history.of(measure);
    List<Series> left =
        all.stream()
            .filter(one -> !actions.contains(new Action(one.key().service(), one.key().subject())))
            .toList();
    if (left.isEmpty() || left.size() == all.size()) {
      return history;
    }
    Map<Measure, List<Series>> series = new EnumMap<>(Measure.class);
    series.putAll(history.series());
    series.put(measure, left);
    return new History(
        history.resolution(), history.from(), history.to(), series, history.events());
  }
}
