package headroom.regime;

import headroom.stats.Autocorrelation;
import java.util.Arrays;
import java.util.Optional;

/**
 * Whether and when a level moved at equal load. Its certainty counts what wanders: the variance of
 * a mean of m blocks is the larger of that of first-order noise and of what means of as many blocks
 * differ before; few blocks are judged by Student's law.
 */
final class StepScan {
  private static final int FEWEST_BEFORE = 8;
  private static final int FEWEST_AFTER = 4;

  /** What is over sooner, such as a process that warms up, is no regime. */
  private static final int SHORTEST_SECONDS = 300;

  /** What of a step must be left in its last quarter. */
  private static final double LASTS = 0.5;

  /** What was so high before, for as long, is nothing new. */
  private static final double HAD_BEEN = 0.5;

  /** Blocks with a load beyond all that was seen before, in logarithms, are not compared. */
  private static final double BEYOND = 0.05;

  /** From so many stretches of the time before it is told how means wander. */
  private static final int RUNS = 8;

  /** Variances of longer means fall with this power of the length; with 1 they would for noise. */
  private static final double LESS = 0.75;

  /** Twice the logarithm of a likelihood ratio within which 90 % of onsets lie. */
  private static final double NINETY_PERCENT = 2.71;

  private static final double LEAST = Double.NEGATIVE_INFINITY;
  private static final double MOST = Double.POSITIVE_INFINITY;

  private final double[] logs;
  private final double[] load;
  private final int from;
  private final int fewestAfter;

  /**
   * @param logs by block; NaN where unknown
   * @param load logarithm of the load in each; NaN where unknown
   * @param from blocks before this are not looked at
   * @param seconds width of a block
   */
  StepScan(double[] logs, double[] load, int from, int seconds) {
    fewestAfter = Math.max(FEWEST_AFTER, Math.ceilDiv(SHORTEST_SECONDS, seconds));
    this.logs = logs;
    this.load = load;
    this.from = from;
  }

  /** The step that stands out most, if it lasted. */
  Optional<Step> best() {
    int[] rows = rows(logs.length, LEAST, MOST);
    if (rows.length < FEWEST_BEFORE + fewestAfter) {
      return Optional.empty();
    }
    EqualLoad.Fit crude = fitted(rows).best(FEWEST_BEFORE, fewestAfter);
    return crude == null ? Optional.empty() : around(rows[crude.tau()], true);
  }

  /** What a step at this block would be, whether it stands out or not. */
  Optional<Step> at(int block) {
    return around(block, false);
  }

  /** Looks again, at loads only that were there before. */
  private Optional<Step> around(int block, boolean anywhere) {
    double[] seen =
        Arrays.stream(rows(block, LEAST, MOST)).mapToDouble(t -> load[t]).sorted().toArray();
    if (seen.length < FEWEST_BEFORE) {
      return Optional.empty();
    }
    int[] rows = rows(logs.length, seen[0] - BEYOND, seen[seen.length - 1] + BEYOND);
    int tau = (int) Arrays.stream(rows).filter(t -> t < block).count();
    if (tau < FEWEST_BEFORE || rows.length - tau < fewestAfter) {
      return Optional.empty();
    }
    EqualLoad level = fitted(rows);
    EqualLoad.Fit fit = anywhere ? level.best(FEWEST_BEFORE, fewestAfter) : level.at(tau);
    if (fit == null || (anywhere && !isNewAndLasts(fit))) {
      return Optional.empty();
    }
    return Optional.of(step(rows, fit));
  }

  /** Known blocks before {@code until}, with loads within these. */
  private int[] rows(int until, double least, double most) {
    int[] rows = new int[Math.max(0, until - from)];
    int n = 0;
    for (int t = from; t < until; t++) {
      if (!Double.isNaN(logs[t]) && load[t] >= least && load[t] <= most) {
        rows[n++] = t;
      }
    }
    return Arrays.copyOf(rows, n);
  }

  private EqualLoad fitted(int[] rows) {
    return EqualLoad.of(
        Arrays.stream(rows).mapToDouble(t -> logs[t]).toArray(),
        Arrays.stream(rows).mapToDouble(t -> load[t]).toArray());
  }

  private static boolean isNewAndLasts(EqualLoad.Fit fit) {
    double[] rest = fit.rest();
    int n = rest.length;
    int after = n - fit.tau();
    int quarter = Math.max(2, after / 4);
    double sign = Math.signum(fit.size());
    double size = Math.abs(fit.size());
    boolean lasts =
        sign * EqualLoad.mean(rest, n - quarter, n) > (LASTS - 1) * size
            && sign * EqualLoad.mean(rest, fit.tau(), fit.tau() + quarter) > (LASTS - 1) * size;
    return lasts && !hadBeen(rest, fit.tau(), Math.min(after, fit.tau() / 3), sign, size);
  }

  private static boolean hadBeen(double[] rest, int until, int length, double sign, double size) {
    int run = Math.max(2, length);
    double level = EqualLoad.mean(rest, 0, until);
    for (int from = 0; from + run <= until; from++) {
      double higher = sign * (EqualLoad.mean(rest, from, from + run) - level);
      if (higher >= HAD_BEEN * size) {
        return true;
      }
    }
    return false;
  }

  private Step step(int[] rows, EqualLoad.Fit fit) {
    double[] rest = fit.rest();
    int n = rest.length;
    double inflation = Autocorrelation.varianceInflation(Autocorrelation.lagOne(rest));
    double squares = Arrays.stream(rest).map(r -> r * r).sum();
    double variance = Math.max(1e-10, squares / Math.max(1, n - 4));
    double sd =
        Math.sqrt(
            Math.max(
                variance * inflation / fit.information(), wander(rest, fit.tau(), n - fit.tau())));
    double t = Math.abs(fit.size()) / sd;
    double freedom = Math.max(3, n / inflation - 4);
    double best = Math.abs(fit.gains()[fit.tau()]);
    double near = NINETY_PERCENT * variance * inflation;
    int low = fit.tau();
    int high = fit.tau();
    for (int i = 0; i < n; i++) {
      if (Math.signum(fit.size()) * fit.gains()[i] >= best - near) {
        low = Math.min(low, i);
        high = Math.max(high, i);
      }
    }
    return new Step(
        rows[low],
        rows[fit.tau()],
        rows[high],
        rows[n - 1] + 1,
        fit.size(),
        sd,
        asNormal(t, freedom));
  }

  /** What means of so many blocks differ by before, as a variance; an upper estimate. */
  private static double wander(double[] rest, int until, int after) {
    int length = Math.max(1, Math.min(after, until / RUNS));
    int runs = until / length;
    double mean = EqualLoad.mean(rest, until - runs * length, until);
    double squares = 0;
    for (int i = 0; i < runs; i++) {
      int from = until - (i + 1) * length;
      squares += Math.pow(EqualLoad.mean(rest, from, from + length) - mean, 2);
    }
    double upper = squares / (runs - 1) * (1 + 2 / Math.sqrt(runs));
    // Longer means wander less, but by how much was not seen.
    return upper * (Math.pow((double) length / after, LESS) + (double) length / until);
  }

  /** The deviations of a normal value that is as rare as this one of Student's (Wallace 1959). */
  static double asNormal(double t, double freedom) {
    double correction = (8 * freedom + 1) / (8 * freedom + 3);
    return correction * Math.sqrt(freedom * Math.log1p(t * t / freedom));
  }
}
