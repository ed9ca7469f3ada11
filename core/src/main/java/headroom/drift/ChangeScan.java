package headroom.drift;

import headroom.drift.Drift.Shape;
import org.jspecify.annotations.Nullable;

/**
 * The likeliest step or ramp upwards in the judged hours: generalised likelihood ratio over all
 * onsets, one-sided, on whitened and clipped residuals (Basseville and Nikiforov, Detection of
 * Abrupt Changes, 1993, chapter 2), with the variance of levels as the baseline shows it. One pass
 * from the end backwards.
 *
 * <pre>
 *   step  δ ┌─────      ramp     ╱  δ at the end
 *   ────────┘           ───────╱
 *          τ                  τ
 * </pre>
 */
final class ChangeScan {
  private static final int SHORTEST_STEP = 3;
  private static final int SHORTEST_RAMP = 72;

  /** Twice the gain in log-likelihood that a ramp must have over a step. */
  private static final double RAMP_MARGIN = 6;

  private ChangeScan() {}

  static @Nullable Change best(Residuals r) {
    double stepGain = 0;
    double rampGain = 0;
    Change step = null;
    Change ramp = null;
    double xe = 0;
    double xx = 0;
    double xet = 0;
    double xxt = 0;
    double xxtt = 0;
    int hours = 0;
    int end = r.values.length;
    for (int t = end - 1; t >= r.span.baseline(); t--) {
      if (Double.isNaN(r.values[t])) {
        continue;
      }
      double e = r.clipped(t);
      double first = r.firstTemplate(t);
      hours++;
      double information = xx + first * first;
      double size = (xe + first * e) / information;
      if (hours >= SHORTEST_STEP && size > 0) {
        double sd = Math.sqrt(r.variance(information, hours));
        if (step == null || size / sd > step.z()) {
          step = new Change(Shape.STEP, t, size, sd, size / sd, 0);
          stepGain = size * size * information / (r.whiteSigma * r.whiteSigma);
        }
      }
      // Time from the end, u = end − t, keeps the sums small: x_t = h_t (u_τ − u_t).
      double u = end - t;
      double rampInformation = u * u * xx - 2 * u * xxt + xxtt;
      if (end - t >= SHORTEST_RAMP && rampInformation > 0) {
        double slope = (u * xe - xet) / rampInformation;
        double asStep = rampInformation / (u * u);
        double sd = Math.sqrt(r.variance(asStep, hours / 3.0));
        double z = slope * u / sd;
        if (slope > 0 && (ramp == null || z > ramp.z())) {
          ramp = new Change(Shape.RAMP, t, slope * u, sd, z, 0);
          rampGain = slope * slope * rampInformation / (r.whiteSigma * r.whiteSigma);
        }
      }
      double h = r.template(t);
      xe += h * e;
      xx += h * h;
      xet += h * e * u;
      xxt += h * h * u;
      xxtt += h * h * u * u;
    }
    return ramp != null && (step == null || rampGain > stepGain + RAMP_MARGIN) ? ramp : step;
  }
}
