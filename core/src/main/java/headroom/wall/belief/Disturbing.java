package headroom.wall.belief;

import headroom.model.Belief;

/** What is believed of time that was slow for a reason that is not load. */
public final class Disturbing {
  private Disturbing() {}

  @Belief(value = "loads that are alike, one over the other", unit = "ratio")
  public static final double ALIKE = 1.1;

  @Belief(value = "fewest windows at equal load that tell what is usual", unit = "windows")
  public static final int FEWEST_ALIKE = 10;

  @Belief(value = "fewest requests of an operation in a window", unit = "requests")
  public static final int FEWEST_REQUESTS = 5;

  @Belief(value = "slowness that stands out", unit = "robust standard deviations")
  public static final double STANDS_OUT = 5;

  @Belief(
      value = "least deviation that steps from window to window are given, of that of all",
      unit = "share")
  public static final double LEAST_OF_ALL = 0.6;

  @Belief(value = "least slowness that is told", unit = "ratio")
  public static final double LEAST_FACTOR = 1.3;

  @Belief(value = "shortest stretch", unit = "windows")
  public static final int SHORTEST_WINDOWS = 2;

  @Belief(value = "steps from one slow window to the next of a stretch", unit = "windows")
  public static final int LONGEST_GAP = 3;

  @Belief(value = "stretches in more of the time than this are no exception", unit = "share")
  public static final double MOST_TIME = 0.4;

  @Belief(value = "chance that what disturbs is there when it matters", unit = "share")
  public static final double COMES_AGAIN = 0.5;
}
