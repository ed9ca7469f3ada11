package headroom.drift;

import headroom.model.Belief;

/**
 * What is believed of causes before and while evidence is weighed: how often each is one, and what
 * each piece of evidence says, in natural logarithms of odds. None has been learnt from verdicts of
 * users.
 */
final class SuspectBeliefs {
  private SuspectBeliefs() {}

  // How often each sort of thing is the cause.

  @Belief(value = "a deploy is the cause", unit = "share")
  static final double PRIOR_DEPLOY = 0.3;

  @Belief(value = "growing data are the cause", unit = "share")
  static final double PRIOR_DATA_GROWTH = 0.12;

  @Belief(value = "a cache is the cause", unit = "share")
  static final double PRIOR_CACHE = 0.1;

  @Belief(value = "a job is the cause", unit = "share")
  static final double PRIOR_BATCH = 0.1;

  @Belief(value = "a partner without telemetry is the cause", unit = "share")
  static final double PRIOR_DEPENDENCY = 0.1;

  @Belief(value = "others on the same hosts are the cause", unit = "share")
  static final double PRIOR_NEIGHBOUR = 0.06;

  @Belief(value = "garbage collection is the cause", unit = "share")
  static final double PRIOR_COLLECTION = 0.06;

  @Belief(value = "repeated calls are the cause", unit = "share")
  static final double PRIOR_RETRIES = 0.06;

  @Belief(value = "another mix of operations is the cause", unit = "share")
  static final double PRIOR_MIX = 0.05;

  @Belief(value = "nothing that is known is the cause", unit = "share")
  static final double PRIOR_NONE = 0.1;

  @Belief(value = "most that one piece of evidence says, for or against", unit = "log odds")
  static final double MOST_ODDS = 3;

  // Deploys.

  @Belief(value = "a deploy is looked for so long before the earliest onset", unit = "h")
  static final double DEPLOY_BEFORE_HOURS = 24;

  @Belief(value = "a deploy is looked for so long after the latest onset", unit = "h")
  static final double DEPLOY_AFTER_HOURS = 2;

  @Belief(value = "a deploy in the hours of the onset", unit = "log odds")
  static final double DEPLOY_AT_ONSET = 3;

  @Belief(value = "width of an onset at which a deploy by accident is to be expected", unit = "h")
  static final double VAGUE_ONSET_HOURS = 12;

  @Belief(value = "an onset that is narrow enough for a deploy to show the change", unit = "h")
  static final int NARROW_HOURS = 6;

  @Belief(value = "a step, if a deploy is the cause", unit = "log odds")
  static final double DEPLOY_STEP = 1;

  @Belief(value = "a ramp, if a deploy is the cause", unit = "log odds")
  static final double DEPLOY_RAMP = -1.5;

  @Belief(value = "a nightly change, if a deploy is the cause", unit = "log odds")
  static final double DEPLOY_NIGHTLY = -2;

  // The same question of where, asked of a deploy and of a level: a deploy says more.

  @Belief(
      value = "a deploy of the service that became slower, or else against it",
      unit = "log odds")
  static final double SAME_SERVICE_DEPLOY = 0.7;

  @Belief(
      value = "a level of the service that became slower, or else against it",
      unit = "log odds")
  static final double SAME_SERVICE_LEVEL = 0.4;

  // Growing data.

  @Belief(value = "growth beyond the usual that is one unit of log odds", unit = "ln rows")
  static final double SURPLUS_SCALE = 0.02;

  @Belief(value = "no growth beyond the usual, if data are the cause", unit = "log odds against")
  static final double NO_SURPLUS = 1.5;

  @Belief(value = "growth beyond the usual that shows the change", unit = "ln rows")
  static final double SHOWING_SURPLUS = 0.05;

  @Belief(value = "hours before the onset from which growth is measured", unit = "h")
  static final int SURPLUS_FROM_HOURS = 48;

