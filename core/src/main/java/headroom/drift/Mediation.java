package headroom.drift;

import static headroom.drift.SuspectBeliefs.BLOCK_HOURS;
import static headroom.drift.SuspectBeliefs.CORRELATION_ODDS;
import static headroom.drift.SuspectBeliefs.FEWEST_BLOCKS;
import static headroom.drift.SuspectBeliefs.MOVED;
import static headroom.drift.SuspectBeliefs.MOVED_SCALE;
import static headroom.drift.SuspectBeliefs.NEUTRAL_CORRELATION;
import static headroom.drift.SuspectBeliefs.ONSETS_APART;
import static headroom.drift.SuspectBeliefs.SAME_ONSET;
import static headroom.drift.SuspectBeliefs.SHOWS_CHANGE;
import static headroom.drift.SuspectBeliefs.SOON_HOURS;
import static headroom.drift.SuspectBeliefs.VAGUE_SHARE;

import headroom.drift.Drift.Shape;
import headroom.drift.Residuals.Level;
import headroom.stats.Correlation;
import java.util.Arrays;

/**
 * Whether something that is measured moved as latency did: at all, at the same time, and hour by
 * hour.
 */
final class Mediation {
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
        (z - MOVED) / MOVED_SCALE,
        z >= MOVED ? "%s rose by %.1f %% then" : "%s did not rise then (%+.1f %%)",
        what,
        100 * Math.expm1(level.size()));
    if (z < MOVED) {
      return;
    }
    when(suspect, r);
    alike(suspect, r);
    suspect.shows(z >= SHOWS_CHANGE);
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
        SAME_ONSET - ONSETS_APART * away / allowed,
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
      suspect.term(
          CORRELATION_ODDS * (correlation - NEUTRAL_CORRELATION),
          "they go together with r = %.2f",
          correlation);
    }
  }
}
