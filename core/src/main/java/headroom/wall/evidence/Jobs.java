package headroom.wall.evidence;

import static headroom.wall.belief.JobUse.CLEAR_USE;
import static headroom.wall.belief.JobUse.EDGE;
import static headroom.wall.belief.JobUse.FEWEST_JOB_ROWS;
import static headroom.wall.belief.JobUse.LONGEST_GAP_SECONDS;
import static headroom.wall.belief.JobUse.LOWEST_LOAD_BESIDE;
import static headroom.wall.belief.JobUse.MOST_TIME_OF_STRETCHES;
import static headroom.wall.belief.JobUse.OVERLOADED;
import static headroom.wall.belief.JobUse.RUN_TO_RUN;
import static headroom.wall.belief.JobUse.SHORTEST_STRETCH;
import static headroom.wall.belief.JobUse.STANDS_OUT;
import static headroom.wall.belief.JobUse.STANDS_OUT_OF_EXPECTED;

import headroom.model.Station;
import headroom.stats.Quantiles;
import headroom.wall.evidence.StationUse.Sample;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Use that comes and goes without the traffic: stretches of time in which a station is far busier
 * than its demand explains, beginning and ending from one row to the next, and those in which
 * {@link JobOperations} are at work.
 *
 * <pre>
 *   busy  ▂▂▂▇▇▇▇▂▂▃▃▄▄▅▅▄▄▃▃▂▂     outside of them: demand, holds, response times
 *   load  ▁▁▁▁▁▁▂▂▂▃▃▄▄▅▅▄▄▃▃▂▂     within: what is used beside the traffic, and at which load
 * </pre>
 *
 * <p>A system that must bear this has two walls: that of its peak without them, and the one with
 * their use added, at the highest load that was seen beside it.
 */
public final class Jobs {
  private final Traffic traffic;
  private final int rowWindows;
  private final BitSet within;
  private final BitSet around = new BitSet();

  private Jobs(Traffic traffic, int rowWindows, BitSet within) {
    this.traffic = traffic;
    this.rowWindows = rowWindows;
    this.within = within;
    for (int[] run : runs(within)) {
      around.set(
          Math.max(0, run[0] - rowWindows), Math.min(traffic.windows(), run[1] + rowWindows));
    }
  }

  /** No jobs. */
  public static Jobs none(Traffic traffic) {
    return new Jobs(traffic, 1, new BitSet());
  }

  /**
   * Looks for them.
   *
   * @param named windows in which operations of jobs are at work
   * @param overloaded windows in which the load alone is too much: what is used then is the
   *     traffic's own
   */
  public static Jobs of(
      List<StationUse> uses,
      Traffic traffic,
      double peakPerSecond,
      BitSet named,
      BitSet overloaded) {
    BitSet within = new BitSet();
    int rowWindows = 1;
    for (StationUse use : uses) {
      if (use.samples().size() >= FEWEST_JOB_ROWS) {
        Sample row = use.samples().getFirst();
        rowWindows = Math.max(rowWindows, row.to() - row.from());
        within.or(standingOut(use, traffic, peakPerSecond));
      }
    }
    if (within.intersects(overloaded)) {
      for (int[] run : runs(within)) {
        if (overloaded.get(run[0], run[1]).cardinality() > OVERLOADED * (run[1] - run[0])) {
          within.clear(run[0], run[1]);
        }
      }
    }
    within.or(named);
    closeGaps(within, Math.max(1, LONGEST_GAP_SECONDS / traffic.windowSeconds()));
    boolean usual = within.cardinality() > MOST_TIME_OF_STRETCHES * traffic.windows();
    return new Jobs(traffic, rowWindows, usual ? new BitSet() : within);
  }

  private static BitSet standingOut(StationUse use, Traffic traffic, double peakPerSecond) {
    DemandFit fit = DemandFit.of(use, traffic, peakPerSecond);
    List<Sample> rows = use.samples();
    double[] away = new double[rows.size()];
    boolean[] high = new boolean[rows.size()];
    for (int i = 0; i < away.length; i++) {
      away[i] = rows.get(i).busy() - fit.expected(rows.get(i));
    }
    double sigma = Quantiles.robustSigma(away);
    for (int i = 0; i < away.length; i++) {
      double expected = rows.get(i).busy() - away[i];
      high[i] = away[i] > STANDS_OUT * sigma && away[i] > STANDS_OUT_OF_EXPECTED * expected;
    }
    var found = new BitSet();
    for (int from = 0; from < high.length; from++) {
      int to = from;
      double sum = 0;
      while (to < high.length && high[to]) {
        sum += away[to++];
      }
      if (to - from >= SHORTEST_STRETCH) {
        double least = EDGE * sum / (to - from);
        // One row may be cut in half by the beginning or the end.
        boolean begins = from < 2 || away[from - 2] < least;
        boolean ends = to + 1 >= high.length || away[to + 1] < least;
        if (begins && ends) {
          found.set(rows.get(from).from(), rows.get(to - 1).to());
        }
      }
      from = Math.max(from, to);
    }
    return found;
  }

