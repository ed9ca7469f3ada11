package headroom.cli.prove;

/**
 * The load at which the objective began to fail, as it was measured.
 *
 * @param perSecond requests
 * @param low the lowest that its repetitions allow
 * @param high the highest that they allow
 */
record MeasuredWall(double perSecond, double low, double high) {
  MeasuredWall {
    if (!(low <= perSecond && perSecond <= high)) {
      throw new IllegalArgumentException(
          "low <= perSecond <= high is needed, got %s, %s, %s".formatted(low, perSecond, high));
    }
  }
}
