package headroom.ledger;

import headroom.rollup.Cell;
import headroom.store.Series;
import headroom.wall.Objective;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The load of every stretch of time and whether the objective held then: what reality had to say.
 *
 * <p>The objective has met a wall when it failed in two stretches in a row at about the highest
 * load so far: what fails at a load that held before is an incident, not a limit.
 */
public final class LoadRecord {
  /** Fewer requests than these say nothing about a tail. */
  private static final long FEWEST_REQUESTS = 500;

  private static final double ABOUT_THE_HIGHEST = 0.95;

  private final int stretchSeconds;
  private final Objective objective;
  private final TreeMap<Long, Cell> stretches = new TreeMap<>();

  /** An empty record of stretches this long. */
  public LoadRecord(int stretchSeconds, Objective objective) {
    this.stretchSeconds = stretchSeconds;
    this.objective = objective;
  }

  /** The objective that a stretch is judged by. */
  Objective objective() {
    return objective;
  }

  /** Adds a series of root operations. */
  public void add(Series series) {
    for (Series.Window window : series.windows()) {
      long start = Math.floorDiv(window.start(), (long) stretchSeconds) * stretchSeconds;
      stretches.computeIfAbsent(start, unused -> new Cell()).merge(window.cell());
    }
  }

  /** The highest load after a moment that held, per second. */
  OptionalDouble highestHeld(Instant after) {
    return since(after).values().stream()
        .filter(cell -> cell.count() >= FEWEST_REQUESTS && !fails(cell))
        .mapToDouble(this::perSecond)
        .max();
  }

  /** The first break after a moment. */
  Optional<Broken> firstBreak(Instant after) {
    double held = 0;
    @Nullable Broken begun = null;
    for (Map.Entry<Long, Cell> stretch : stretches.entrySet()) {
      Cell cell = stretch.getValue();
      if (cell.count() < FEWEST_REQUESTS) {
        continue;
      }
      Instant start = Instant.ofEpochSecond(stretch.getKey());
      double load = perSecond(cell);
      if (!fails(cell)) {
        held = Math.max(held, load);
        begun = null;
      } else if (start.isBefore(after) || load < ABOUT_THE_HIGHEST * held) {
        begun = null;
      } else if (begun != null && begun.at.plusSeconds(stretchSeconds).equals(start)) {
        return Optional.of(begun);
      } else {
        begun = new Broken(start, load);
      }
    }
    return Optional.empty();
  }

  /** When a load was first reached after a moment, held or not. */
  Optional<Instant> reached(double load, Instant after) {
    return since(after).entrySet().stream()
        .filter(stretch -> perSecond(stretch.getValue()) >= load)
        .map(stretch -> Instant.ofEpochSecond(stretch.getKey()))
        .findFirst();
  }

  /** The end of what was seen; the epoch when nothing was. */
  Instant end() {
    return stretches.isEmpty()
        ? Instant.EPOCH
        : Instant.ofEpochSecond(stretches.lastKey() + stretchSeconds);
  }

  private Map<Long, Cell> since(Instant after) {
    return stretches.tailMap(after.getEpochSecond(), true);
  }

  private double perSecond(Cell cell) {
    return (double) cell.count() / stretchSeconds;
  }

  private boolean fails(Cell cell) {
    if (cell.errors() > objective.errorShare() * cell.count()) {
      return true;
    }
    var histogram = cell.histogram();
    return histogram != null
        && histogram.shareAbove(objective.seconds()) > 1 - objective.quantile();
  }

  /** When and at which load the objective failed. */
  record Broken(Instant at, double perSecond) {}
}