  private static void closeGaps(BitSet windows, int longest) {
    for (int end = windows.nextClearBit(windows.nextSetBit(0) + 1); ; ) {
      int next = windows.nextSetBit(end);
      if (next < 0) {
        return;
      }
      if (next - end <= longest) {
        windows.set(end, next);
      }
      end = windows.nextClearBit(next);
    }
  }

  private static List<int[]> runs(BitSet within) {
    List<int[]> runs = new ArrayList<>();
    for (int from = within.nextSetBit(0); from >= 0; ) {
      int to = within.nextClearBit(from);
      runs.add(new int[] {from, to});
      from = within.nextSetBit(to);
    }
    return runs;
  }

  public boolean isEmpty() {
    return within.isEmpty();
  }

  /** Windows in which they run. */
  public boolean during(int window) {
    return within.get(window);
  }

  /** Windows in which they run, and a row before and after. */
  public boolean near(int window) {
    return around.get(window);
  }

  /** Whether none of these windows is near them. */
  boolean outside(int from, int to) {
    int next = around.nextSetBit(from);
    return next < 0 || next >= to;
  }

  /** The same station seen only outside of them. */
  public StationUse without(StationUse use) {
    return isEmpty()
        ? use
        : use.withSamples(
            use.samples().stream().filter(row -> outside(row.from(), row.to())).toList());
  }

  /**
   * The run beside which there is least room; empty where nothing is used beside the traffic.
   *
   * @param stations their use at all times, and their demand outside of jobs
   */
  public Optional<Beside> worst(List<Watched> stations) {
    double highest = highestLoad(0, traffic.windows());
    Optional<Beside> worst = Optional.empty();
    double least = Double.POSITIVE_INFINITY;
    for (int[] run : runs(within)) {
      Beside beside = beside(run, stations, highest);
      double room = room(beside, stations);
      if (room < least) {
        least = room;
        worst = Optional.of(beside);
      }
    }
    return worst;
  }

  private Beside beside(int[] run, List<Watched> stations, double highest) {
    Map<Station, Extra> extra = new HashMap<>();
    for (Watched station : stations) {
      extra.put(station.use().station(), extra(run, station));
    }
    double share = highest > 0 ? highestLoad(run[0], run[1]) / highest : 1;
    double ofTime = (double) within.cardinality() / traffic.windows();
    return new Beside(extra, Math.clamp(share, LOWEST_LOAD_BESIDE, 1.0), ofTime);
  }

  private static Extra extra(int[] run, Watched station) {
    double[] away =
        station.use().samples().stream()
            .filter(row -> row.from() >= run[0] && row.to() <= run[1])
            .mapToDouble(row -> row.busy() - station.fit().expected(row))
            .toArray();
    if (away.length == 0) {
      return Extra.NONE;
    }
    double mean = Quantiles.mean(away);
    double squares = 0;
    for (double one : away) {
      squares += (one - mean) * (one - mean);
    }
    double error = Math.sqrt(squares / Math.max(1, away.length - 1) / away.length);
    return mean > CLEAR_USE * error
        ? new Extra(mean, Math.hypot(error, RUN_TO_RUN * mean))
        : Extra.NONE;
  }

  /** The highest mean load over the length of a row. */
  private double highestLoad(int from, int to) {
    int length = Math.min(rowWindows, to - from);
    double highest = 0;
    for (int at = from; at + length <= to; at++) {
      highest = Math.max(highest, traffic.perSecond(at, at + length));
    }
    return highest;
  }

  private static double room(Beside beside, List<Watched> stations) {
    double least = Double.POSITIVE_INFINITY;
    for (Watched station : stations) {
      double busy = beside.of(station.use().station()).busy();
      if (busy > 0) {
        Demand demand = station.fit().central();
        double free = station.use().usableServers() - demand.background() - busy;
        least = Math.min(least, free / demand.atPeak() / beside.shareOfPeak());
      }
    }
    return least;
  }

  /**
   * What is used beside the traffic for a while.
   *
   * @param extra by station
   * @param shareOfPeak the highest load seen beside it, as a share of the highest of all
   * @param shareOfTime of what was seen, in which there are jobs
   */
  public record Beside(Map<Station, Extra> extra, double shareOfPeak, double shareOfTime) {
    public Beside {
      extra = Map.copyOf(extra);
    }

    public Extra of(Station station) {
      return extra.getOrDefault(station, Extra.NONE);
    }
  }

  /**
   * Servers of one station that something else than the traffic keeps busy.
   *
   * @param deviation standard deviation of what they are believed to be
   */
  public record Extra(double busy, double deviation) {
    static final Extra NONE = new Extra(0, 0);
  }
}
