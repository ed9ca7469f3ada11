package headroom.wall.belief;

import headroom.model.Belief;

/** What is believed of use that is told twice: by times, and by samples of a level. */
public final class Witnesses {
  private Witnesses() {}

  @Belief(
      value = "difference between timed and sampled use from which on they contradict each other",
      unit = "share of the timed use")
  public static final double CONTRADICTION = 0.25;

  @Belief(value = "the same, in standard errors of the mean difference", unit = "")
  public static final double CONTRADICTION_ERRORS = 3;

  @Belief(
      value = "threads of a server that are sampled busy without a request: who asks, who accepts",
      unit = "threads")
  public static final double OWN_THREADS = 1;

  @Belief(value = "fewest rows with both that tell how far apart they are", unit = "rows")
  public static final int FEWEST_COMPARED = 8;

  @Belief(
      value = "share of what request metrics time that spans must hold to be read instead",
      unit = "share")
  public static final double SPANS_ENOUGH = 0.9;

  @Belief(
      value =
          "error of how long traces say that connections are kept: they end with the last"
              + " statement",
      unit = "share of the traced use")
  public static final double ERROR_OF_TRACED = 0.15;

  @Belief(
      value = "difference in number of visits up to which a database is a pool's own",
      unit = "share of the pool's visits")
  public static final double SAME_VISITS = 0.2;

  @Belief(
      value =
          "how long one operation holds a connection, beyond its statements: standard deviation",
      unit = "share of the rest of its time")
  public static final double HOLD_DEVIATION = 0.5;

  @Belief(value = "operations that are told apart as holders of a pool", unit = "operations")
  public static final int MOST_HOLDERS = 12;

  @Belief(value = "how far back it is looked for who holds a pool", unit = "s")
  public static final long RECENT_HOLD_SECONDS = 21_600;

  @Belief(value = "share of holds outside of statements from which on it is told", unit = "share")
  public static final double OUTSIDE_TOLD = 0.2;

  @Belief(
      value = "share of holds that no operation explains from which on it is told",
      unit = "share")
  public static final double UNEXPLAINED_TOLD = 0.15;
}
