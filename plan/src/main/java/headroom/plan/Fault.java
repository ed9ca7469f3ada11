package headroom.plan;

import java.time.Duration;

/** What goes wrong between two programs. */
public sealed interface Fault {
  /** In a few words. */
  default String describe() {
    return switch (this) {
      case Latency latency ->
          "latency of %d..%d ms"
              .formatted(
                  latency.delay().toMillis(), latency.delay().plus(latency.jitter()).toMillis());
      case Bandwidth bandwidth -> "at most %d bytes/s".formatted(bandwidth.bytesPerSecond());
      case BlackHole hole -> "black hole";
      case Reset reset -> "reset";
      case SlowClose slow -> "closing %d ms late".formatted(slow.delay().toMillis());
      case CutAfter cut -> "cut after %d bytes".formatted(cut.bytes());
      case Flapping flapping ->
          "down %d ms, up %d ms by turns"
              .formatted(flapping.down().toMillis(), flapping.up().toMillis());
    };
  }

  /**
   * Every piece of data arrives later, in both directions, by the delay plus up to the jitter. A
   * request and its answer so take twice as much longer.
   */
  record Latency(Duration delay, Duration jitter) implements Fault {
    public Latency {
      check("delay", delay);
      check("jitter", jitter);
    }
  }

  /** No more than so many bytes a second pass in each direction of each connection. */
  record Bandwidth(long bytesPerSecond) implements Fault {
    public Bandwidth {
      checkPositive("bytesPerSecond", bytesPerSecond);
    }
  }

  /** Connections stay open and are still accepted, but nothing passes: what was sent is lost. */
  record BlackHole() implements Fault {}

  /** Connections are reset, and new ones as soon as they are accepted. */
  record Reset() implements Fault {}

  /** When one side closes, the other learns of it only after the delay. */
  record SlowClose(Duration delay) implements Fault {
    public SlowClose {
      check("delay", delay);
    }
  }

  /** Each connection is reset once so many bytes have come back from the target. */
  record CutAfter(long bytes) implements Fault {
    public CutAfter {
      checkPositive("bytes", bytes);
    }
  }

  /** Turns between refusing, as {@link Reset} does, and working; it begins with refusing. */
  record Flapping(Duration down, Duration up) implements Fault {
    public Flapping {
      checkPositive("down", down.toNanos());
      checkPositive("up", up.toNanos());
    }

    /** Whether it refuses, so long after it began. */
    public boolean isDown(long nanos) {
      return nanos % (down.toNanos() + up.toNanos()) < down.toNanos();
    }
  }

  private static void check(String name, Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("%s must be >= 0, got %s".formatted(name, duration));
    }
  }

  private static void checkPositive(String name, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException("%s must be > 0, got %d".formatted(name, value));
    }
  }
}
