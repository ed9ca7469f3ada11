package headroom.metastability;

import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.rollup.Cell;
import headroom.store.History;
import headroom.store.Series;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How the callers of one operation behave when calls fail, learnt from the moments in which they
 * did.
 *
 * <p>A request that fails for good has made all its attempts, so the most repeats ever seen in one
 * request tell how many there are; along a chain of services they multiply by themselves, for the
 * repeats of a whole trace are counted. A budget shows in that most failed attempts are not
 * repeated: of F failed attempts R are, and R / F is (n − 1) / n or more without one.
 *
 * @param amplification attempts for each call when all fail; 1 where calls are never repeated
 * @param timeoutSeconds after which attempts were given up; 0 where none was seen to be
 * @param isKnown whether enough calls failed to tell; otherwise the amplification is an assumption
 */
record RetryBehaviour(double amplification, double timeoutSeconds, boolean isKnown) {
  /** Assumed where nothing failed: the usual default of clients, three attempts. */
  static final double ASSUMED = 3;

  private static final long FEWEST_FAILED = 20;

  /** Of the calls of a window: fewer failures than these are the everyday ones. */
  private static final double FAULT = 0.2;

  /** Attempts of a call that failed for good, over the most that were seen, without a budget. */
  private static final double UNBOUNDED = 0.95;

  /** Times of one attempt that lie so near to the longest one were cut off together. */
  private static final double CUT_OFF = 0.93;

  private static final long FEWEST_CUT_OFF = 10;
  private static final double CUT_OFF_SHARE = 0.03;

  /** Of each operation of each service whose calls were seen. */
  static Map<Name, RetryBehaviour> of(History history) {
    Map<Name, Calls> calls = new HashMap<>();
    for (Series series : history.of(Measure.ACTION_RETRIES)) {
      Calls of = calls.computeIfAbsent(Name.of(series.key()), unused -> new Calls());
      series.windows().forEach(window -> of.repeats(window.start()).merge(window.cell()));
    }
    for (Series series : history.of(Measure.CALL)) {
      calls.computeIfAbsent(Name.of(series.key()), unused -> new Calls()).edge(series);
    }
    Map<Name, RetryBehaviour> learnt = new HashMap<>();
    calls.forEach((name, of) -> learnt.put(name, of.learnt()));
    return learnt;
  }

  record Name(String service, String operation) {
    static Name of(SeriesKey key) {
      return new Name(key.service(), key.subject());
    }
  }

  /** What was seen of one operation. */
  private static final class Calls {
    private final TreeMap<Long, Cell> repeats = new TreeMap<>();
    private @Nullable Series worstEdge;
    private long mostFailed;
    private double timeout;

    Cell repeats(long window) {
      return repeats.computeIfAbsent(window, unused -> new Cell());
    }

    /** Of a chain of calls the last one fails most often: it is what all others repeat. */
    void edge(Series edge) {
      Cell failing = new Cell();
      edge.windows().stream()
          .map(Series.Window::cell)
          .filter(Calls::isFault)
          .forEach(failing::merge);
      if (failing.errors() > mostFailed) {
        mostFailed = failing.errors();
        worstEdge = edge;
        timeout = timeout(failing);
      }
    }

    private static boolean isFault(Cell attempts) {
      return attempts.errors() > FAULT * attempts.count();
    }

    /** The longest attempts, where so many last equally long that they were cut off. */
    private static double timeout(Cell failing) {
      var histogram = failing.histogram();
      double cut =
          histogram == null ? 0 : histogram.shareAbove(CUT_OFF * failing.max()) * failing.count();
      return cut >= Math.max(FEWEST_CUT_OFF, CUT_OFF_SHARE * failing.errors()) ? failing.max() : 0;
    }

    RetryBehaviour learnt() {
      double failed = 0;
      double repeated = 0;
      double most = 0;
      double perCall = 0;
      for (Cell[] window : faults()) {
        failed += window[0].errors();
        repeated += window[1].sum();
        most = Math.max(most, window[1].max());
        // A call that was touched failed at least once.
        double touched = Math.min(window[0].errors(), window[1].count());
        if (touched >= FEWEST_FAILED) {
          perCall = Math.max(perCall, window[1].sum() / touched);
        }
      }
      if (failed < FEWEST_FAILED) {
        return new RetryBehaviour(repeats.isEmpty() ? 1 : ASSUMED, timeout, false);
      }
      double attemptsOfEach = 1 + most;
      double bounded = 1 + repeated / Math.max(1, failed - repeated);
      boolean budget = bounded < UNBOUNDED * attemptsOfEach;
      return new RetryBehaviour(
          budget ? Math.min(bounded, 1 + perCall) : attemptsOfEach, timeout, true);
    }

    /** Attempts and repeats of the windows in which calls failed, and of those next to them. */
    private List<Cell[]> faults() {
      List<Cell[]> faults = new ArrayList<>();
      List<Series.Window> windows = worstEdge == null ? List.of() : worstEdge.windows();
      for (int i = 0; i < windows.size(); i++) {
        Cell again = repeats.get(windows.get(i).start());
        if (again != null
            && (isFaultAt(windows, i - 1) || isFaultAt(windows, i) || isFaultAt(windows, i + 1))) {
          faults.add(new Cell[] {windows.get(i).cell(), again});
        }
      }
      return faults;
    }

    private static boolean isFaultAt(List<Series.Window> windows, int i) {
      return i >= 0 && i < windows.size() && isFault(windows.get(i).cell());
    }
  }
}
