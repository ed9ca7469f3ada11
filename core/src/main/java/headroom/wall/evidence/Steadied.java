package headroom.wall.evidence;

import static headroom.wall.belief.Cores.BESIDE_PROCESS;
import static headroom.wall.belief.Cores.BESIDE_PROCESS_DEVIATION;
import static headroom.wall.belief.Cores.FEWEST_GAUGED_ROWS;
import static headroom.wall.belief.Cores.GAUGE_NOISE;
import static headroom.wall.belief.Cores.MACHINE_PER_PROCESS_DEVIATION;
import static headroom.wall.belief.Demands.COMES_BY_ITSELF;
import static headroom.wall.belief.Demands.NOISE_DEGREES;

import headroom.stats.Regression;
import headroom.wall.evidence.StationUse.Sample;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How busy a machine is, told by two witnesses: a gauge of all of it, which is sampled and rounded,
 * and the processor time of the one process that does most of its work, which is counted exactly.
 * The gauge says how much more than the process is busy, y = a + f p, the count how that changes.
 */
final class Steadied {
  private Steadied() {}

  /**
   * The rows of the process scaled to the whole machine, where that is known, else those of the
   * machine.
   *
   * @param alike the machine in the same rows, as far as there are samples
   */
  static List<Sample> of(
      List<Sample> process, List<Sample> alike, List<Sample> machine, double cores) {
    Map<Integer, Double> gauge = new HashMap<>();
    alike.forEach(row -> gauge.put(row.from(), row.busy()));
    List<Sample> both = process.stream().filter(row -> gauge.containsKey(row.from())).toList();
    if (both.size() < FEWEST_GAUGED_ROWS || 2 * both.size() < machine.size()) {
      return machine;
    }
    double[][] x = both.stream().map(row -> new double[] {1, row.busy()}).toArray(double[][]::new);
    double[] y = both.stream().mapToDouble(row -> gauge.getOrDefault(row.from(), 0.0)).toArray();
    double[] weights = new double[y.length];
    Arrays.fill(weights, 1);
    var prior =
        new Regression.Prior(
            new double[] {BESIDE_PROCESS * cores, 1},
            new double[] {BESIDE_PROCESS_DEVIATION * cores, MACHINE_PER_PROCESS_DEVIATION},
            GAUGE_NOISE * cores,
            NOISE_DEGREES);
    Regression fit = Regression.fit(x, y, weights, prior);
    if (fit.autocorrelation() > COMES_BY_ITSELF) {
      return machine;
    }
    return process.stream()
        .map(row -> {
          double busy = fit.predict(new double[] {1, row.busy()});
          return new Sample(row.from(), row.to(), Math.max(row.busy(), busy));
        })
        .toList();
  }
}
