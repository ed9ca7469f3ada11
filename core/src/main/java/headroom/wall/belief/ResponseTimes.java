package headroom.wall.belief;

import headroom.model.Belief;
import headroom.model.Belief.Origin;

/** What is believed of response times, and of what nobody reports and they tell of. */
public final class ResponseTimes {
  private ResponseTimes() {}

  // A short history has two meanings. Up to an hour there is a warm-up, chance moves response times
  // more than load does, and intervals are those of minutes. Up to a day the daily tide has not
  // been
  // seen whole, and a note says how much wider the interval is for it.

  @Belief(value = "up to here a history is one of minutes", unit = "s")
  public static final int MINUTES_UP_TO_SECONDS = 3_600;

  @Belief(value = "up to here a history is told to be short", unit = "s")
  public static final int SHORT_UP_TO_SECONDS = 86_400;

  @Belief(
      value = "p95 of a window, as a multiple of the usual one, from which on it is left out",
      unit = "ratio")
  public static final double UNUSUALLY_SLOW = 2;

  @Belief(
      value = "misses, of those that the objective allows, from which on it is near failing",
      unit = "share")
  public static final double NEAR_FAILING = 0.5;

  @Belief(value = "errors among calls from which on a window is disturbed", unit = "share of calls")
  public static final double DISTURBED = 0.03;

  @Belief(value = "fewest rows of calm time", unit = "rows")
  public static final int FEWEST_CALM_ROWS = 8;

  @Belief(value = "longest row of response times", unit = "s")
  public static final int LONGEST_ROW_SECONDS = 600;

  @Belief(value = "fewest rows that tell growth with load", unit = "rows")
  public static final int FEWEST_GROWTH_ROWS = 12;

  @Belief(value = "noise of a row of response times, of the mean", unit = "share")
  public static final double ROW_NOISE = 0.02;

  @Belief(
      value = "what the mean response time is wrong by where growth is explained",
      unit = "share")
  public static final double LATENCY_ERROR = 0.002;

  @Belief(value = "chance that something unreported holds responses up", unit = "share")
  public static final double CHANCE_OF_HIDDEN = 0.3;

  @Belief(value = "chance that responses get faster with load, as with caches", unit = "share")
  public static final double CHANCE_OF_FASTER = 0.05;

  @Belief(
      value = "mean of what a hidden limit adds at the peak",
      unit = "share of the response time")
  public static final double HIDDEN_GROWTH = 0.1;

  @Belief(value = "chance of something hidden from which on it is certain", unit = "share")
  public static final double CERTAINLY_HIDDEN = 0.75;

  @Belief(value = "standard deviations that growth must be above zero besides", unit = "")
  public static final double CLEARLY_GROWING = 2;

  @Belief(
      value = "quantile of the normal distribution that 95 % lie below",
      unit = "standard deviations",
      from = Origin.DERIVED)
  public static final double ONE_SIDED_95 = 1.64;

  @Belief(
      value =
          "chance that what is hidden is one server: all else grows without an end that is known",
      unit = "share")
  public static final double CHANCE_OF_ONE_SERVER = 0.8;

  @Belief(
      value = "utilization of a hidden server at which the objective fails, at least",
      unit = "utilization")
  public static final double HIDDEN_FAILS_BEFORE_FULL = 0.9;

  @Belief(
      value = "pauses, as added unevenness, from which on they may be why responses grow",
      unit = "")
  public static final double PAUSES_EXPLAIN_GROWTH = 0.05;

  @Belief(
      value = "time in calls to a silent service that is worth a word",
      unit = "share of response time")
  public static final double SMALLEST_SILENT_PEER = 0.05;

  @Belief(value = "what a response may wait at least, of the objective", unit = "share")
  public static final double LEAST_PATIENCE = 0.2;

  @Belief(
      value = "responses with which it is told whether the objective fails already",
      unit = "responses")
  public static final long FEWEST_RESPONSES = 200;

  @Belief(
      value = "parts of the time, of eight, in which an objective that fails already does so",
      unit = "share")
  public static final double MOST_FAILING_PARTS = 0.75;

  @Belief(value = "utilization that a station is taken to have today at most", unit = "utilization")
  public static final double BUSIEST_TODAY = 0.99;
}
