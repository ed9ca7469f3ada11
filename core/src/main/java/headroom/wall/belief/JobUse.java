package headroom.wall.belief;

import headroom.model.Belief;

/** What is believed of jobs: use, and operations, that do not come with the traffic. */
public final class JobUse {
  private JobUse() {}

  @Belief(value = "fewest rows in which stretches of jobs are looked for", unit = "rows")
  public static final int FEWEST_JOB_ROWS = 24;

  @Belief(value = "shortest stretch of a job", unit = "rows")
  public static final int SHORTEST_STRETCH = 2;

  @Belief(value = "unexplained use that stands out", unit = "robust standard deviations")
  public static final double STANDS_OUT = 6;

  @Belief(value = "unexplained use that stands out, of what is expected", unit = "share")
  public static final double STANDS_OUT_OF_EXPECTED = 0.3;

  @Belief(value = "fall at the edges of a stretch below this part of its mean", unit = "share")
  public static final double EDGE = 0.5;

  // Most of the time in which a job may be at work is held against two measures: windows of use
  // that
  // stands out are an exception up to 0.4 of the time, pieces of one operation up to 0.5.

  @Belief(
      value = "stretches in more of the time than this are no exception",
      unit = "share of time")
  public static final double MOST_TIME_OF_STRETCHES = 0.4;

  @Belief(
      value = "operations seen in more of the time than this are no job's",
      unit = "share of time")
  public static final double MOST_TIME_OF_OPERATION = 0.5;

  @Belief(
      value = "a stretch of which more than this is overload is no job",
      unit = "share of the stretch")
  public static final double OVERLOADED = 0.3;

  @Belief(value = "gap between stretches that belong together", unit = "s")
  public static final int LONGEST_GAP_SECONDS = 120;

  @Belief(value = "what a job uses from one run to the next", unit = "share")
  public static final double RUN_TO_RUN = 0.03;

  @Belief(value = "standard errors that a use beside the traffic must be above zero", unit = "")
  public static final double CLEAR_USE = 2;

  @Belief(value = "lowest load beside a job that is scaled up", unit = "share of the peak")
  public static final double LOWEST_LOAD_BESIDE = 0.02;

  @Belief(value = "most of all requests that are pieces of a job", unit = "share of requests")
  public static final double MOST_OF_REQUESTS = 0.05;

  @Belief(value = "of such pieces so many miss the objective", unit = "share")
  public static final double MOSTLY_SLOW = 0.5;

  @Belief(value = "fewest windows in which operations of jobs are looked for", unit = "windows")
  public static final int FEWEST_JOB_WINDOWS = 20;

  @Belief(value = "longest gap in a stretch of such an operation", unit = "windows")
  public static final int LONGEST_GAP_WINDOWS = 2;

  @Belief(value = "windows that a stretch of such an operation has", unit = "windows")
  public static final int WINDOWS_PER_STRETCH = 5;
}
