package headroom.wall.belief;

import headroom.model.Belief;
import headroom.model.Belief.Origin;

/**
 * By how much intervals are wider than the draws say, in logarithms, below and above the median,
 * and from where on each regime counts.
 */
public final class Widths {
  private Widths() {}

  private static final String TUNED = "walls --tuning, numbers 400 to 509 of each kind";

  @Belief(
      value = "hours of history, nothing out of the ordinary: below",
      unit = "",
      from = Origin.TUNING,
      exam = TUNED)
  public static final double USUAL_BELOW = 1;

  @Belief(value = "the same: above", unit = "", from = Origin.TUNING, exam = TUNED)
  public static final double USUAL_ABOVE = 0.85;

  // Simulated minutes ask for 0.5 on both sides, but runs of the demo break above what is
  // predicted.

  @Belief(
      value = "minutes of history: below",
      unit = "",
      from = Origin.DEMO,
      exam = "recordings of the demo")
  public static final double MINUTES_BELOW = 0.7;

  @Belief(value = "the same: above", unit = "", from = Origin.DEMO, exam = "recordings of the demo")
  public static final double MINUTES_ABOVE = 0.9;

  @Belief(
      value = "traffic or use is not of the kind that the model knows: below",
      unit = "",
      from = Origin.TUNING,
      exam = TUNED)
  public static final double UNUSUAL_BELOW = 1;

  @Belief(value = "the same: above", unit = "", from = Origin.TUNING, exam = TUNED)
  public static final double UNUSUAL_ABOVE = 1.8;

  @Belief(value = "traffic never varied: on both sides", unit = "")
  public static final double PROPORTIONAL = 2;

  @Belief(
      value = "squared coefficient of variation of holds from which on few visits are long",
      unit = "")
  public static final double FEW_LONG_VISITS = 2.5;

  @Belief(
      value = "quantile of rows that is the lowest load, where its range is asked for",
      unit = "share")
  public static final double LOW_LOAD = 0.05;

  @Belief(value = "quantile of rows that is the highest load there", unit = "share")
  public static final double HIGH_LOAD = 0.95;
}
