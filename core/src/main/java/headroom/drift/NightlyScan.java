package headroom.drift;

import headroom.drift.Drift.Shape;
import headroom.drift.Residuals.Level;
import headroom.stats.Quantiles;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Latency that is up in the same hours of every day and not in those before, as beside a job: the
 * largest contrast over the start, the width and the number of days of such a window (epoch
 * folding). Days count as independent, hours of a day as autocorrelated. Nearly every day must show
 * half of it, so that one bad night makes no window.
 */
final class NightlyScan {
  private static final int[] WIDTHS = {1, 2, 3, 4, 6};
  private static final int BEFORE_HOURS = 6;
  private static final int FEWEST_DAYS = 4;
  private static final double NEARLY_ALL = 0.85;

  /** What is up before the window too is no window. */
  private static final double MOST_BEFORE = 0.4;

  /** Days that the usual level of an hour was learnt from, or nearly. */
  private static final double BASELINE_DAYS = 8;

  private NightlyScan() {}

  static @Nullable Change best(Residuals r) {
    int days = (r.values.length - r.span.baseline()) / 24;
    Change best = null;
    for (int back = 0; back < 24; back++) {
      for (int width : WIDTHS) {
        Change one = best(r, back, width, days);
        if (one != null && (best == null || one.z() > best.z())) {
          best = one;
        }
      }
    }
    return best;
  }

  private static @Nullable Change best(Residuals r, int back, int width, int days) {
    int end = r.values.length;
    double[] contrasts = new double[days];
    double sum = 0;
    double before = 0;
    int n = 0;
    Change best = null;
    for (int day = 1; day <= days; day++) {
      int start = end - 24 * day + back;
      if (start + width > end) {
        continue;
      }
      double inside = r.clippedMean(start, start + width);
      double earlier = r.clippedMean(start - BEFORE_HOURS, start);
      if (Double.isNaN(inside) || Double.isNaN(earlier)) {
        continue;
      }
      contrasts[n++] = inside - earlier;
      sum += inside - earlier;
      before += earlier;
      double size = sum / n;
      double sd = Math.sqrt(variance(r, width, n));
      boolean plainer = best == null || size / sd > best.z();
      if (n >= FEWEST_DAYS
          && size > 0
          && plainer
          && before / n < MOST_BEFORE * size
          && share(contrasts, n, 0.5 * size) >= NEARLY_ALL) {
        best = new Change(Shape.NIGHTLY, start, size, sd, size / sd, width);
      }
    }
    return best;
  }

  private static double share(double[] values, int n, double least) {
    int above = 0;
    for (int i = 0; i < n; i++) {
      above += values[i] >= least ? 1 : 0;
    }
    return (double) above / n;
  }

  private static double variance(Residuals r, int width, int days) {
    return (ofMean(r, width) + ofMean(r, BEFORE_HOURS)) * (1.0 / days + 1 / BASELINE_DAYS);
  }

  /** Variance of the mean of so many hours of first-order autoregressive noise. */
  private static double ofMean(Residuals r, int hours) {
    double sum = 1;
    double power = 1;
    for (int lag = 1; lag < hours; lag++) {
      power *= r.phi;
      sum += 2 * (1 - (double) lag / hours) * power;
    }
    return r.sigma * r.sigma * sum / hours;
  }

  /** The same contrast at the hours of a change that was found elsewhere: its median over days. */
  static Level at(Residuals r, Change change) {
    double[] contrasts = new double[1 + r.values.length / 24];
    int n = 0;
    for (int start = change.tau(); start + change.width() <= r.values.length; start += 24) {
      double contrast = r.mean(start, start + change.width()) - r.mean(start - BEFORE_HOURS, start);
      if (!Double.isNaN(contrast)) {
        contrasts[n++] = contrast;
      }
    }
    return n < FEWEST_DAYS
        ? Level.UNKNOWN
        : new Level(
            Quantiles.median(Arrays.copyOf(contrasts, n)),
            Math.sqrt(variance(r, change.width(), n)));
  }
}
