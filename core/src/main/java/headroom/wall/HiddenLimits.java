package headroom.wall;

import static headroom.wall.belief.ResponseTimes.HIDDEN_FAILS_BEFORE_FULL;
import static headroom.wall.belief.ResponseTimes.SMALLEST_SILENT_PEER;

import headroom.model.Measure;
import headroom.store.History;
import headroom.store.Series;
import headroom.store.SeriesIndex;
import headroom.wall.evidence.PoolDatabases;
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
 * all stations explain, connections of which nobody tells how many there are, and time spent in
 * calls to a service of which nothing is reported. Where such a limit lies cannot be told well
 * enough for a wall (see {@code docs/math/walls.md}), only that it does not lie below some load.
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
    return slowing.or(() -> unreported(history, traffic));
  }

  /** What must have a limit and does not report it; empty where all report theirs. */
  static Optional<HiddenLimit> unreported(History history, Traffic traffic) {
    return unreportedPool(history, traffic).or(() -> unreportedPeer(history, traffic));
  }

  /** The service whose requests hold connections longest, of those that report no pool. */
  private static Optional<HiddenLimit> unreportedPool(History history, Traffic traffic) {
    var databases = new PoolDatabases(new SeriesIndex(history));
    Map<String, Double> seconds = new HashMap<>();
    for (Series holds : history.of(Measure.HOLD)) {
      if (databases.isOfUnknownPool(holds.key())) {
        seconds.merge(holds.key().service(), holds.total().sum(), Double::sum);
      }
    }
    return most(seconds, traffic)
        .map(service ->
            new HiddenLimit(
                "connections of %s to its database".formatted(service.getKey()),
                OptionalDouble.empty(),
                Wording.unreportedPool(
                    service.getKey(), service.getValue() / traffic.spanSeconds()),
                "the size of that pool: db.client.connection.max with db.client.connection.count"
                    + " and db.client.connection.use_time, or their kin of its framework"));
  }

  /** The most of these, where it is worth a word beside the time that users wait. */
  private static Optional<Map.Entry<String, Double>> most(
      Map<String, Double> seconds, Traffic traffic) {
    double responses = responses(traffic);
    return seconds.entrySet().stream()
        .filter(one -> one.getValue() >= SMALLEST_SILENT_PEER * responses)
        .max(
            Map.Entry.<String, Double>comparingByValue()
                .thenComparing(Map.Entry.<String, Double>comparingByKey()));
  }

  private static double responses(Traffic traffic) {
    return traffic.actions().stream().mapToDouble(action -> action.total().sum()).sum();
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
    return most(seconds, traffic)
        .map(peer ->
            new HiddenLimit(
                peer.getKey(),
                OptionalDouble.empty(),
                Wording.unreportedPeer(peer.getKey(), peer.getValue() / responses(traffic)),
                "what %s reports of its own threads, pools or processors, or what it guarantees"
                    .formatted(peer.getKey())));
  }

  /** That today's load is borne is no news. */
  private static OptionalDouble aboveToday(double multiple) {
    return multiple > 1 ? OptionalDouble.of(multiple) : OptionalDouble.empty();
  }
}
