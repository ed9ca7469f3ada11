package headroom.sim;

/**
 * Work that becomes more or less: a deploy at once, data that grow slowly.
 *
 * @param operation whose steps; empty for all
 * @param station whose work, or pauses while it is held; empty for all
 * @param statement of the text of whose work, such as one whose table grows; empty for all work
 * @param atSeconds when it begins
 * @param rampSeconds how long it takes to be complete; 0: at once
 * @param factor what durations are multiplied by in the end
 * @param deploy whether it came with a new version, which is reported as an event
 */
public record WorkChange(
    String operation,
    String station,
    String statement,
    double atSeconds,
    double rampSeconds,
    double factor,
    boolean deploy) {
  public WorkChange {
    if (!(factor > 0 && rampSeconds >= 0)) {
      throw new IllegalArgumentException(
          "factor > 0 and rampSeconds >= 0 are needed, got %s and %s"
              .formatted(factor, rampSeconds));
    }
  }

  /** One that concerns all work of an operation at a station. */
  public WorkChange(
      String operation,
      String station,
      double atSeconds,
      double rampSeconds,
      double factor,
      boolean deploy) {
    this(operation, station, "", atSeconds, rampSeconds, factor, deploy);
  }

  double factorAt(double seconds) {
    if (seconds < atSeconds) {
      return 1;
    }
    double done = rampSeconds == 0 ? 1 : Math.min(1, (seconds - atSeconds) / rampSeconds);
    return Math.pow(factor, done);
  }

  boolean concerns(String someOperation, String someStation, String someStatement) {
    return (operation.isEmpty() || operation.equals(someOperation))
        && (station.isEmpty() || station.equals(someStation))
        && (statement.isEmpty() || statement.equals(someStatement));
  }
}
