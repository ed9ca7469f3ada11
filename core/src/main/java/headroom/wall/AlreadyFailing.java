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
import headroom.wall.evidence.Responses;
import headroom.wall.evidence.Traffic;
import headroom.wall.evidence.Traffic.Action;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** The wall that is behind already: an objective that fails even in the calmer half of the time. */
final class AlreadyFailing {
  private static final Station STATION = new Station("", StationKind.OBJECTIVE, "");

  /** The time is cut into so many parts, of which this share must fail. */
  private static final int PARTS = 8;

  private AlreadyFailing() {}

  static Optional<Wall> wall(
      Traffic traffic, Responses responses, Objective objective, double peakPerSecond) {
    long count = responses.byAction().stream().mapToLong(Cell::count).sum();
    double errors = responses.byAction().stream().mapToDouble(Cell::errors).sum() / count;
    boolean slow = responses.missing() > 1 - objective.quantile();
    boolean wrong = errors > objective.errorShare();
    if (count < FEWEST_RESPONSES
        || !(slow || wrong)
        || !(mostly(traffic, cell -> slowShare(cell, objective) > 1 - objective.quantile())
            || mostly(traffic, cell -> errorShare(cell) > objective.errorShare()))) {
      return Optional.empty();
    }
    // It fails at the lowest load that was seen: the wall lies there or below.
    double lowest =
        IntStream.range(0, traffic.windows())
            .mapToDouble(window -> traffic.perSecond(window, window + 1))
            .filter(load -> load > 0)
            .min()
            .orElse(peakPerSecond);
    double highest = Math.min(1, lowest / peakPerSecond);
    var multiple = new Estimate(0, highest, highest, COVERAGE);
    return Optional.of(
        new Wall(
            STATION,
            Today.UNKNOWN,
            new Claim(multiple, null, Confidence.MEASURED, 1),
            new Story(
                text(responses.missing(), errors, slow, objective),
                slowest(traffic, responses, objective),
                List.of("no growth is needed: it fails at every load that was seen"),
                null),
            Wall.When.NOT_ASKED));
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
    return (double) cell.errors() / cell.count();
  }

  private static String text(double missing, double errors, boolean slow, Objective objective) {
    return slow
        ? String.format(
            Locale.ROOT,
            "%.1f %% of responses take longer than %s already",
            100 * missing,
            Wording.duration(objective.seconds()))
        : String.format(Locale.ROOT, "%.1f %% of requests fail already", 100 * errors);
  }

  /** The operations that miss it, by their share of all misses. */
  private static List<Wall.Cause> slowest(
      Traffic traffic, Responses responses, Objective objective) {
    List<Action> actions = traffic.actions();
    double[] misses =
        responses.byAction().stream().mapToDouble(cell -> misses(cell, objective)).toArray();
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