  @Belief(value = "a ramp, if data are the cause", unit = "log odds")
  static final double DATA_RAMP = 1;

  @Belief(
      value = "a step, if data are the cause: ramps that ended look like steps",
      unit = "log odds")
  static final double DATA_STEP = -0.3;

  @Belief(value = "a nightly change, if data are the cause", unit = "log odds")
  static final double DATA_NIGHTLY = -2;

  // Whether something moved with the change: z of its own change, of levels and of statements
  // alike.

  @Belief(value = "z from which on something moved", unit = "standard deviations")
  static final double MOVED = 3;

  @Belief(value = "z beyond that which is one unit of log odds", unit = "standard deviations")
  static final double MOVED_SCALE = 1.5;

  @Belief(value = "z from which on a level shows the change itself", unit = "standard deviations")
  static final double SHOWS_CHANGE = 4.5;

  @Belief(value = "onsets that meet", unit = "log odds")
  static final double SAME_ONSET = 2;

  @Belief(value = "onsets as far apart as may be, less", unit = "log odds")
  static final double ONSETS_APART = 1.5;

  @Belief(value = "so far apart two onsets are hardly one", unit = "h")
  static final double SOON_HOURS = 3;

  @Belief(value = "and so much of their intervals' widths beyond", unit = "share")
  static final double VAGUE_SHARE = 0.25;

  @Belief(value = "correlation that says nothing", unit = "correlation")
  static final double NEUTRAL_CORRELATION = 0.4;

  @Belief(value = "log odds for a correlation of one more", unit = "log odds")
  static final double CORRELATION_ODDS = 4;

  @Belief(value = "blocks of hours over which correlation is taken", unit = "h")
  static final int BLOCK_HOURS = 6;

  @Belief(value = "fewest blocks with which it is", unit = "blocks")
  static final int FEWEST_BLOCKS = 6;

  // What it concerns: other operations of the same service.

  @Belief(value = "z from which on another operation is slower too", unit = "standard deviations")
  static final double SLOWER_TOO = 2.5;

  @Belief(value = "share of other operations that says nothing", unit = "share")
  static final double NEUTRAL_SHARE = 0.5;

  @Belief(
      value = "log odds for all against none, of what concerns a whole service",
      unit = "log odds")
  static final double WHOLE_SERVICE_ODDS = 2;

  // Jobs.

  @Belief(value = "a run is a job's from here on", unit = "s")
  static final double LONG_RUN_SECONDS = 60;

  @Belief(value = "an hour in which a job is at work for this part counts", unit = "share")
  static final double ACTIVE = 0.1;

  @Belief(value = "what is at work in more of the hours is no job", unit = "share of hours")
  static final double NOT_ALL_THE_TIME = 0.7;

  @Belief(value = "overlap of running and slow hours that says nothing", unit = "share")
  static final double NEUTRAL_OVERLAP = 0.4;

  @Belief(value = "log odds for an overlap of one more", unit = "log odds")
  static final double OVERLAP_ODDS = 6;

  @Belief(value = "overlap from which on a job shows the change", unit = "share")
  static final double SHOWING_OVERLAP = 0.5;

  @Belief(
      value = "running in more of the slow hours than before from which on it is new",
      unit = "share")
  static final double NEWLY_RUNNING = 0.3;

  @Belief(value = "a job that is new there", unit = "log odds")
  static final double NEW_JOB = 2;

  @Belief(value = "a job that ran there before too", unit = "log odds")
  static final double OLD_JOB = -3;

  @Belief(value = "a nightly change, if a job is the cause", unit = "log odds")
  static final double JOB_NIGHTLY = 1;

  @Belief(value = "a change that is there all day, if a job is the cause", unit = "log odds")
  static final double JOB_ALL_DAY = -2;

  @Belief(value = "suspects that are told", unit = "suspects")
  static final int MOST_TOLD = 5;
}
