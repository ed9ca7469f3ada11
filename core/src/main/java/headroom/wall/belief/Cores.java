package headroom.wall.belief;

import headroom.model.Belief;
import headroom.model.Belief.Origin;

/** What is believed of processors: how many cores requests can use, and what sharing them costs. */
public final class Cores {
  private Cores() {}

  // One belief, three values: the prior has 0.955 at its centre; the growth of responses is freed
  // of
  // what a grid of ceilings says, of which 0.95 is the point nearest to it; and a single number, as
  // for the room beside a job, is 0.95. None was chosen against the others.

  @Belief(value = "cores that requests can use, centre of the prior", unit = "share of cores")
  public static final double USUAL_CEILING = 0.955;

  @Belief(
      value = "the same, where growth of responses is made straight: the nearest point of its grid",
      unit = "share of cores")
  public static final double CEILING_IN_GROWTH = 0.95;

  @Belief(value = "the same, where one number must do", unit = "share of cores")
  public static final double CEILING_AS_ONE_NUMBER = 0.95;

  @Belief(
      value = "cores that requests can use, standard deviation of the prior",
      unit = "share of cores")
  public static final double CEILING_DEVIATION = 0.025;

  @Belief(value = "lowest ceiling of a processor that is as usual", unit = "share of cores")
  public static final double LOWEST_USUAL_CEILING = 0.85;

  @Belief(
      value = "chance that a processor's ceiling is low, as where it is throttled",
      unit = "share")
  public static final double CHANCE_OF_LOW_CEILING = 0.08;

  @Belief(
      value = "lowest ceiling of a processor of which part never comes",
      unit = "share of cores")
  public static final double LOWEST_CEILING = 0.6;

  @Belief(
      value = "least part of the processor time of requests that responses wait for",
      unit = "share of processor time")
  public static final double LEAST_ON_PATH = 0.4;

  @Belief(
      value = "that part where nothing is drawn: the mean of what is, 1 - 0.6 v² with v uniform",
      unit = "share of processor time",
      from = Origin.DERIVED)
  public static final double USUALLY_ON_PATH = 0.8;

  @Belief(
      value = "least part of another service's processor time that is spent while a pool is held",
      unit = "share of processor time")
  public static final double LEAST_IN_HOLDS = 0.4;

  @Belief(
      value = "that part where nothing is drawn: the mean of a uniform one",
      unit = "share of processor time",
      from = Origin.DERIVED)
  public static final double USUALLY_IN_HOLDS = 0.7;

  @Belief(
      value = "most of a response's time that is spent at one processor",
      unit = "share of time")
  public static final double MOST_ON_PROCESSOR = 0.95;

  @Belief(
      value = "busiest a processor is taken to be where the growth of responses is explained",
      unit = "utilization")
  public static final double BUSIEST_IN_GROWTH = 0.95;

  @Belief(
      value = "busiest a processor that is not being judged is taken to be",
      unit = "utilization")
  public static final double BUSIEST_NOT_JUDGED = 0.9;

  @Belief(
      value = "what is wrong about the model of sharing, of what it explains of growth",
      unit = "share")
  public static final double SHARING_ERROR = 0.1;

  @Belief(value = "chance that work per request does not grow with use", unit = "share")
  public static final double CHANCE_OF_NO_CROWDING = 0.7;

  @Belief(value = "crowding κ where there is any, centre", unit = "")
  public static final double USUAL_CROWDING = 0;

  @Belief(value = "crowding κ where there is any, standard deviation", unit = "")
  public static final double CROWDING_DEVIATION = 0.15;

  @Belief(value = "smallest crowding κ", unit = "")
  public static final double LEAST_CROWDING = -0.3;

  @Belief(value = "largest crowding κ", unit = "")
  public static final double MOST_CROWDING = 1;

  @Belief(
      value = "part of the unevenness of pauses that responses feel: few are at work in one",
      unit = "share",
      from = Origin.TUNING)
  public static final double FELT_OF_PAUSES = 0.5;

  @Belief(value = "most that pauses add to the unevenness of a processor's work", unit = "")
  public static final double MOST_OF_PAUSES = 20;

  @Belief(
      value = "use of a whole machine, of its own process's, from which on the gauge is believed",
      unit = "share")
  public static final double LEAST_OF_MACHINE = 0.9;

  @Belief(value = "busy part of a machine beside its process, centre", unit = "share of cores")
  public static final double BESIDE_PROCESS = 0.02;

  @Belief(
      value = "busy part of a machine beside its process, standard deviation",
      unit = "share of cores")
  public static final double BESIDE_PROCESS_DEVIATION = 0.1;

  @Belief(
      value = "use of the machine for each core its process uses, standard deviation about 1",
      unit = "")
  public static final double MACHINE_PER_PROCESS_DEVIATION = 0.3;

  @Belief(value = "noise of a machine's gauge", unit = "share of cores")
  public static final double GAUGE_NOISE = 0.01;

  @Belief(value = "fewest rows in which a gauge is laid beside a process", unit = "rows")
  public static final int FEWEST_GAUGED_ROWS = 8;
}
