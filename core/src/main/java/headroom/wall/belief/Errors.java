package headroom.wall.belief;

import headroom.model.Belief;
import headroom.model.Belief.Origin;

/** How wrong the model is believed to be, and which of its claims are made. */
public final class Errors {
  private Errors() {}

  @Belief(value = "error of a wall however long the history, ln", unit = "standard deviation")
  public static final double MODEL_ERROR = 0.05;

  @Belief(value = "quantile of load up to which a backtest learns", unit = "share of rows")
  public static final double BACKTEST_UP_TO = 0.7;

  @Belief(value = "quantile of load from which on it is judged", unit = "share of rows")
  public static final double BACKTEST_FROM = 0.9;

  @Belief(value = "least load that is foretold, over the highest that is learnt", unit = "ratio")
  public static final double BACKTEST_RANGE = 1.1;

  @Belief(value = "fewest rows of a backtest", unit = "rows")
  public static final int FEWEST_BACKTEST_ROWS = 20;

  @Belief(
      value = "error of one station's wall against another's, ln",
      unit = "standard deviation",
      from = Origin.TUNING,
      exam = "walls --tuning and recordings of the demo")
  public static final double ORDER_ERROR = 0.06;

  @Belief(value = "error of where a station is full, ln", unit = "standard deviation")
  public static final double SATURATION_ERROR = 0.025;

  @Belief(
      value = "further error of a wall for one minute of history, ln",
      unit = "standard deviation")
  public static final double SHORTNESS_ERROR = 0.08;

  @Belief(value = "error of the shape of holds, ln", unit = "standard deviation")
  public static final double SHAPE_ERROR = 0.1;

  @Belief(value = "least error of today's response times, ln", unit = "standard deviation")
  public static final double LATENCY_SCALE_ERROR = 0.03;

  @Belief(value = "most of it, as measured between windows, ln", unit = "standard deviation")
  public static final double MOST_LATENCY_ERROR = 0.3;

  @Belief(
      value = "error of the ratio of two walls, half the width of its 90 % interval, ln",
      unit = "",
      from = Origin.TUNING,
      exam = "what-if --tuning, 25 cases")
  public static final double CHANGE_ERROR = 0.07;

  @Belief(value = "what intervals claim to hold", unit = "share")
  public static final double COVERAGE = 0.9;

  @Belief(value = "multiple beyond which no wall is looked for", unit = "multiples")
  public static final double FARTHEST = 200;

  @Belief(value = "lowest multiple at which a wall is looked for", unit = "multiples")
  public static final double NEAREST = 0.02;

  // That something lies too far to be claimed is asked of four numbers, each with its own error in
  // it: so each has its own share of the farthest multiple.

  @Belief(
      value = "a wall from here on does not take part in what breaks first",
      unit = "share of the farthest")
  public static final double NEVER_FIRST = 0.99;

  @Belief(
      value = "a wall from here on is not moved by the order's error",
      unit = "share of the farthest")
  public static final double NOT_ORDERED = 0.5;

  @Belief(
      value = "a wall whose median is from here on gets no number",
      unit = "share of the farthest")
  public static final double NO_NUMBER = 0.9;

  @Belief(value = "load seen, of a wall's, from which on it is measured", unit = "share")
  public static final double MEASURED_FROM = 0.7;

  @Belief(value = "an operation that fails before this part of the wall is named", unit = "share")
  public static final double MUCH_EARLIER = 0.9;

  @Belief(value = "least traffic of an operation that is named so", unit = "share of requests")
  public static final double SMALLEST_FLOW = 0.02;

  @Belief(value = "chance from which on a station is clearly first", unit = "share")
  public static final double CLEARLY_FIRST = 0.8;

  @Belief(value = "chance from which on something hidden is said to break first", unit = "share")
  public static final double LIKELY_HIDDEN = 0.5;

  @Belief(value = "what is left of a request without its statements", unit = "share")
  public static final double LEAST_RESPONSE = 0.1;

  @Belief(value = "what is left of a station's use without its statements", unit = "share")
  public static final double LEAST_USE = 0.01;
}
