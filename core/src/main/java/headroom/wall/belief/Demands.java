package headroom.wall.belief;

import headroom.model.Belief;
import headroom.model.Belief.Origin;

/** What is believed of the use that one request makes of a station. */
public final class Demands {
  private Demands() {}

  @Belief(value = "use of a processor without traffic, centre", unit = "share of servers")
  public static final double BACKGROUND_OF_PROCESSOR = 0.03;

  @Belief(value = "the same, standard deviation", unit = "share of servers")
  public static final double BACKGROUND_OF_PROCESSOR_DEVIATION = 0.03;

  @Belief(value = "most of a processor's mean use that is without traffic, centre", unit = "share")
  public static final double MOST_BACKGROUND = 0.1;

  @Belief(value = "load up to which a row is idle", unit = "share of the peak")
  public static final double IDLE_LOAD = 0.01;

  @Belief(value = "idle rows that tell what is busy without traffic", unit = "rows")
  public static final int FEWEST_IDLE_ROWS = 3;

  @Belief(value = "error of what is busy while idle, for the time that is not", unit = "share")
  public static final double IDLE_ERROR = 0.2;

  @Belief(
      value = "use of other stations without traffic, standard deviation",
      unit = "share of servers")
  public static final double BACKGROUND_DEVIATION = 0.01;

  @Belief(value = "the same, at most of the mean use", unit = "share")
  public static final double MOST_BACKGROUND_DEVIATION = 0.05;

  @Belief(value = "least of the mean use that is because of traffic, centre", unit = "share")
  public static final double LEAST_FROM_TRAFFIC = 0.1;

  @Belief(
      value = "demand of one class of requests against the mean, standard deviation",
      unit = "share of the mean")
  public static final double CLASS_DEVIATION = 0.6;

  @Belief(value = "noise of a row of use without measured holds, of its level", unit = "share")
  public static final double NOISE_OF_LEVEL = 0.03;

  @Belief(value = "the same, of the servers", unit = "share of servers")
  public static final double NOISE_OF_SERVERS = 0.003;

  @Belief(
      value = "degrees of freedom of the t distribution of noise, in every regression",
      unit = "")
  public static final double NOISE_DEGREES = 4;

  @Belief(value = "use below which rows are no more exact", unit = "share of servers")
  public static final double QUIET_ROW = 0.02;

  @Belief(value = "mean utilization of a station whose limit is unknown", unit = "utilization")
  public static final double UTILIZATION_WITHOUT_LIMIT = 0.25;

  @Belief(value = "use from which on a row is of a full station and left out", unit = "utilization")
  public static final double FULL_ROW = 0.9;

  @Belief(value = "fewest rows that must be left then", unit = "rows")
  public static final int FEWEST_FREE_ROWS = 4;

  @Belief(value = "rows over the whole time that are wanted before rows get longer", unit = "rows")
  public static final int WANTED_ROWS = 40;

  @Belief(value = "chance that demand does not grow with load, where not seen", unit = "share")
  public static final double CHANCE_OF_NO_GROWTH = 0.6;

  @Belief(value = "growth γ of demand where there is any, standard deviation", unit = "")
  public static final double GROWTH_DEVIATION = 0.05;

  @Belief(value = "load beyond which growth is not continued, as (m - 1) / 2", unit = "multiples")
  public static final double FARTHEST_GROWTH = 5;

  @Belief(value = "least work of a request, of that at the peak", unit = "share")
  public static final double LEAST_WORK = 0.7;

  @Belief(value = "chance of no crowding below which the central demand is crowded", unit = "share")
  public static final double CROWDED_BELOW = 0.5;

  @Belief(
      value = "lag-1 autocorrelation of unexplained use above which something else makes it",
      unit = "correlation")
  public static final double COMES_BY_ITSELF = 0.6;

  @Belief(
      value = "HikariCP cuts times to whole milliseconds: what a time is longer on average",
      unit = "s",
      from = Origin.DERIVED)
  public static final double CUT_OFF_SECONDS = 0.5e-3;
}
