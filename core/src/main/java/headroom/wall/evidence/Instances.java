package headroom.wall.evidence;

import static headroom.wall.belief.Arrivals.GONE_AFTER_SECONDS;
import static headroom.wall.belief.Arrivals.NEWEST_SECONDS;

import headroom.model.Measure;
import headroom.store.History;
import headroom.store.Series;
import headroom.wall.evidence.StationUse.Sample;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How many instances each service had when, and use as it would have been with as many as there are
 * now: after instances were added or taken away, the share of the traffic that one of them gets is
 * another from one minute to the next, while a week of history tells of the old one.
 *
 * <pre>
 *   a  ────────────────────     2 until then, 4 from then on: what a was busy before
 *   b  ────────────────────     counts by half
 *   c              ────────
 *   d              ────────
 * </pre>
 *
 * <p>An instance is there from its first report to its last.
 */
public final class Instances {
  private static final Set<Measure> TOLD_BY =
      Set.of(Measure.CPU_TIME, Measure.CPU_UTILIZATION, Measure.POOL_HOLD, Measure.POOL_USED);

  private final History history;
  private final Traffic traffic;
  private final Map<String, int[]> counts = new HashMap<>();

  /** Those of a history. */
  public Instances(History history, Traffic traffic) {
    this.history = history;
    this.traffic = traffic;
    Map<String, Map<String, int[]>> spans = new TreeMap<>();
    for (Measure measure : TOLD_BY) {
      for (Series series : history.of(measure)) {
        int[] reported =
            series.windows().stream()
                .filter(window -> window.cell().count() > 0)
                .mapToInt(window -> traffic.indexOf(window.start()))
                .toArray();
        if (reported.length > 0 && !series.key().instance().isEmpty()) {
          int first = reported[0];
          int last = reported[reported.length - 1];
          spans
              .computeIfAbsent(series.key().service(), unused -> new TreeMap<>())
              .merge(
                  series.key().instance(),
                  new int[] {first, last},
                  (a, b) -> new int[] {Math.min(a[0], b[0]), Math.max(a[1], b[1])});
        }
      }
    }
    spans.forEach((service, byInstance) -> counts.put(service, counted(byInstance)));
  }

  private int[] counted(Map<String, int[]> byInstance) {
    int windows = traffic.windows();
    int grace = Math.max(1, GONE_AFTER_SECONDS / traffic.windowSeconds());
    int[] count = new int[windows];
    for (int[] span : byInstance.values()) {
      // Who reported until nearly the end is still there, who did so soon was there before.
      int from = span[0] <= grace ? 0 : span[0];
      int to = span[1] >= windows - 1 - grace ? windows - 1 : span[1];
      for (int i = Math.max(0, from); i <= to && i < windows; i++) {
        count[i]++;
      }
    }
    return count;
  }

  /** How many there are now; 1 where none is told. */
  public int now(String service) {
    int[] count = counts.get(service);
    return count == null || count.length == 0 ? 1 : Math.max(1, count[count.length - 1]);
  }

  /** The first window from which on there were always as many as now. */
  int sinceWindow(String service) {
    int[] count = counts.get(service);
    if (count == null) {
      return 0;
    }
    int since = count.length;
    while (since > 0 && Math.max(1, count[since - 1]) == now(service)) {
      since--;
    }
    return since;
  }

  private boolean changed(String service) {
    int newest = Math.max(1, NEWEST_SECONDS / traffic.windowSeconds());
    int since = sinceWindow(service);
    return since > 0 && since + newest <= traffic.windows();
  }

  /** What instances did since there are as many of a service as now. */
  public History since(String service) {
    if (!changed(service)) {
      return history;
    }
    int since = sinceWindow(service);
    List<Series> lately =
        TOLD_BY.stream()
            .flatMap(measure -> history.of(measure).stream())
            .map(series ->
                new Series(
                    series.key(),
                    series.windows().stream()
                        .filter(window -> traffic.indexOf(window.start()) >= since)
                        .toList()))
            .filter(series -> !series.windows().isEmpty())
            .toList();
    return History.of(history.resolution(), history.from(), history.to(), lately, history.events());
  }

  /** The use of stations as it would have been with as many instances as now. */
  public List<StationUse> asNow(List<StationUse> uses) {
    return uses.stream().map(this::asNow).toList();
  }

  private StationUse asNow(StationUse use) {
    int[] count = counts.get(use.service());
    if (count == null || !changed(use.service())) {
      return use;
    }
    double now = now(use.service());
    List<Sample> samples =
        use.samples().stream()
            .map(row ->
                new Sample(
                    row.from(),
                    row.to(),
                    row.busy()
                        * Arrays.stream(count, row.from(), Math.min(count.length, row.to()))
                            .map(n -> Math.max(1, n))
                            .average()
                            .orElse(now)
                        / now))
            .toList();
    return use.withSamples(samples)
        .withNote(
            "there are %.0f instances since %s UTC: what was seen before is counted as spread over these"
                .formatted(
                    now,
                    traffic
                        .from()
                        .plusSeconds((long) sinceWindow(use.service()) * traffic.windowSeconds())));
  }
}
