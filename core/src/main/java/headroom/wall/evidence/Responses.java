package headroom.wall.evidence;

import static headroom.wall.belief.ResponseTimes.MINUTES_UP_TO_SECONDS;
import static headroom.wall.belief.ResponseTimes.NEAR_FAILING;
import static headroom.wall.belief.ResponseTimes.UNUSUALLY_SLOW;

import headroom.rollup.Cell;
import headroom.rollup.ExponentialHistogram;
import headroom.stats.Quantiles;
import headroom.store.Series;
import headroom.wall.evidence.Traffic.Action;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * How long responses take while nothing is full: what the waits of a higher load are added to.
 *
 * <p>Left out are a warm-up at the beginning of a short history (windows whose p95 is more than
 * twice the usual one) and, when the objective is near or beyond failing, the busier half of the
 * windows and what is unusually slow in the other. So is the time around jobs.
 *
 * @param byAction response times, in the order of the traffic's actions
 * @param meanPerSecond load in the windows that were kept
 * @param settledFrom the first window after the warm-up
 * @param missing share of these responses that miss the objective
 */
public record Responses(
    List<Cell> byAction, double meanPerSecond, int settledFrom, double missing) {
  public Responses {
    byAction = List.copyOf(byAction);
  }

  public static Responses of(Traffic traffic, Deadline deadline, Jobs jobs) {
    return of(traffic, deadline, jobs, new BitSet());
  }

  /**
   * The same without further time.
   *
   * @param disturbed windows that are left out as well
   */
  public static Responses of(Traffic traffic, Deadline deadline, Jobs jobs, BitSet disturbed) {
    IntPredicate usable = window -> !jobs.near(window) && !disturbed.get(window);
    double[] tails = tails(traffic);
    int settled = settledFrom(traffic, tails);
    Responses all =
        within(traffic, deadline, settled, window -> window >= settled && usable.test(window));
    if (all.missing <= NEAR_FAILING * deadline.mayMiss()) {
      return all;
    }
    double[] loads =
        IntStream.range(settled, traffic.windows())
            .filter(usable)
            .mapToDouble(window -> traffic.perSecond(window, window + 1))
            .filter(load -> load > 0)
            .toArray();
    double middle = Quantiles.median(loads);
    int[] low =
        IntStream.range(settled, traffic.windows())
            .filter(usable)
            .filter(window -> traffic.perSecond(window, window + 1) <= middle)
            .toArray();
    // After an overload the backlog of earlier requests makes a time of little load slow.
    double usual = Quantiles.median(Arrays.stream(low).mapToDouble(i -> tails[i]).toArray());
    BitSet kept = new BitSet();
    Arrays.stream(low).filter(i -> tails[i] <= UNUSUALLY_SLOW * usual).forEach(kept::set);
    Responses calm = within(traffic, deadline, settled, kept::get);
    return calm.missing < all.missing ? calm : all;
  }

  /** How many there are. */
  public long count() {
    return byAction.stream().mapToLong(Cell::count).sum();
  }

  /** Those of the time in which jobs are at work. */
  public static Responses besideJobs(Traffic traffic, Deadline deadline, Jobs jobs) {
    return within(traffic, deadline, 0, jobs::during);
  }

  private static Responses within(
      Traffic traffic, Deadline deadline, int settled, IntPredicate wanted) {
    List<Cell> byAction = new ArrayList<>();
    Cell together = new Cell();
    for (Action action : traffic.actions()) {
      Cell cell = new Cell();
      for (Series part : action.parts()) {
        for (Series.Window window : part.windows()) {
          if (wanted.test(traffic.indexOf(window.start()))) {
            cell.merge(window.cell());
          }
        }
      }
      byAction.add(cell);
      together.merge(cell);
    }
    long windows = IntStream.range(0, traffic.windows()).filter(wanted).count();
    double seconds = Math.max(1, windows) * (double) traffic.windowSeconds();
    ExponentialHistogram histogram = together.histogram();
    double missing = histogram == null ? 0 : histogram.shareAbove(deadline.seconds());
    return new Responses(byAction, together.count() / seconds, settled, missing);
  }

  /** p95 of all responses by window; 0 where there were none. */
  private static double[] tails(Traffic traffic) {
    Cell[] windows = new Cell[traffic.windows()];
    Arrays.setAll(windows, i -> new Cell());
    for (Action action : traffic.actions()) {
      for (Series part : action.parts()) {
        part.windows().forEach(w -> windows[traffic.indexOf(w.start())].merge(w.cell()));
      }
    }
    return Arrays.stream(windows).mapToDouble(cell -> cell.quantile(0.95).orElse(0)).toArray();
  }

  private static int settledFrom(Traffic traffic, double[] tails) {
    if (traffic.spanSeconds() > MINUTES_UP_TO_SECONDS) {
      return 0;
    }
    double usual = Quantiles.median(tails);
    int settled = 0;
    while (settled < tails.length / 3 && tails[settled] > UNUSUALLY_SLOW * usual) {
      settled++;
    }
    return settled;
  }
}
