package headroom.wall.evidence;

import static headroom.wall.belief.ResponseTimes.FEWEST_RESPONSES;
import static headroom.wall.belief.Sightings.BAND;
import static headroom.wall.belief.Sightings.CLEARLY;
import static headroom.wall.belief.Sightings.FEWEST_ROWS;
import static headroom.wall.belief.Sightings.LONGER_THAN_DISTURBANCE_SECONDS;
import static headroom.wall.belief.Sightings.LONGEST_ROW_SECONDS;
import static headroom.wall.belief.Sightings.MOST_FAIL;
import static headroom.wall.belief.Sightings.MOST_HOLD_BELOW;
import static headroom.wall.belief.Sightings.SHORTEST_ROW_SECONDS;
import static headroom.wall.belief.Sightings.WANTED_IN_ROW;

import headroom.rollup.Cell;
import headroom.store.Series;
import headroom.wall.evidence.Traffic.Action;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;

/**
 * What was seen of the objective itself, whatever stations tell: the highest load at which it held,
 * and the load from which on it failed. No wall contradicts these.
 *
 * <pre>
 *   load     0.4 0.6 0.8 1.0      1.2 1.3 1.5
 *   misses   .1% .1% .2% .4%      3 % 9 % 40%
 *                        ↑ held   ↑ failed
 * </pre>
 *
 * <p>Rows of time are judged in bands of about the same load, since a row alone has too few
 * requests. More misses in a queue make a convex curve over load: rows that hold together hold at
 * their mean load. Failing is because of the load where nearly all rows at that load and above
 * fail, for longer than a disturbance lasts, and most below hold.
 *
 * @param held as a multiple of the peak; empty where too little was seen
 * @param failed as a multiple of the peak; empty where it did not fail, or not because of the load
 * @param failing windows in which it failed at such a load
 */
public record Witness(OptionalDouble held, OptionalDouble failed, BitSet failing) {
  /** Nothing was seen of the objective. */
  public static final Witness NONE =
      new Witness(OptionalDouble.empty(), OptionalDouble.empty(), new BitSet());

  /**
   * What was seen in the windows that are wanted.
   *
   * @param errorShare which share of requests may fail
   */
  public static Witness of(
      Traffic traffic, Deadline deadline, double errorShare, double peak, IntPredicate wanted) {
    List<Row> rows = rows(traffic, deadline, errorShare, wanted);
    rows.sort(Comparator.comparingDouble(Row::load));
    OptionalDouble held = held(rows);
    int from = failingFrom(rows, held, traffic.windowSeconds());
    if (from < 0) {
      return new Witness(times(held, 1 / peak), OptionalDouble.empty(), new BitSet());
    }
    var failing = new BitSet();
    rows.subList(from, rows.size()).forEach(row -> failing.set(row.from, row.to));
    double failed = Band.above(rows, from).meanLoad();
    return new Witness(times(held, 1 / peak), OptionalDouble.of(failed / peak), failing);
  }

  private static OptionalDouble times(OptionalDouble value, double factor) {
    return value.isEmpty() ? value : OptionalDouble.of(factor * value.getAsDouble());
  }

  /**
   * One row of time.
   *
   * @param load root operations per second
   */
  private record Row(int from, int to, double load, Misses slow, Misses wrong) {
    boolean fails() {
      return slow.share() > slow.allowed || wrong.share() > wrong.allowed;
    }
  }

  /** How many of so many requests missed what a share of them may miss. */
  private record Misses(double missed, double of, double allowed) {
    double share() {
      return missed / of;
    }

    Misses and(Misses other) {
      return new Misses(missed + other.missed, of + other.of, allowed);
    }

    boolean clearlyFewer() {
      return missed + CLEARLY * Math.sqrt(missed + 1) < allowed * of;
    }

    boolean clearlyMore() {
      return missed - CLEARLY * Math.sqrt(missed + 1) > allowed * of;
    }
  }

