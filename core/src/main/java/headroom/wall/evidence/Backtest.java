package headroom.wall.evidence;

import static headroom.wall.belief.Errors.BACKTEST_FROM;
import static headroom.wall.belief.Errors.BACKTEST_RANGE;
import static headroom.wall.belief.Errors.BACKTEST_UP_TO;
import static headroom.wall.belief.Errors.FEWEST_BACKTEST_ROWS;

import headroom.stats.Quantiles;
import headroom.wall.evidence.StationUse.Sample;
import java.util.List;
import java.util.Optional;

/**
 * How well the use of a station at the highest loads that were seen follows from that at lower
 * ones: fitted below the 70th percentile of load, judged on the top tenth.
 *
 * @param error foretold over seen, in logarithms
 * @param chance standard deviation that rows alone give this
 */
public record Backtest(double error, double chance) {
  /** That of a station; empty where there are few rows or loads are too much alike. */
  public static Optional<Backtest> of(StationUse use, Traffic traffic, double peak) {
    List<Sample> rows = use.samples();
    if (rows.size() < FEWEST_BACKTEST_ROWS) {
      return Optional.empty();
    }
    double[] loads =
        rows.stream().mapToDouble(row -> traffic.perSecond(row.from(), row.to())).toArray();
    double upTo = Quantiles.of(loads, BACKTEST_UP_TO);
    double from = Quantiles.of(loads, BACKTEST_FROM);
    if (from < BACKTEST_RANGE * upTo) {
      return Optional.empty();
    }
    List<Sample> low = rows.stream().filter(row -> load(traffic, row) <= upTo).toList();
    List<Sample> high = rows.stream().filter(row -> load(traffic, row) >= from).toList();
    DemandFit fit = DemandFit.of(use.withSamples(low), traffic, peak);
    double[] ratios =
        high.stream()
            .filter(row -> row.busy() > 0)
            .mapToDouble(row -> Math.log(Math.max(1e-9, fit.expected(row)) / row.busy()))
            .toArray();
    if (ratios.length < 2) {
      return Optional.empty();
    }
    return Optional.of(
        new Backtest(
            Quantiles.median(ratios), Quantiles.robustSigma(ratios) / Math.sqrt(ratios.length)));
  }

  private static double load(Traffic traffic, Sample row) {
    return traffic.perSecond(row.from(), row.to());
  }

  /** What is left of the error when what chance gives is taken out. */
  public double clear() {
    return Math.sqrt(Math.max(0, error * error - chance * chance));
  }
}
