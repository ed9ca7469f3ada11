package headroom.drift;

import headroom.drift.Drift.Shape;

/**
 * When a change began: the profile likelihood of its first hour, on whitened residuals with Huber's
 * loss around the fitted change, so that neither an outlier nor a large step is cut off. The
 * interval holds what is within 2.3 of the greatest log-likelihood, which is 90 % for a step in
 * noise that is as it was. After half a day, onsets of the other shape that are as likely belong to
 * it.
 *
 * @param low hour of the span, in which it began at the earliest
 * @param high in which it began at the latest
 */
record OnsetProfile(int low, int likeliest, int high) {
  private static final double DROP = 2.3;
  private static final double HUBER = 3;
  private static final int BEFORE_HOURS = 48;

  /** A change that took longer to be certain of is dated less well than the likelihood says. */
  private static final int QUICK_HOURS = 48;

  /** Sooner a ramp cannot be told from a step, nor need it be. */
  private static final int SHORTEST_EITHER = 12;

  private static final double SLOW_DROP = DROP * 2.25;

  static OnsetProfile of(Residuals r, Change change) {
    int end = r.values.length;
    int from = Math.max(1, r.span.baseline() - BEFORE_HOURS);
    double[] likelihood = profile(r, change.shape(), from);
    int best = greatest(likelihood, from);
    boolean mayBeEither = end - best >= SHORTEST_EITHER;
    double[] other =
        mayBeEither
            ? profile(r, change.shape() == Shape.STEP ? Shape.RAMP : Shape.STEP, from)
            : likelihood;
    double wandering = r.variance(1e12, end - best) * (end - best);
    double independent = Math.pow(r.whiteSigma / (1 - r.phi), 2);
    double drop =
        (end - best > QUICK_HOURS ? SLOW_DROP : DROP) * Math.clamp(wandering / independent, 1, 3);
    double least = likelihood[best] - drop;
    int low = best;
    int high = best;
    for (int tau = from; tau < end - 2; tau++) {
      if (Math.max(likelihood[tau], other[tau]) >= least) {
        low = Math.min(low, tau);
        high = Math.max(high, tau);
      }
    }
    return new OnsetProfile(low, best, high);
  }

  private static double[] profile(Residuals r, Shape shape, int from) {
    double[] likelihood = new double[r.values.length];
    for (int tau = from; tau < likelihood.length - 2; tau++) {
      likelihood[tau] = likelihood(r, shape, tau, from);
    }
    return likelihood;
  }

  private static int greatest(double[] likelihood, int from) {
    int best = from;
    for (int tau = from; tau < likelihood.length - 2; tau++) {
      best = likelihood[tau] > likelihood[best] ? tau : best;
    }
    return best;
  }

  private static double likelihood(Residuals r, Shape shape, int tau, int from) {
    double size = size(r, shape, tau, Double.NaN);
    size = size(r, shape, tau, size);
    double loss = 0;
    for (int t = from; t < r.values.length; t++) {
      if (!Double.isNaN(r.values[t])) {
        loss += huber((r.white[t] - size * template(r, shape, tau, t)) / r.whiteSigma);
      }
    }
    return -loss;
  }

  /** Least squares, with outliers from the earlier size counting less. */
  private static double size(Residuals r, Shape shape, int tau, double earlier) {
    double sum = 0;
    double information = 0;
    for (int t = tau; t < r.values.length; t++) {
      if (!Double.isNaN(r.values[t])) {
        double x = template(r, shape, tau, t);
        double weight = 1;
        if (!Double.isNaN(earlier)) {
          double far = Math.abs(r.white[t] - earlier * x) / (HUBER * r.whiteSigma);
          weight = far > 1 ? 1 / far : 1;
        }
        sum += weight * x * r.white[t];
        information += weight * x * x;
      }
    }
    return information == 0 ? 0 : Math.max(0, sum / information);
  }

  private static double template(Residuals r, Shape shape, int tau, int t) {
    if (t < tau) {
      return 0;
    }
    if (shape == Shape.RAMP) {
      return r.template(t) * (t - tau);
    }
    return t == tau ? r.firstTemplate(t) : r.template(t);
  }

  private static double huber(double x) {
    double far = Math.abs(x);
    return far <= HUBER ? 0.5 * x * x : HUBER * (far - 0.5 * HUBER);
  }
}
