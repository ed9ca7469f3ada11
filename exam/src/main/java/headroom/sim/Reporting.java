package headroom.sim;

import headroom.rollup.Resolution;

/**
 * How a virtual system is instrumented, and how badly.
 *
 * @param resolution width of the rows
 * @param sampleSeconds between two samples of a level
 * @param timers whether pools time how long connections are held and waited for, and traces tell
 *     which operation held them
 * @param wholeMillis whether pools cut these times to whole milliseconds
 * @param gaugeNoise standard deviation of the error of processor gauges, as a share of the value
 * @param gaugeStep processor gauges are rounded to multiples of this
 * @param wobble standard deviation of what else uses the machine, as a share of it; comes and goes
 *     within minutes
 * @param missing share of the rows of an instance that never arrive
 * @param restarts how often an instance restarts in a day; what it counted since its last report is
 *     lost
 */
public record Reporting(
    Resolution resolution,
    double sampleSeconds,
    boolean timers,
    boolean wholeMillis,
    double gaugeNoise,
    double gaugeStep,
    double wobble,
    double missing,
    double restarts) {
  public Reporting {
    if (!(sampleSeconds > 0 && sampleSeconds <= resolution.seconds())) {
      throw new IllegalArgumentException(
          "sampleSeconds must be > 0 and at most a row's %d, got %s"
              .formatted(resolution.seconds(), sampleSeconds));
    }
    if (!(missing >= 0 && missing < 1 && gaugeNoise >= 0 && wobble >= 0 && restarts >= 0)) {
      throw new IllegalArgumentException(
          "shares must be >= 0 and not all may be missing, got %s, %s, %s, %s"
              .formatted(missing, gaugeNoise, wobble, restarts));
    }
  }

  /** As an agent reports that exports every few seconds, seen over minutes or over days. */
  public static Reporting usual(Resolution resolution) {
    double every = resolution == Resolution.TEN_SECONDS ? 5 : 30;
    return new Reporting(resolution, every, true, true, 0.05, 0, 0, 0, 0);
  }

  /** With a coarser gauge, gaps, restarts and neighbours on the machine. */
  public static Reporting rough(Resolution resolution) {
    double every = resolution == Resolution.TEN_SECONDS ? 10 : 30;
    return new Reporting(resolution, every, true, true, 0.03, 0.01, 0.005, 0.01, 1);
  }

  /** The same without timers: pools are only seen when their level is sampled. */
  public Reporting gaugesOnly() {
    return new Reporting(
        resolution,
        sampleSeconds,
        false,
        wholeMillis,
        gaugeNoise,
        gaugeStep,
        wobble,
        missing,
        restarts);
  }
}
