package headroom.metastability;

import headroom.model.Measure;
import headroom.model.StationKind;
import headroom.rollup.Cell;
import headroom.stats.Quantiles;
import headroom.store.History;
import headroom.store.Series;
import headroom.store.SeriesIndex;
import headroom.wall.Capacity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The stations of a history that an overload could keep down. */
public final class Risks {
  private static final double LEAST_TIMEOUT_SECONDS = 1;

  private final History history;
  private final SeriesIndex index;
  private final Map<RetryBehaviour.Name, RetryBehaviour> retries;

  private Risks(History history) {
    this.history = history;
    this.index = new SeriesIndex(history);
    this.retries = RetryBehaviour.of(history);
  }

  /** All stations that are called by somebody who may give up and call again, nearest first. */
  public static List<Risk> of(History history) {
    var risks = new Risks(history);
    if (risks.retries.isEmpty()) {
      return List.of();
    }
    return Capacity.of(history).stream()
        .flatMap(capacity -> risks.of(capacity).stream())
        .sorted((a, b) -> Double.compare(b.state().amplifiedLoad(), a.state().amplifiedLoad()))
        .toList();
  }

  private Optional<Risk> of(Capacity capacity) {
    List<String> assumptions = new ArrayList<>();
    double timeout = timeout();
    double amplification = amplification(capacity);
    boolean learnt = timeout > 0 && retries.values().stream().anyMatch(RetryBehaviour::isKnown);
    if (!learnt) {
      assumptions.add(
          "no call failed long enough to show how often callers try again: three attempts assumed");
    }
    double service = serviceSeconds(capacity);
    LongestWait wait = LongestWait.UNBOUNDED;
    if (capacity.station().kind() == StationKind.POOL && service > 0) {
      wait =
          LongestWait.of(
              history,
              capacity.service(),
              capacity.station().subject(),
              capacity.servers(),
              service);
    }
    if (wait.source() == LongestWait.Source.NOT_SEEN) {
      assumptions.add("nothing was turned away while it waited: the queue is taken as endless");
    }
    if (timeout == 0) {
      timeout = Math.max(LEAST_TIMEOUT_SECONDS, longestCall());
      assumptions.add(
          String.format(
              Locale.ROOT, "no timeout was seen: callers are taken to wait for %.1f s", timeout));
    }
    double utilization = capacity.peakPerSecond() / capacity.fullAtPerSecond();
    var state =
        new Metastability(
            amplification,
            utilization,
            timeout,
            service,
            capacity.servers(),
            wait.seconds(),
            wait.source() == LongestWait.Source.QUEUE);
    return Optional.of(new Risk(capacity, state, learnt, assumptions));
  }

  private double longestCall() {
    return history.of(Measure.CALL).stream()
        .mapToDouble(series -> series.total().max())
        .max()
        .orElse(0);
  }

  /** The shortest that was seen: whoever calls the station itself gives up first. */
  private double timeout() {
    return retries.values().stream()
        .mapToDouble(RetryBehaviour::timeoutSeconds)
        .filter(seconds -> seconds > 0)
        .min()
        .orElse(0);
  }

  /** By operation, as much as each uses the station; by their traffic where that is not told. */
  private double amplification(Capacity capacity) {
    Map<RetryBehaviour.Name, Double> use = new HashMap<>();
    if (capacity.station().kind() == StationKind.POOL) {
      add(use, index.ofService(Measure.HOLD, capacity.service()), Cell::sum);
    }
    // Callers in other services call operations by names of their own.
    if (use.keySet().stream().noneMatch(retries::containsKey)) {
      use.clear();
      add(use, history.of(Measure.ACTION), cell -> (double) cell.count());
    }
    double all = use.values().stream().mapToDouble(value -> value).sum();
    double sum = 0;
    for (var entry : use.entrySet()) {
      RetryBehaviour own = retries.get(entry.getKey());
      sum += entry.getValue() / all * (own == null ? 1 : own.amplification());
    }
    return all == 0 ? 1 : Math.max(1, sum);
  }

  private static void add(
      Map<RetryBehaviour.Name, Double> use, List<Series> parts, ToDoubleFunction<Cell> content) {
    for (Series part : parts) {
      use.merge(
          RetryBehaviour.Name.of(part.key()), content.applyAsDouble(part.total()), Double::sum);
    }
  }

  /** How long a visit takes in quiet times: the median of the windows' means; 0 when not told. */
  private double serviceSeconds(Capacity capacity) {
    if (capacity.station().kind() != StationKind.POOL) {
      return 0;
    }
    double[] means =
        index.ofService(Measure.POOL_HOLD, capacity.service()).stream()
            .filter(series -> series.key().subject().equals(capacity.station().subject()))
            .flatMap(series -> series.windows().stream())
            .map(Series.Window::cell)
            .filter(cell -> cell.count() > 0)
            .mapToDouble(cell -> cell.mean().orElse(0))
            .toArray();
    return means.length == 0 ? 0 : Quantiles.median(means);
  }
}
