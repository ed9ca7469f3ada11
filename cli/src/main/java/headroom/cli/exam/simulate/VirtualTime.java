package headroom.cli.exam.simulate;

import headroom.sim.VirtualTelemetry;
import java.time.Instant;

/**
 * Virtual seconds on the calendar: recordings begin on a Monday that has passed, since telemetry
 * from the future is not believed.
 */
final class VirtualTime {
  /** Monday, the 6th of January 2025, at midnight. */
  static final long START = 1_736_121_600L;

  private static final long NANOS = 1_000_000_000L;

  private VirtualTime() {}

  /** Nanoseconds since the Unix epoch. */
  static long nanos(double seconds) {
    return START * NANOS + Math.round(seconds * 1e9);
  }

  /** Nanoseconds since the Unix epoch of a time that telemetry was told at. */
  static long ofTelemetry(long nanos) {
    return nanos - (VirtualTelemetry.EPOCH - START) * NANOS;
  }

  static Instant instant(double seconds) {
    return Instant.EPOCH.plusNanos(nanos(seconds));
  }
}
