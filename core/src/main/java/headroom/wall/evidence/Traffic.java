package headroom.wall.evidence;

import static headroom.wall.belief.Arrivals.BUSIEST_MINUTES;
import static headroom.wall.belief.Arrivals.MIX_WEIGHT;
import static headroom.wall.belief.Arrivals.MOST_ACTIONS;
import static headroom.wall.belief.Arrivals.NEAR_PEAK;
import static headroom.wall.belief.Arrivals.PEAK_HORIZON_SECONDS;

import headroom.model.Measure;
import headroom.rollup.Cell;
import headroom.rollup.Resolution;
import headroom.stats.Quantiles;
import headroom.store.History;
import headroom.store.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The arrivals of root operations, window by window, and the peak that multiples refer to.
 *
 * <pre>
 *   window       0    1    2    3   …        seconds each: the history's resolution
 *   POST /login 12   14   11   15
 *   GET /balance 30   33   28   31
 * </pre>
 */
public final class Traffic {
  private final long start;
  private final int windowSeconds;
  private final int windows;
  private final List<Action> actions;
  private final double[] totals;

  /** Root operations beyond the busiest ones are gathered under this name. */
  static final String OTHERS = "(others)";

  /**
   * One root operation.
   *
   * @param counts arrivals by window
   * @param total all its windows as one cell
   * @param parts its series
   */
  @SuppressWarnings("ArrayRecordComponent") // shared, read only
  public record Action(
      String service, String name, double[] counts, Cell total, List<Series> parts) {}

  private Traffic(long start, int windowSeconds, int windows, List<Action> actions) {
    this.start = start;
    this.windowSeconds = windowSeconds;
    this.windows = windows;
    this.actions = actions;
    this.totals = new double[windows];
    for (Action action : actions) {
      for (int i = 0; i < windows; i++) {
        totals[i] += action.counts[i];
      }
    }
  }

  /** The traffic of a history; empty when no root operation was seen. */
  public static Optional<Traffic> of(History history) {
    List<Series> roots =
        history.of(Measure.ACTION).stream().filter(one -> !one.windows().isEmpty()).toList();
    if (roots.isEmpty()) {
      return Optional.empty();
    }
    int seconds = history.resolution().seconds();
    long first =
        roots.stream().mapToLong(one -> one.windows().getFirst().start()).min().orElseThrow();
    long last =
        roots.stream().mapToLong(one -> one.windows().getLast().start()).max().orElseThrow();
    int windows = Math.toIntExact((last - first) / seconds + 1);
    List<Action> actions =
        busiest(roots).entrySet().stream()
            .map(e -> action(e.getKey(), e.getValue(), first, seconds, windows))
            .sorted(Comparator.comparingLong((Action action) -> -action.total.count()))
            .toList();
    return Optional.of(new Traffic(first, seconds, windows, actions));
  }

  /** The series of each of the busiest actions, and of all others together. */
  private static Map<Name, List<Series>> busiest(List<Series> roots) {
    Map<Name, List<Series>> byAction = new LinkedHashMap<>();
    Map<Name, Long> counts = new HashMap<>();
    for (Series one : roots) {
      var name = new Name(one.key().service(), one.key().subject());
      byAction.computeIfAbsent(name, unused -> new ArrayList<>()).add(one);
      for (Series.Window window : one.windows()) {
        counts.merge(name, window.cell().count(), Long::sum);
      }
    }
    List<Name> names = new ArrayList<>(byAction.keySet());
    names.sort(Comparator.comparingLong((Name name) -> -counts.getOrDefault(name, 0L)));
    Map<Name, List<Series>> kept = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      Name name = names.get(i);
      kept.computeIfAbsent(
              i < MOST_ACTIONS ? name : new Name("", OTHERS), unused -> new ArrayList<>())
          .addAll(byAction.getOrDefault(name, List.of()));
    }
    return kept;
  }

  private record Name(String service, String action) {}

  private static Action action(
      Name name, List<Series> parts, long first, int seconds, int windows) {
    double[] counts = new double[windows];
    Cell total = new Cell();
    for (Series part : parts) {
      for (Series.Window window : part.windows()) {
        counts[(int) ((window.start() - first) / seconds)] += window.cell().count();
        total.merge(window.cell());
      }
    }
    return new Action(name.service(), name.action(), counts, total, parts);
  }

  /** Root operations, busiest first. */
  public List<Action> actions() {
    return actions;
  }

  public int windows() {
    return windows;
  }

  public int windowSeconds() {
    return windowSeconds;
  }

  public double spanSeconds() {
    return (double) windows * windowSeconds;
  }

  public Instant from() {
    return Instant.ofEpochSecond(start);
  }

  public Instant to() {
    return Instant.ofEpochSecond(start + (long) windows * windowSeconds);
  }

  /** The index of the window that starts then; may lie outside of 0 … windows − 1. */
  public int indexOf(long epochSecond) {
    return Math.toIntExact(Math.floorDiv(epochSecond - start, (long) windowSeconds));
  }

  /** What a series holds of the time in which there is traffic, as one cell. */
  public Cell total(Series series) {
    Cell total = new Cell();
    for (Series.Window window : series.windows()) {
      int index = indexOf(window.start());
      if (index >= 0 && index < windows) {
        total.merge(window.cell());
      }
    }
    return total;
  }

  /** All root operations per second in windows [from, to). */
  public double perSecond(int from, int to) {
    return perSecond(totals, from, to);
  }

  public double perSecond(double[] counts, int from, int to) {
    return Arrays.stream(counts, from, to).sum() / ((double) (to - from) * windowSeconds);
  }

  /**
   * The share of all requests, 0..1, that these make up at the peak: that of the windows near the
   * peak, drawn towards that of the whole time as far as there are few of them.
   */
  public double shareAtPeak(double[] counts, double peakPerSecond) {
    double near = 0;
    double nearOfAll = 0;
    for (int i = 0; i < windows; i++) {
      if (totals[i] >= NEAR_PEAK * peakPerSecond * windowSeconds) {
        near += counts[i];
        nearOfAll += totals[i];
      }
    }
    double usual = Arrays.stream(counts).sum() / Math.max(1, Arrays.stream(totals).sum());
    return (near + MIX_WEIGHT * usual) / (nearOfAll + MIX_WEIGHT);
  }

  /** Arrivals by window, all root operations together. */
  double[] totals() {
    return totals;
  }

  /**
   * The median of the busiest 5 % of minutes, at least one; empty when not one whole minute was
   * seen. Windows longer than a minute count as they are.
   */
  public Optional<Double> peakPerSecond() {
    int perMinute = Math.max(1, Resolution.MINUTE.seconds() / windowSeconds);
    int skip = Math.floorMod(-(int) (start / windowSeconds % perMinute), perMinute);
    long horizon = Math.max(0, windows - PEAK_HORIZON_SECONDS / windowSeconds);
    double[] minutes =
        IntStream.iterate(skip, i -> i + perMinute <= windows, i -> i + perMinute)
            .filter(i -> i >= horizon)
            .mapToDouble(i -> perSecond(i, i + perMinute))
            .filter(rate -> rate > 0)
            .sorted()
            .toArray();
    if (minutes.length == 0) {
      return Optional.empty();
    }
    int busiest = Math.max(1, (int) Math.round(minutes.length * BUSIEST_MINUTES));
    double[] peak = Arrays.copyOfRange(minutes, minutes.length - busiest, minutes.length);
    return Optional.of(Quantiles.median(peak));
  }
}
