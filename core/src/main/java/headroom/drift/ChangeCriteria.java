package headroom.drift;

import headroom.drift.Drift.Shape;

/** The size and certainty from which a change is told, and from which somebody is woken by it. */
final class ChangeCriteria {
  /** Deviations from which a change is put on the watch list. */
  static final double WATCH = 5;

  /** Deviations from which it is worth a warning, once something else shows it too. */
  static final double PAGE = 5.5;

  /** Smaller changes matter to nobody. */
  private static final double SMALLEST = 0.015;

  private static final double SMALLEST_NIGHTLY = 0.04;

  /** A nightly window is chosen among many more. */
  static final double NIGHTLY_HANDICAP = 1.5;

  private static final int LASTING_HOURS = 8;
  private static final int PAGING_HOURS = 12;

  /** Deviations from which latency confirms what a part of it shows: asked at one onset only. */
  private static final double CONFIRMED = 3;

  /** How many times what the means of days differ anyway. */
  private static final double PAGING_DAYS_SD = 2.5;

  private static final int RECENT_HOURS = 6;

  private static final double MOST_HANDICAP = 1.5;

  private ChangeCriteria() {}

  /**
   * Whether a change is large for this series, went on for a while and has not gone away again: the
   * last hours still show half of it.
   */
  static boolean isLasting(Residuals r, Change change) {
    if (change.z() < WATCH || change.size() < floor(r, change)) {
      return false;
    }
    if (change.shape() == Shape.NIGHTLY) {
      return change.z() >= WATCH + NIGHTLY_HANDICAP && showsLastNight(r, change);
    }
    int end = r.values.length;
    int lasted = end - change.tau();
    return lasted >= LASTING_HOURS
        && r.mean(Math.max(change.tau(), end - RECENT_HOURS), end) >= 0.5 * change.size()
        && r.mean(Math.max(change.tau(), end - 4 * RECENT_HOURS), end) >= 0.6 * change.size();
  }

  /** Whether it is certain enough, and has lasted, for somebody to be told. */
  static boolean isPlain(Residuals r, Change change) {
    double needed =
        PAGE + (change.shape() == Shape.NIGHTLY ? NIGHTLY_HANDICAP : handicap(r, change));
    return change.z() >= needed
        && change.size() >= PAGING_DAYS_SD * r.dailySigma
        && r.values.length - change.tau() >= PAGING_HOURS;
  }

  /** Whether latency shows by itself, and in a size that matters, what a part of it shows. */
  static boolean isConfirmed(Residuals whole, Residuals.Level level, double size) {
    return level.z() >= CONFIRMED && size >= Math.max(SMALLEST, whole.dailySigma);
  }

  /** A step gains certainty with every hour; what only wanders does not. */
  private static double handicap(Residuals r, Change change) {
    double days = (r.values.length - change.tau()) / 24.0;
    return Math.clamp(0.5 * Math.log(days) / Math.log(2), 0, MOST_HANDICAP);
  }

  /** A percent and a half, and twice what the means of days differ anyway. */
  static double floor(Residuals r, Change change) {
    double least = change.shape() == Shape.NIGHTLY ? SMALLEST_NIGHTLY : SMALLEST;
    return Math.max(least, 2 * r.dailySigma);
  }

  private static boolean showsLastNight(Residuals r, Change change) {
    int end = r.values.length;
    int last = change.tau() + (end - change.width() - change.tau()) / 24 * 24;
    return r.mean(last, last + change.width()) >= 0.4 * change.size();
  }
}