  /** Rows of about the same load. */
  private record Band(List<Row> rows) {
    static Band above(List<Row> rising, int lowest) {
      int to = lowest;
      while (to < rising.size() && rising.get(to).load <= BAND * rising.get(lowest).load) {
        to++;
      }
      return new Band(rising.subList(lowest, to));
    }

    private Misses together(boolean slow) {
      return rows.stream()
          .map(row -> slow ? row.slow : row.wrong)
          .reduce(Misses::and)
          .orElseThrow();
    }

    boolean holds() {
      return rows.size() >= FEWEST_ROWS
          && together(true).clearlyFewer()
          && together(false).clearlyFewer();
    }

    boolean fails() {
      Misses slow = together(true);
      return slow.of >= FEWEST_RESPONSES && (slow.clearlyMore() || together(false).clearlyMore());
    }

    double meanLoad() {
      return rows.stream().mapToDouble(Row::load).average().orElseThrow();
    }

    /** The mean load without what chance adds to the rows that were busiest. */
    double surelyMeanLoad() {
      double inRow = rows.stream().mapToDouble(row -> row.slow.of).average().orElseThrow();
      return meanLoad() * (1 - 1 / Math.sqrt(inRow));
    }
  }

  private static List<Row> rows(
      Traffic traffic, Deadline deadline, double errorShare, IntPredicate wanted) {
    int length = rowWindows(traffic);
    int count = traffic.windows() / length;
    Cell[] cells = new Cell[count];
    for (Action action : traffic.actions()) {
      for (Series part : action.parts()) {
        for (Series.Window window : part.windows()) {
          int row = traffic.indexOf(window.start()) / length;
          if (row < count) {
            cells[row] = cells[row] == null ? new Cell() : cells[row];
            cells[row].merge(window.cell());
          }
        }
      }
    }
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int from = i * length;
      boolean whole = true;
      for (int window = from; window < from + length; window++) {
        whole &= wanted.test(window);
      }
      Cell cell = cells[i];
      if (whole && cell != null && cell.count() > 0) {
        var histogram = cell.histogram();
        double slow =
            histogram == null ? 0 : histogram.shareAbove(deadline.seconds()) * cell.count();
        rows.add(
            new Row(
                from,
                from + length,
                traffic.perSecond(from, from + length),
                new Misses(slow, cell.count(), deadline.mayMiss()),
                new Misses(cell.errors(), cell.count(), errorShare)));
      }
    }
    return rows;
  }

  private static int rowWindows(Traffic traffic) {
    double perSecond = Math.max(1e-9, traffic.perSecond(0, traffic.windows()));
    double seconds =
        Math.clamp(WANTED_IN_ROW / perSecond, SHORTEST_ROW_SECONDS, LONGEST_ROW_SECONDS);
    return Math.max(1, (int) Math.ceil(seconds / traffic.windowSeconds()));
  }

  /** The highest load of a band that holds. */
  private static OptionalDouble held(List<Row> rising) {
    double highest = 0;
    for (int i = 0; i < rising.size(); i++) {
      Band band = Band.above(rising, i);
      if (band.holds()) {
        highest = Math.max(highest, band.surelyMeanLoad());
      }
    }
    return highest > 0 ? OptionalDouble.of(highest) : OptionalDouble.empty();
  }

  /** The lowest row from which on it fails because of the load; -1 where it does not. */
  private static int failingFrom(List<Row> rising, OptionalDouble held, int windowSeconds) {
    int all = rising.size();
    int failBelow = (int) rising.stream().filter(Row::fails).count();
    int failAbove = 0;
    double seconds = 0;
    int from = -1;
    for (int i = all - 1; i >= 0 && rising.get(i).load > held.orElse(0); i--) {
      Row row = rising.get(i);
      if (!row.fails()) {
        continue;
      }
      failAbove++;
      failBelow--;
      seconds += (double) (row.to - row.from) * windowSeconds;
      if (seconds >= LONGER_THAN_DISTURBANCE_SECONDS
          && failAbove >= MOST_FAIL * (all - i)
          && i - failBelow >= MOST_HOLD_BELOW * i
          && Band.above(rising, i).fails()) {
        from = i;
      }
    }
    return from;
  }
}
