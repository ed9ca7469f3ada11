package headroom.wall;

import static headroom.wall.belief.Errors.COVERAGE;
import static headroom.wall.belief.Limits.SMALLEST_MISS;
import static headroom.wall.belief.ResponseTimes.FEWEST_RESPONSES;
import static headroom.wall.belief.ResponseTimes.MOST_FAILING_PARTS;

import headroom.model.Station;
import headroom.model.StationKind;
import headroom.rollup.Cell;
import headroom.store.Series;
import headroom.wall.Wall.Claim;
import headroom.wall.Wall.Confidence;
import headroom.wall.Wall.Story;
import headroom.wall.Wall.Today;
import headroom.wall.evidence.Traffic;
import headroom.wall.evidence.Traffic.Action;
import headroom.wall.evidence.Witness;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * An objective that was seen to fail: from some load on, or at every load that was seen.
 *
 * @param multiple the load from which on it fails, of the peak
 * @param held the highest load at which it held, of the peak; 0 where it never did
 * @param windows in which it was seen to fail
 * @param text what fails, in words
 * @param because the operations that miss it, by their share of all misses
 * @param always whether it fails at every load that was seen
 */
record AlreadyFailing(
    double multiple,
    double held,
    BitSet windows,
    String text,
    List<Wall.Cause> because,
    boolean always) {
  private static final Station STATION = new Station("", StationKind.OBJECTIVE, "");

  /** The time is cut into so many parts, of which this share must fail. */
  private static final int PARTS = 8;

  /**
   * What was seen to fail; empty where the objective holds, or where it is not load that fails it.
   */
  static Optional<AlreadyFailing> of(Seen seen, Objective objective) {
    Traffic traffic = seen.traffic();
    if (always(seen, objective)) {
      // It fails at the lowest load that was seen: the wall lies there or below.
      double lowest =
          IntStream.range(0, traffic.windows())
              .mapToDouble(window -> traffic.perSecond(window, window + 1))
              .filter(load -> load > 0)
              .min()
              .orElse(seen.peak());
      var everywhere = new BitSet();
      everywhere.set(0, traffic.windows());
      return Optional.of(
          of(
              Math.min(1, lowest / seen.peak()),
              0,
              everywhere,
              seen.responses().byAction(),
              traffic,
              objective,
              true));
    }
    Witness witness = seen.witness();
    if (witness.failed().isEmpty()) {
      return Optional.empty();
    }
    double from = witness.failed().getAsDouble();
    return Optional.of(
        of(
            from,
            Math.min(from, witness.held().orElse(0)),
            witness.failing(),
            within(traffic, witness.failing()),
            traffic,
            objective,
            false));
  }

  private static AlreadyFailing of(
      double multiple,
      double held,
      BitSet windows,
      List<Cell> byAction,
      Traffic traffic,
      Objective objective,
      boolean always) {
    Cell all = new Cell();
    byAction.forEach(all::merge);
    return new AlreadyFailing(
        multiple,
        held,
        windows,
        text(slowShare(all, objective), errorShare(all), objective)
            + (always || multiple <= 1 ? " already" : ""),
        slowest(traffic, byAction, objective),
        always);
  }

  private static List<Cell> within(Traffic traffic, BitSet windows) {
    List<Cell> byAction = new ArrayList<>();
    for (Action action : traffic.actions()) {
      var cell = new Cell();
      for (Series part : action.parts()) {
        for (Series.Window window : part.windows()) {
          int at = traffic.indexOf(window.start());
          if (at >= 0 && windows.get(at)) {
            cell.merge(window.cell());
          }
        }
      }
      byAction.add(cell);
    }
    return byAction;
  }

  /** The wall that no station explains. */
  Wall wall() {
    return new Wall(
        STATION,
        Today.UNKNOWN,
        new Claim(new Estimate(held, multiple, multiple, COVERAGE), null, Confidence.MEASURED, 1),
        new Story(
            text,
            because,
            List.of(
                always
                    ? "no growth is needed: it fails at every load that was seen"
                    : String.format(
                        Locale.ROOT,
                        "it was seen to fail from %.2fx the peak on, and no station that reports is"
                            + " full then",
                        multiple))),
        Wall.When.NOT_ASKED);
  }

  private static boolean always(Seen seen, Objective objective) {
    List<Cell> byAction = seen.responses().byAction();
    long count = byAction.stream().mapToLong(Cell::count).sum();
    double errors = byAction.stream().mapToDouble(Cell::errors).sum() / count;
    boolean slow = seen.responses().missing() > 1 - objective.quantile();
    boolean wrong = errors > objective.errorShare();
    Traffic traffic = seen.traffic();
    return count >= FEWEST_RESPONSES
        && (slow || wrong)
        && (mostly(traffic, cell -> slowShare(cell, objective) > 1 - objective.quantile())
            || mostly(traffic, cell -> errorShare(cell) > objective.errorShare()));
  }

  /** Whether it holds in most parts of the time: some noisy minutes do not make a wall. */
  private static boolean mostly(Traffic traffic, Predicate<Cell> fails) {
    Cell[] parts = new Cell[PARTS];
    Arrays.setAll(parts, i -> new Cell());
    for (Action action : traffic.actions()) {
      for (Series one : action.parts()) {
        for (Series.Window window : one.windows()) {
          long part = (long) traffic.indexOf(window.start()) * PARTS / traffic.windows();
          parts[(int) part].merge(window.cell());
        }
      }
    }
    List<Cell> seen =
        Arrays.stream(parts).filter(part -> part.count() >= FEWEST_RESPONSES / PARTS).toList();
    return seen.stream().filter(fails).count() >= MOST_FAILING_PARTS * seen.size();
  }

  private static double slowShare(Cell cell, Objective objective) {
    var histogram = cell.histogram();
    return histogram == null ? 0 : histogram.shareAbove(objective.seconds());
  }

  private static double errorShare(Cell cell) {
    return (double) cell.errors() / Math.max(1, cell.count());
  }

  private static String text(double missing, double errors, Objective objective) {
    return missing > 1 - objective.quantile()
        ? String.format(
            Locale.ROOT,
            "%.1f %% of responses take longer than %s",
            100 * missing,
            Wording.duration(objective.seconds()))
        : String.format(Locale.ROOT, "%.1f %% of requests fail", 100 * errors);
  }

  /** The operations that miss it, by their share of all misses. */
  private static List<Wall.Cause> slowest(
      Traffic traffic, List<Cell> byAction, Objective objective) {
    List<Action> actions = traffic.actions();
    double[] misses = byAction.stream().mapToDouble(cell -> misses(cell, objective)).toArray();
    double all = Math.max(1, IntStream.range(0, misses.length).mapToDouble(i -> misses[i]).sum());
    return IntStream.range(0, misses.length)
        .filter(i -> misses[i] >= SMALLEST_MISS * all)
        .mapToObj(
            i -> new Wall.Cause(Wall.Cause.What.OPERATION, actions.get(i).name(), misses[i] / all))
        .sorted((a, b) -> Double.compare(b.share(), a.share()))
        .limit(3)
        .toList();
  }

  private static double misses(Cell cell, Objective objective) {
    var histogram = cell.histogram();
    double slow = histogram == null ? 0 : slowShare(cell, objective) * histogram.count();
    return Math.max(slow, (double) cell.errors());
  }
}
