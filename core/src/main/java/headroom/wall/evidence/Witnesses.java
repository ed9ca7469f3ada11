package headroom.wall.evidence;

import static headroom.wall.belief.Witnesses.CONTRADICTION;
import static headroom.wall.belief.Witnesses.CONTRADICTION_ERRORS;
import static headroom.wall.belief.Witnesses.FEWEST_COMPARED;

import headroom.stats.Autocorrelation;
import headroom.stats.Quantiles;
import headroom.wall.evidence.StationUse.Sample;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How busy a station is, told by two witnesses: times of what its servers do, which miss nothing
 * that they know of, and samples of its level, which know of everything but see few moments.
 *
 * @param timed mean of busy servers by the times
 * @param sampled the same by the samples, in the same rows
 * @param error standard error of the mean difference
 */
record Witnesses(double timed, double sampled, double error) {
  /** Both in the rows that they share; empty where these are too few. */
  static Optional<Witnesses> of(List<Sample> timed, List<Sample> sampled) {
    Map<Integer, Double> levels = new HashMap<>();
    sampled.forEach(row -> levels.put(row.from(), row.busy()));
    List<Sample> both = timed.stream().filter(row -> levels.containsKey(row.from())).toList();
    if (both.size() < FEWEST_COMPARED) {
      return Optional.empty();
    }
    double[] differences =
        both.stream()
            .mapToDouble(row -> levels.getOrDefault(row.from(), 0.0) - row.busy())
            .toArray();
    double mean = Quantiles.mean(differences);
    double squares = 0;
    for (double difference : differences) {
      squares += (difference - mean) * (difference - mean);
    }
    int n = differences.length;
    double inflation = Autocorrelation.varianceInflation(Autocorrelation.lagOne(differences));
    double busy = both.stream().mapToDouble(Sample::busy).average().orElseThrow();
    return Optional.of(
        new Witnesses(busy, busy + mean, Math.sqrt(squares / (n - 1) / n * inflation)));
  }

  /**
   * Whether one of them must be wrong.
   *
   * @param more servers that may be sampled busy beyond what is timed
   */
  boolean contradict(double more) {
    double difference = sampled - timed;
    double beyond = difference > 0 ? Math.max(0, difference - more) : -difference;
    return beyond > CONTRADICTION * timed && beyond > CONTRADICTION_ERRORS * error;
  }

  /** How far apart they are, in standard errors of at least a hundredth of what is sampled. */
  double distance() {
    return Math.abs(sampled - timed) / Math.max(error, 0.01 * sampled + 1e-9);
  }

  /** What both say, for a reader. */
  String text(String unit, String times) {
    return String.format(
        Locale.ROOT,
        "%.2g %s are busy on average by %s, %.2g by samples of the level",
        timed,
        unit,
        times,
        sampled);
  }
}
