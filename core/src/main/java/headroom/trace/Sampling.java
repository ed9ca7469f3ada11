package headroom.trace;

import headroom.model.Span;

/**
 * How often a span counts. One that was kept with probability 1/10 stands for ten; one that was
 * kept with probability 0.3 for three, and in a third of the traces for four: cells hold whole
 * numbers, and so their sums are right on average.
 *
 * <p>Which traces these are follows from the trace id, so that the spans of a trace agree and
 * reading them again gives the same. The randomness that decided about sampling is in the low 56
 * bits of the id, and is not uniform any more in what was kept: the id is hashed.
 */
public final class Sampling {
  /** A span counts at most so often: a single one that was kept by chance must not rule a day. */
  public static final int MOST = 1 << 16;

  private static final double TO_UNIT = 0x1p-53;

  private Sampling() {}

  /** At least 1. */
  public static int times(Span span) {
    double count = span.adjustedCount;
    if (count == 1) {
      return 1;
    }
    if (count >= MOST) {
      return MOST;
    }
    int whole = (int) count;
    return whole + (unit(span) < count - whole ? 1 : 0);
  }

  private static double unit(Span span) {
    long hash = TraceTable.mix(span.traceIdHigh, span.traceIdLow) * 0xBF58476D1CE4E5B9L;
    return ((hash ^ (hash >>> 32)) >>> 11) * TO_UNIT;
  }
}
