package headroom.requests;

import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.requests.TraceShare.Basis;
import headroom.store.History;
import headroom.store.Series;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A history as load and latency are judged by: its actions are requests that users made and waited
 * for, all of them, however many were traced. Whoever judges histories reads them through it.
 */
public final class UserRequests {
  /** What has to be read of a store for it, beside what is wanted. */
  public static final Set<Measure> MEASURES =
      Set.of(Measure.ACTION, Measure.OPERATION, Measure.SERVER_DURATION);

  /** The measures of which {@link #load} makes the load of users. */
  public static final Set<Measure> LOAD = Set.of(Measure.ACTION, Measure.SERVER_DURATION);

  /** What tells how long the requests of an operation take. */
  private static final Set<Measure> DURATIONS =
      EnumSet.of(
          Measure.ACTION, Measure.OPERATION, Measure.OPERATION_SELF, Measure.SERVER_DURATION);

  private final History history;
  private final Sampling sampling;
  private final List<Lifetime> lifetimes;
  private final Set<Operation> alive;
  private final Set<String> metered;

  private UserRequests(History history, Sampling sampling, List<Lifetime> lifetimes) {
    this.sampling = sampling;
    this.lifetimes = List.copyOf(lifetimes);
    this.alive = new HashSet<>();
    lifetimes.forEach(one -> alive.add(new Operation(one.service(), one.operation())));
    this.metered = servicesBy(EnumSet.of(Basis.METRICS));
    this.history = judged(history);
  }

  /**
   * Requests that live long: event streams, web sockets, long polls, downloads.
   *
   * @param seconds the median lifetime
   */
  public record Lifetime(String service, String operation, long count, double seconds) {}

  private record Operation(String service, String name) {}

  /** Reads a history. */
  public static UserRequests of(History history) {
    Sampling sampling = Sampling.of(history);
    History counted = sampling.corrected(history);
    return new UserRequests(counted, sampling, Lifetimes.in(counted));
  }

  /** All operations with the requests that were counted, those that are not judged among them. */
  public static History counted(History history) {
    return Sampling.of(history).corrected(history);
  }

  /** The corrected history; the same one when nothing had to be corrected. */
  public History history() {
    return history;
  }

  /** What the requests of each service are read from, where there is a choice. */
  public List<TraceShare> services() {
    return sampling.shares();
  }

  /** The services whose requests are read from one of these. */
  public Set<String> servicesBy(Set<Basis> bases) {
    return services().stream()
        .filter(one -> bases.contains(one.basis()))
        .map(TraceShare::service)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Operations whose requests live long, which are not judged by how long. */
  public List<Lifetime> lifetimes() {
    return lifetimes;
  }

  /**
   * What a series tells of the requests of users, for those who read a store series by series;
   * empty when it tells nothing of them, or another one does. Adds up to what the actions of {@link
   * #history} tell.
   */
  public Optional<Series> load(Series series) {
    return isJudged(series.key()) ? sampling.actions(series) : Optional.empty();
  }

  /**
   * Whether durations of a series are those of all its requests, and of answers that somebody
   * waited for.
   */
  public boolean tellsDurations(SeriesKey key) {
    boolean sampled =
        key.measure() != Measure.SERVER_DURATION
            && DURATIONS.contains(key.measure())
            && metered.contains(key.service());
    return !sampled && isJudged(key);
  }

  private boolean isJudged(SeriesKey key) {
    return !DURATIONS.contains(key.measure())
        || (!Probes.isProbe(key.subject())
            && !alive.contains(new Operation(key.service(), key.subject())));
  }

  /** The time in which a stream lives is no work of its service either. */
  private History judged(History counted) {
    Map<Measure, List<Series>> all = new EnumMap<>(Measure.class);
    boolean changed = false;
    for (var entry : counted.series().entrySet()) {
      List<Series> left = entry.getValue();
      if (DURATIONS.contains(entry.getKey()) && entry.getKey() != Measure.SERVER_DURATION) {
        left = left.stream().filter(one -> isJudged(one.key())).toList();
      }
      changed |= left.size() != entry.getValue().size();
      all.put(entry.getKey(), left);
    }
    return changed
        ? new History(counted.resolution(), counted.from(), counted.to(), all, counted.events())
        : counted;
  }
}
