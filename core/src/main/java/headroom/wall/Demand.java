package headroom.wall;

/**
 * How many servers of a station are busy at a multiple m of the reference peak: b + D m (1 + γ (m −
 * 1) / 2).
 *
 * @param background b, busy without any traffic
 * @param atPeak D, busy because of the traffic at the peak
 * @param growth γ, by which share the work per request has grown at three times the peak
 */
record Demand(double background, double atPeak, double growth) {
  private static final double FARTHEST_GROWTH = 5;

  double busyAt(double multiple) {
    double beyond = Math.min(FARTHEST_GROWTH, Math.max(0, multiple - 1) / 2);
    return background + atPeak * multiple * Math.max(0.7, 1 + growth * beyond);
  }
}
