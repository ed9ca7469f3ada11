package headroom.wall.belief;

import headroom.model.Belief;

/** What it takes to say that an objective was seen to hold, or to fail, at a load. */
public final class Sightings {
  private Sightings() {}

  @Belief(value = "shortest row in which the objective is judged", unit = "s")
  public static final int SHORTEST_ROW_SECONDS = 60;

  @Belief(value = "longest such row", unit = "s")
  public static final int LONGEST_ROW_SECONDS = 600;

  @Belief(value = "requests that a row should have at the mean load", unit = "requests")
  public static final double WANTED_IN_ROW = 400;

  @Belief(value = "width of a band of loads that are judged together", unit = "ratio")
  public static final double BAND = 1.1;

  @Belief(value = "fewest rows of a band from which something is concluded", unit = "rows")
  public static final int FEWEST_ROWS = 3;

  @Belief(
      value = "standard errors by which misses must be below or above what is allowed",
      unit = "standard errors")
  public static final double CLEARLY = 2;

  @Belief(
      value = "rows at and above a load that must fail, where it is the load that makes them",
      unit = "share of rows")
  public static final double MOST_FAIL = 0.75;

  @Belief(value = "rows at lower load that must hold then", unit = "share of rows")
  public static final double MOST_HOLD_BELOW = 0.5;

  @Belief(value = "least time of failing that is no passing disturbance", unit = "s")
  public static final int LONGER_THAN_DISTURBANCE_SECONDS = 120;

  @Belief(
      value = "most by which a wall lies beyond a load at which the model wrongly had it behind",
      unit = "ratio")
  public static final double FARTHEST_BEYOND = 2;

  @Belief(value = "use from which on a station is full while the objective fails", unit = "share")
  public static final double FULL_NOW = 0.9;

  @Belief(
      value = "a wall this much beyond where the objective fails does not explain it",
      unit = "ratio")
  public static final double EXPLAINS_UP_TO = 1.15;
}
