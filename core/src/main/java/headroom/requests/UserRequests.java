package headroom.requests;

import headroom.model.Measure;
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

  /** Reads a history. */
  public static UserRequests of(History history) {
    CountedRequests counted = CountedRequests.of(history);
    List<Lifetime> lifetimes = Lifetimes.in(counted.history());
    Set<Action> unjudged = new HashSet<>();
    lifetimes.forEach(one -> unjudged.add(new Action(one.service(), one.operation())));
    for (Series series : counted.history().of(Measure.ACTION)) {
      if (Probes.isProbe(series.key().subject())) {
        unjudged.add(new Action(series.key().service(), series.key().subject()));
      }
    }
    return new UserRequests(
        unjudged.isEmpty() ? counted.history() : without(counted.history(), unjudged),
        counted.services(),
        lifetimes);
  }

  private static History without(History history, Set<Action> actions) {
    List<Series> left =
        history.of(Measure.ACTION).stream()
            .filter(one -> !actions.contains(new Action(one.key().service(), one.key().subject())))
            .toList();
    if (left.isEmpty()) {
      return history;
    }
    Map<Measure, List<Series>> all = new EnumMap<>(Measure.class);
    all.putAll(history.series());
    all.put(Measure.ACTION, left);
    return new History(history.resolution(), history.from(), history.to(), all, history.events());
  }
}
