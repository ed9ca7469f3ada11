package headroom.drift;

/**
 * What the hour of the day adds, apart on working days and weekends, beyond what load explains: the
 * mean of what the baseline left over, drawn towards none as if four days without effect had been
 * seen.
 */
final class Season {
  private static final double PRIOR_DAYS = 4;
  private static final int HOURS = 24;

  private final double[] effect = new double[2 * HOURS];

  /**
   * @param residuals NaN where unknown
   * @param limit values farther from 0 count as this far
   */
  static Season of(double[] residuals, int until, long firstHour, double limit) {
    var season = new Season();
    double[] days = new double[2 * HOURS];
    for (int t = 0; t < until; t++) {
      if (!Double.isNaN(residuals[t])) {
        int slot = slot(firstHour + t);
        season.effect[slot] += Math.clamp(residuals[t], -limit, limit);
        days[slot]++;
      }
    }
    for (int slot = 0; slot < days.length; slot++) {
      season.effect[slot] /= days[slot] + PRIOR_DAYS;
    }
    return season;
  }

  private static int slot(long hour) {
    long day = Math.floorDiv(hour, HOURS);
    boolean weekend = Math.floorMod(day + 3, 7) >= 5; // the first day of the epoch was a Thursday
    return Math.floorMod(hour, HOURS) + (weekend ? HOURS : 0);
  }

  static int size() {
    return 2 * HOURS;
  }

  double at(long hour) {
    return effect[slot(hour)];
  }
}
