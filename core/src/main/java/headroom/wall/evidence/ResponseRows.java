package headroom.wall.evidence;

import static headroom.wall.belief.Demands.WANTED_ROWS;
import static headroom.wall.belief.ResponseTimes.LONGEST_ROW_SECONDS;

import headroom.model.Measure;
import headroom.rollup.Cell;
import headroom.store.History;
import headroom.store.Series;
import headroom.wall.evidence.Traffic.Action;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Mean response times in rows of up to ten minutes, as if the mix were always the usual one and
 * without the measured wait for connections.
 *
 * @param loads as multiples of the peak
 * @param seconds in the same order
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record ResponseRows(double[] loads, double[] seconds) {
  /** The rows in which anything arrived and no job ran. */
  static ResponseRows of(History history, Traffic traffic, Jobs jobs, double peak) {
    int perRow =
        Math.max(
            1,
            Math.min(
                LONGEST_ROW_SECONDS / traffic.windowSeconds(), traffic.windows() / WANTED_ROWS));
    int rows = Math.max(0, (traffic.windows() - 2) / perRow);
    double[] latency = latency(traffic, perRow, rows);
    double[] waits = seconds(history, Measure.POOL_WAIT, traffic, perRow, rows);
    List<double[]> found = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      int from = 1 + row * perRow;
      double load = traffic.perSecond(from, from + perRow);
      if (load > 0 && jobs.outside(from, from + perRow)) {
        double arrived = load * perRow * traffic.windowSeconds();
        found.add(new double[] {load / peak, latency[row] - waits[row] / arrived});
      }
    }
    return new ResponseRows(
        found.stream().mapToDouble(row -> row[0]).toArray(),
        found.stream().mapToDouble(row -> row[1]).toArray());
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
