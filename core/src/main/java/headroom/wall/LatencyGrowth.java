package headroom.wall;

import headroom.model.Measure;
import headroom.queueing.ProcessorSharing;
import headroom.rollup.Cell;
import headroom.stats.Regression;
import headroom.store.History;
import headroom.store.Series;
import headroom.wall.StationUse.Discipline;
import headroom.wall.Traffic.Action;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * By how much responses take longer at the peak than without load, beyond what the reported
 * stations explain: what waits for something that nobody reports.
 *
 * <p>In rows of time, L(λ) − Σ_p D_p (g_p(ρ) − 1) − W = L₀ + s λ + ε, with L the mean response time
 * at the usual mix, D_p the seconds of processor p that a request needs, g_p its slowdown by
 * sharing, and W the measured wait for connections.
 *
 * @param atPeak s λ at the peak, seconds
 * @param deviation standard deviation of that, seconds
 * @param latency mean response time at the usual mix, seconds
 * @param leastShare the least load, as a share of the peak
 */
record LatencyGrowth(double atPeak, double deviation, double latency, double leastShare) {
  private static final int FEWEST_ROWS = 12;
  private static final int WANTED_ROWS = 40;
  private static final int LONGEST_ROW_SECONDS = 600;
  private static final double SMALLEST_RANGE = 1.3;
  private static final double USABLE_CORES = 0.95;
  private static final double MOST_BUSY = 0.95;
  private static final double NOISE_DEGREES = 4;

  /** Standard deviations from which on growth is believed. */
  private static final double CERTAIN = 2.5;

  private static final double ONE_SIDED_95 = 1.64;

  /** What else makes responses grow does so without an end that is known. */
  private static final double CHANCE_OF_ONE_SERVER = 0.8;

  /** What the history says; empty where it is too short or the load hardly varies. */
  static Optional<LatencyGrowth> of(
      History history,
      Traffic traffic,
      Jobs jobs,
      List<StationUse> uses,
      List<DemandFit> fits,
      double peak) {
    int perRow =
        Math.max(
            1,
            Math.min(
                LONGEST_ROW_SECONDS / traffic.windowSeconds(), traffic.windows() / WANTED_ROWS));
    int rows = (traffic.windows() - 2) / perRow;
    if (rows < FEWEST_ROWS) {
      return Optional.empty();
    }
    double[] latency = latency(traffic, perRow, rows);
    double[] waits = seconds(history, Measure.POOL_WAIT, traffic, perRow, rows);
    long[] instances =
        uses.stream().mapToLong(use -> Math.max(1, instances(history, use.service()))).toArray();
    List<double[]> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (int row = 0; row < rows; row++) {
      int from = 1 + row * perRow;
      double load = traffic.perSecond(from, from + perRow);
      if (load <= 0 || !jobs.outside(from, from + perRow)) {
        continue;
      }
      double arrived = load * perRow * traffic.windowSeconds();
      double explained = waits[row] / arrived;
      for (int k = 0; k < uses.size(); k++) {
        explained += instances[k] * slowdown(uses.get(k), fits.get(k), load / peak, peak);
      }
      x.add(new double[] {1, load / peak});
      y.add(latency[row] - explained);
      least = Math.min(least, load);
      most = Math.max(most, load);
    }
    if (x.size() < FEWEST_ROWS || most < SMALLEST_RANGE * least) {
      return Optional.empty();
    }
    double mean = y.stream().mapToDouble(value -> value).average().orElse(0);
    double[] weights = x.stream().mapToDouble(row -> row[1]).toArray();
    var prior =
        new Regression.Prior(
            new double[] {mean, 0}, new double[] {mean, mean}, 0.02 * mean, NOISE_DEGREES);
    Regression fit =
        Regression.fit(
            x.toArray(double[][]::new),
            y.stream().mapToDouble(value -> value).toArray(),
            weights,
            prior);
    return Optional.of(
        new LatencyGrowth(
            fit.coefficient(1), fit.standardDeviation(1), mean, Math.min(1, least / peak)));
  }

  boolean isCertain() {
    return atPeak > CERTAIN * deviation;
  }

  /** The lowest multiple at which one server that all requests visit one by one would be full. */
  double fullAt(double peakPerSecond) {
    double grown = Math.max(0, atPeak + ONE_SIDED_95 * deviation);
    return 1 / HiddenServer.utilizationAtPeak(grown, leastShare, peakPerSecond);
  }

  /** That server, as it breaks after so long a wait. */
  HiddenServer server(double peakPerSecond, double patience) {
    return new HiddenServer(
        atPeak, deviation, leastShare, peakPerSecond, patience, CHANCE_OF_ONE_SERVER);
  }

  double share() {
    return atPeak / latency;
  }

  /** Over how many instances the work of a service is spread, by who reports processor time. */
  private static long instances(History history, String service) {
    return history.of(Measure.CPU_TIME).stream()
        .filter(series -> series.key().service().equals(service))
        .map(series -> series.key().instance())
        .distinct()
        .count();
  }

  /**
   * By how much sharing this processor makes a request longer, had one instance all of them: the
   * demand is that of the busiest instance for a request of all.
   */
  private static double slowdown(StationUse use, DemandFit fit, double multiple, double peak) {
    if (use.discipline() != Discipline.SHARE) {
      return 0;
    }
    double servers = use.servers().orElseThrow();
    int cores = Math.max(1, (int) Math.round(servers));
    Demand demand = fit.central();
    double busy = Math.min(MOST_BUSY, demand.busyAt(multiple) / (USABLE_CORES * servers));
    return demand.atPeak() / peak * (ProcessorSharing.meanSlowdown(cores, busy) - 1);
  }

  /** Mean response time by row, as if the mix were always the usual one. */
  private static double[] latency(Traffic traffic, int perRow, int rows) {
    double all = Arrays.stream(traffic.totals()).sum();
    double[] latency = new double[rows];
    for (Action action : traffic.actions()) {
      Cell[] cells = byRow(action.parts(), traffic, perRow, rows);
      double share = action.total().count() / all;
      double usual = action.total().sum() / Math.max(1, action.total().count());
      for (int row = 0; row < rows; row++) {
        long count = cells[row].count();
        latency[row] += share * (count == 0 ? usual : cells[row].sum() / count);
      }
    }
    return latency;
  }

  private static double[] seconds(
      History history, Measure measure, Traffic traffic, int perRow, int rows) {
    Cell[] cells = byRow(history.of(measure), traffic, perRow, rows);
    return Arrays.stream(cells).mapToDouble(Cell::sum).toArray();
  }

  private static Cell[] byRow(List<Series> parts, Traffic traffic, int perRow, int rows) {
    Cell[] cells = new Cell[rows];
    Arrays.setAll(cells, row -> new Cell());
    for (Series part : parts) {
      for (Series.Window window : part.windows()) {
        int row = Math.floorDiv(traffic.indexOf(window.start()) - 1, perRow);
        if (row >= 0 && row < rows) {
          cells[row].merge(window.cell());
        }
      }
    }
    return cells;
  }
}
