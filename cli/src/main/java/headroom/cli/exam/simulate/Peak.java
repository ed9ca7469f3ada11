package headroom.cli.exam.simulate;

import headroom.sim.Load;
import java.util.Arrays;
import java.util.function.DoublePredicate;

/**
 * The load that walls are multiples of: the median of the busiest twentieth of the minutes, of the
 * rate that requests are drawn at.
 *
 * @param atSeconds the middle of the busiest minute, whose mix counts
 */
public record Peak(double perSecond, double atSeconds) {
  private static final int SAMPLES = 12;
  private static final double BUSIEST = 0.05;
  private static final double WEEK_SECONDS = 7 * 86_400.0;

  /** The highest rate of a minute whose middle is one of these; 0 when there is none. */
  static double highest(Load load, double seconds, DoublePredicate counts) {
    double highest = 0;
    for (double at = Math.max(0, seconds - WEEK_SECONDS) + 30; at < seconds; at += 60) {
      if (counts.test(at)) {
        highest = Math.max(highest, mean(load, at - 30));
      }
    }
    return highest;
  }

  /** Of a minute. */
  private static double mean(Load load, double from) {
    double sum = 0;
    for (int k = 0; k < SAMPLES; k++) {
      sum += load.perSecond(from + 60 * (k + 0.5) / SAMPLES);
    }
    return sum / SAMPLES;
  }

  /** Of the last week at most. */
  static Peak of(Load load, double seconds) {
    double from = Math.max(0, seconds - WEEK_SECONDS);
    int minutes = Math.max(1, (int) ((seconds - from) / 60));
    double[] rates = new double[minutes];
    double busiest = -1;
    double at = from;
    for (int i = 0; i < minutes; i++) {
      rates[i] = mean(load, from + 60 * i);
      if (rates[i] > busiest) {
        busiest = rates[i];
        at = from + 60 * (i + 0.5);
      }
    }
    Arrays.sort(rates);
    int counted = Math.max(1, (int) Math.round(BUSIEST * minutes));
    int middle = minutes - 1 - (counted - 1) / 2;
    double other = counted % 2 == 0 ? rates[middle - 1] : rates[middle];
    return new Peak(0.5 * (rates[middle] + other), at);
  }
}
