package headroom.telemetry;

import headroom.trace.TraceLimits;

/**
 * How much one worker holds and which times it believes.
 *
 * @param traces limits of trace assembly
 * @param maxCells between two drains
 * @param maxMetricSeries metric series of which the last point is remembered
 */
public record TelemetryLimits(
    TraceLimits traces, int maxCells, int maxMetricSeries, EventTime eventTime) {
  public static final TelemetryLimits LIVE =
      new TelemetryLimits(TraceLimits.DEFAULT, 200_000, 50_000, EventTime.LIVE);

  public static final TelemetryLimits RECORDED =
      new TelemetryLimits(TraceLimits.DEFAULT, 1_000_000, 50_000, EventTime.RECORDED);

  public TelemetryLimits {
    if (maxCells < 1 || maxMetricSeries < 1) {
      throw new IllegalArgumentException(
          "maxCells and maxMetricSeries must be >= 1, got " + maxCells + ", " + maxMetricSeries);
    }
  }
}
