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
}
