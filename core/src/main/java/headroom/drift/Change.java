package headroom.drift;

import headroom.drift.Drift.Shape;

/**
 * A lasting rise of a series that nothing usual explains.
 *
 * @param tau the hour of the span in which it most likely began
 * @param size in logarithms, in the end
 * @param sd of the size
 * @param z how many deviations it is from nothing
 * @param width hours a day of a nightly one, 0 for the others
 */
record Change(Shape shape, int tau, double size, double sd, double z, int width) {
  /** Seen in an hour of the span that it concerns. */
  boolean covers(int t) {
    return t >= tau && (shape != Shape.NIGHTLY || (t - tau) % 24 < width);
  }

  /** From which hour on it can be seen well: a ramp from its middle. */
  int plainFrom(int end) {
    return shape == Shape.RAMP ? tau + (end - tau) / 2 : tau;
  }

  Change sized(double other) {
    return new Change(shape, tau, other, sd, z, width);
  }
}
