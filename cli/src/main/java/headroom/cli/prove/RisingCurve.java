package headroom.cli.prove;

import headroom.wall.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Latency and errors over load, neither of which falls as load rises.
 *
 * <p>Isotonic regression by pooling adjacent violators: of latencies in their logarithm, of errors
 * as they are. See Barlow and others, Statistical Inference under Order Restrictions (1972).
 */
final class RisingCurve {
  /** Stands for no answer at all, so that it can be averaged: an hour. */
  private static final double NEVER_SECONDS = 3_600;

  private static final double LEAST_SECONDS = 1e-6;

  private RisingCurve() {}

  /** Through levels by rising load. */
  static List<LoadLevel> through(List<LoadLevel> levels) {
    double[] latencies =
        rising(
            levels,
            level -> Math.log(Math.clamp(level.latencySeconds(), LEAST_SECONDS, NEVER_SECONDS)));
    double[] errors = rising(levels, LoadLevel::errorShare);
    List<LoadLevel> curve = new ArrayList<>();
    for (int i = 0; i < levels.size(); i++) {
      LoadLevel level = levels.get(i);
      curve.add(
          new LoadLevel(
              level.offeredPerSecond(),
              level.requests(),
              Math.exp(latencies[i]),
              Math.clamp(errors[i], 0, 1)));
    }
    return curve;
  }

  /**
   * The load at which a curve begins to break the objective; its first load where it is broken
   * there already, its last where it is broken nowhere.
   */
  static double crossing(List<LoadLevel> curve, Objective objective) {
    LoadLevel held = null;
    for (LoadLevel level : curve) {
      if (!level.keeps(objective)) {
        return held == null
            ? level.offeredPerSecond()
            : BreakPoint.perSecond(held, level, objective);
      }
      held = level;
    }
    return curve.getLast().offeredPerSecond();
  }

  private static double[] rising(List<LoadLevel> levels, ToDoubleFunction<LoadLevel> value) {
    double[] means = new double[levels.size()];
    int[] sizes = new int[levels.size()];
    int blocks = 0;
    for (LoadLevel level : levels) {
      means[blocks] = value.applyAsDouble(level);
      sizes[blocks++] = 1;
      while (blocks > 1 && means[blocks - 2] > means[blocks - 1]) {
        int together = sizes[blocks - 2] + sizes[blocks - 1];
        means[blocks - 2] =
            (means[blocks - 2] * sizes[blocks - 2] + means[blocks - 1] * sizes[blocks - 1])
                / together;
        sizes[--blocks - 1] = together;
      }
    }
    double[] values = new double[levels.size()];
    int at = 0;
    for (int block = 0; block < blocks; block++) {
      for (int i = 0; i < sizes[block]; i++) {
        values[at++] = means[block];
      }
    }
    return values;
  }
}
