package headroom.wall;

import static headroom.wall.belief.ResponseTimes.HIDDEN_FAILS_BEFORE_FULL;
import static headroom.wall.belief.ResponseTimes.SMALLEST_SILENT_PEER;

import headroom.model.Measure;
import headroom.store.History;
import headroom.store.Series;
import headroom.wall.evidence.Traffic;
import headroom.wall.model.LatencyGrowth;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What hints at a limit that no station stands for: responses that slow down with load more than
 * all stations explain, and time spent in calls to a service of which nothing is reported. Where
 * such a limit lies cannot be told well enough for a wall (see {@code docs/math/walls.md}), only
 * that it does not lie below some load.
 */
final class HiddenLimits {
  private HiddenLimits() {}

  /**
   * The hint to show beside a wall at this multiple; empty where there is none, or where what it
   * hints at lies behind the wall.
   *
   * @param growth of responses that no station explains
   */
  static Optional<HiddenLimit> beside(
      double wall, History history, Traffic traffic, Optional<LatencyGrowth> growth, double peak) {
    Optional<HiddenLimit> slowing =
        growth
            .filter(LatencyGrowth::isCertain)
            .map(one ->
                new HiddenLimit(
                    "something that reports nothing",
                    aboveToday(HIDDEN_FAILS_BEFORE_FULL * one.fullAt(peak)),
                    Wording.unexplainedGrowth(one.share()),
                    "how long requests wait for locks, for a pooler or for another service, or a"
                        + " load test beyond that load"))
            .filter(hint -> hint.atLeast().orElse(1) < wall);
    return slowing.or(() -> unreportedPeer(history, traffic));
  }

  /** The service in whose calls most time is spent, of those that report nothing of their own. */
  private static Optional<HiddenLimit> unreportedPeer(History history, Traffic traffic) {
    Set<String> reporting = new HashSet<>();
    history.series().values().stream()
        .flatMap(List::stream)
        .forEach(series -> reporting.add(series.key().service()));
    Map<String, Double> seconds = new HashMap<>();
    for (Series calls : history.of(Measure.CALL)) {
      if (!reporting.contains(calls.key().detail())) {
        seconds.merge(calls.key().detail(), calls.total().sum(), Double::sum);
      }
    }
    double responses = traffic.actions().stream().mapToDouble(action -> action.total().sum()).sum();
    return seconds.entrySet().stream()
        .filter(peer -> peer.getValue() >= SMALLEST_SILENT_PEER * responses)
        .max(
            Map.Entry.<String, Double>comparingByValue()
                .thenComparing(Map.Entry.<String, Double>comparingByKey()))
        .map(peer ->
            new HiddenLimit(
                peer.getKey(),
                OptionalDouble.empty(),
                Wording.unreportedPeer(peer.getKey(), peer.getValue() / responses),
                "what %s reports of its own threads, pools or processors, or what it guarantees"
                    .formatted(peer.getKey())));
  }

  /** That today's load is borne is no news. */
  private static OptionalDouble aboveToday(double multiple) {
    return multiple > 1 ? OptionalDouble.of(multiple) : OptionalDouble.empty();
  }
}
