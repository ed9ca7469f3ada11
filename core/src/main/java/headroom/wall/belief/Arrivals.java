package headroom.wall.belief;

import headroom.model.Belief;
import headroom.model.Belief.Origin;

/** What is believed of traffic: what its peak and mix are, which of it is apart, how it wanders. */
public final class Arrivals {
  private Arrivals() {}

  @Belief(
      value = "busiest minutes, of all, whose median is the reference peak",
      unit = "share of time")
  public static final double BUSIEST_MINUTES = 0.05;

  @Belief(value = "how far back the peak is looked for", unit = "s")
  public static final long PEAK_HORIZON_SECONDS = 7 * 86_400;

  @Belief(
      value = "load from which on windows tell the mix at the peak",
      unit = "share of the peak",
      from = Origin.TUNING,
      exam = "walls --tuning and recordings of the demo")
  public static final double NEAR_PEAK = 0.85;

  @Belief(
      value = "requests that the usual mix weighs beside the mix at the peak",
      unit = "requests")
  public static final double MIX_WEIGHT = 3_000;

  @Belief(value = "root operations that are told apart", unit = "operations")
  public static final int MOST_ACTIONS = 24;

  @Belief(value = "classes of operations in a regression", unit = "classes")
  public static final int MOST_CLASSES = 5;

  @Belief(value = "rows that each class needs", unit = "rows")
  public static final int ROWS_PER_CLASS = 8;

  @Belief(value = "correlation above which two classes are one", unit = "correlation")
  public static final double ONE_CLASS = 0.95;

  @Belief(value = "least traffic of a class of its own", unit = "share of requests")
  public static final double SMALLEST_CLASS = 0.02;

  @Belief(
      value = "highest load over lowest below which load is taken not to have varied",
      unit = "ratio")
  public static final double SMALLEST_LOAD_RANGE = 1.3;

  @Belief(value = "visits of one request to one station, at most", unit = "visits")
  public static final double MOST_VISITS = 8;

  @Belief(
      value = "differences of counts that are kept: gaps and steps are left out",
      unit = "share")
  public static final double KEPT_DIFFERENCES = 0.8;

  @Belief(
      value = "mean of the smaller four fifths of squared standard normal values",
      unit = "",
      from = Origin.DERIVED)
  public static final double MEAN_OF_KEPT = 0.4377;

  @Belief(value = "fewest arrivals in a window that counts for bursts", unit = "requests")
  public static final double FEWEST_IN_WINDOW = 8;

  @Belief(value = "fewest windows from which bursts are told", unit = "windows")
  public static final int FEWEST_WINDOWS = 100;

  @Belief(value = "the same of wider windows", unit = "windows")
  public static final int FEWEST_WIDE_WINDOWS = 40;

  @Belief(value = "dispersion above one at which bursts are believed", unit = "standard errors")
  public static final double DOUBT_OF_BURSTS = 4;

  @Belief(value = "most excess of dispersion", unit = "")
  public static final double MOST_DISPERSION = 20;

  @Belief(value = "what is left of the tide in wide windows, for each one more", unit = "")
  public static final double TIDE = 0.05;

  @Belief(value = "shortest correlation time of bursts", unit = "s")
  public static final double SHORTEST_BURST_SECONDS = 0.5;

  @Belief(
      value = "longest correlation time of bursts: what lasts longer is the tide",
      unit = "windows")
  public static final double LONGEST_BURST_WINDOWS = 4;

  @Belief(value = "most by which a rate wanders", unit = "share of the rate")
  public static final double LARGEST_WANDERING = 1;

  @Belief(value = "silence after which an instance is gone", unit = "s")
  public static final int GONE_AFTER_SECONDS = 180;

  @Belief(value = "time after which another number of instances counts", unit = "s")
  public static final int NEWEST_SECONDS = 120;

  @Belief(value = "quantile of instances that is usually there at least", unit = "share of time")
  public static final double USUALLY_LEAST_INSTANCES = 0.03;

  @Belief(value = "quantile of instances that is usually there at most", unit = "share of time")
  public static final double USUALLY_MOST_INSTANCES = 0.97;

  @Belief(
      value = "correlation of instances with load above which they follow it",
      unit = "correlation")
  public static final double INSTANCES_FOLLOW = 0.4;
}
