package headroom.trace;

import java.time.Duration;

/**
 * How much of what is not complete yet is held, and how long.
 *
 * @param maxTraces open at once; beyond it the one that was quiet longest is completed early
 * @param maxSpansPerTrace rows kept of one trace; servers', consumers' and root spans up to twice
 *     as many, since they make sense of the others
 * @param maxBytes held by all open traces, names not counted, as they are shared
 * @param quiet a trace with its root is complete when nothing came for so long; one without when
 *     nothing came for three times as long
 * @param maxAge a trace that has been open for so long is completed as it is
 * @param namesPerService distinct operations, statements and peers of one service, each
 */
public record TraceLimits(
    int maxTraces,
    int maxSpansPerTrace,
    long maxBytes,
    Duration quiet,
    Duration maxAge,
    int namesPerService) {
  /** Fits the Java agent, which exports every five seconds, on a small machine. */
  public static final TraceLimits DEFAULT =
      new TraceLimits(20_000, 5_000, 64L << 20, Duration.ofSeconds(8), Duration.ofMinutes(2), 500);

  public TraceLimits {
    atLeastOne("maxTraces", maxTraces);
    atLeastOne("maxSpansPerTrace", maxSpansPerTrace);
    atLeastOne("maxBytes", maxBytes);
    atLeastOne("namesPerService", namesPerService);
    if (quiet.isNegative() || maxAge.compareTo(quiet) < 0) {
      throw new IllegalArgumentException(
          "quiet must be >= 0 and <= maxAge, got quiet " + quiet + ", maxAge " + maxAge);
    }
  }

  private static void atLeastOne(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be >= 1, got " + value);
    }
  }
}
