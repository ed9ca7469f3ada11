package headroom.cli.prove;

import headroom.plan.RateSegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Traffic that rises and falls below a peak while a service is watched, and ends at the peak: slow
 * responses that come with load can then be told from those that do not. Its period is no multiple
 * of a minute, so that what a service does every minute falls on other loads each time.
 */
final class WatchWave {
  static final double PERIOD_SECONDS = 157;

  /** The middle of the wave as a share of the peak; it reaches as far below as above. */
  private static final double MIDDLE = 0.65;

  /** A whole minute at the peak, wherever clock minutes begin. */
  private static final double PEAK_SECONDS = 120;

  private WatchWave() {}

  /**
   * The wave.
   *
   * @param peakPerSecond journeys per second at its highest
   * @param seconds how long it lasts
   */
  static List<RateSegment> of(double peakPerSecond, double seconds) {
    List<RateSegment> segments = new ArrayList<>();
    double peak = Math.min(PEAK_SECONDS, seconds / 2);
    double middle = MIDDLE * peakPerSecond;
    segments.add(
        new RateSegment.Sine(middle, peakPerSecond - middle, PERIOD_SECONDS, seconds - peak));
    segments.add(new RateSegment.Steady(peakPerSecond, peak));
    return segments;
  }
}
