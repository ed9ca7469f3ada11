package headroom.drift;

import headroom.drift.Drift.Shape;
import headroom.drift.Residuals.Level;
import headroom.stats.Correlation;
import java.util.Arrays;

/**
 * Whether something that is measured moved as latency did: at all, at the same time, and hour by
 * hour.
 */
final class Mediation {
  private static final double MOVED = 3;
  private static final int BLOCK_HOURS = 6;
  private static final int FEWEST_BLOCKS = 6;

  /** So far apart two onsets are hardly one, and so much of their intervals' widths beyond. */
  private static final double SOON_HOURS = 3;

  private static final double VAGUE_SHARE = 0.25;

  private final Residuals latency;
  private final Change change;
  private final OnsetProfile onset;

  Mediation(Residuals latency, Change change, OnsetProfile onset) {
    this.latency = latency;
    this.change = change;
    this.onset = onset;
  }

  /**
   * @param what is measured, such as "the share of misses"
   */
  void judge(Suspect suspect, Residuals r, String what) {
    Level level = r.shows(change);
    double z = level.z();
    suspect.term(
        (z - MOVED) / 1.5,
        z >= MOVED ? "%s rose by %.1f %% then" : "%s did not rise then (%+.1f %%)",
        what,
        100 * Math.expm1(level.size()));
    if (z < MOVED) {
      return;
    }
    when(suspect, r);
    alike(suspect, r);
    suspect.shows(z >= 4.5);
  }

  private void when(Suspect suspect, Residuals r) {
    Change own = change.shape() == Shape.NIGHTLY ? NightlyScan.best(r) : ChangeScan.best(r);
    if (own == null) {
      return;
    }
    OnsetProfile began =
        change.shape() == Shape.NIGHTLY
            ? new OnsetProfile(own.tau(), own.tau(), own.tau())
            : OnsetProfile.of(r, own);
    double away = Math.max(0, Math.max(onset.low() - began.high(), began.low() - onset.high()));
    double allowed =
        SOON_HOURS + VAGUE_SHARE * (onset.high() - onset.low() + began.high() - began.low());
    suspect.term(
        2 - 1.5 * away / allowed,
        away == 0 ? "both began at the same time" : "they began %.0f hours apart",
        away);
  }

  /** Over the judged hours and as many before; what they share besides the step counts too. */
  private void alike(Suspect suspect, Residuals r) {
    int end = r.values.length;
    int from = Math.max(0, Math.min(r.span.baseline(), 2 * change.tau() - end));
    double[] x = new double[(end - from) / BLOCK_HOURS];
    double[] y = new double[x.length];
    int n = 0;
    for (int t = end - BLOCK_HOURS; t >= from; t -= BLOCK_HOURS) {
      double one = latency.mean(t, t + BLOCK_HOURS);
      double other = r.mean(t, t + BLOCK_HOURS);
      if (!Double.isNaN(one) && !Double.isNaN(other)) {
        x[n] = one;
        y[n++] = other;
      }
    }
    if (n >= FEWEST_BLOCKS) {
      double correlation = Correlation.of(Arrays.copyOf(x, n), Arrays.copyOf(y, n));
      suspect.term(4 * (correlation - 0.4), "they go together with r = %.2f", correlation);
    }
  }
}
