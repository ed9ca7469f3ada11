package headroom.wall.belief;

import headroom.model.Belief;

/** What is believed of stations and of the limits that they report. */
public final class Limits {
  private Limits() {}

  @Belief(value = "a limit from here on says that there is none", unit = "servers")
  public static final double UNLIMITED = 1e6;

  @Belief(value = "windows that contradict a reported limit", unit = "windows")
  public static final int FEWEST_CONTRADICTIONS = 3;

  @Belief(
      value =
          "use clearly below the limit while somebody waits: both are not sampled at one moment",
      unit = "share of servers")
  public static final double CLEARLY_BELOW = 0.7;

  @Belief(value = "fewest samples that are left after a warm-up", unit = "rows")
  public static final int FEWEST_SAMPLES = 3;

  @Belief(value = "utilization at the peak below which nothing is scaled up", unit = "utilization")
  public static final double SMALLEST_UTILIZATION = 0.03;

  @Belief(
      value = "use to which a station too idle to scale up is told to bear the load",
      unit = "utilization")
  public static final double IDLE_FULL = 0.8;

  @Belief(value = "least utilization with which that is told", unit = "utilization")
  public static final double IDLEST = 0.002;

  @Belief(value = "least share that names a cause of use", unit = "share")
  public static final double SMALLEST_CAUSE = 0.01;

  @Belief(
      value = "least share that names an operation of an objective that fails already",
      unit = "share")
  public static final double SMALLEST_MISS = 0.05;
}
