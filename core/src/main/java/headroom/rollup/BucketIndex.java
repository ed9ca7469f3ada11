package headroom.rollup;

import static headroom.rollup.ExponentialHistogram.MAX_SCALE;

/** Which bucket of an {@link ExponentialHistogram} holds a value, and which hold the outermost. */
final class BucketIndex {
  private static final int SUBDIVISIONS = 1 << MAX_SCALE;
  private static final long MANTISSA_BITS = (1L << 52) - 1;
  private static final long ONE_BITS = 0x3FFL << 52;

  /** Lower bounds of the subdivisions of one octave, and 2 behind them. */
  private static final double[] BOUNDS = new double[SUBDIVISIONS + 1];

  /** The subdivision in which each 128th of an octave begins; none holds a bound within. */
  private static final byte[] FIRST = new byte[2 * SUBDIVISIONS];

  static {
    for (int i = 0; i <= SUBDIVISIONS; i++) {
      BOUNDS[i] = StrictMath.pow(2, (double) i / SUBDIVISIONS);
    }
    for (int i = 0, subdivision = 0; i < FIRST.length; i++) {
      while (BOUNDS[subdivision + 1] <= 1 + (double) i / FIRST.length) {
        subdivision++;
      }
      FIRST[i] = (byte) subdivision;
    }
  }

  private BucketIndex() {}

  /**
   * The index, at {@link ExponentialHistogram#MAX_SCALE}, of the bucket that holds a normal
   * positive value.
   */
  static int indexAtMaxScale(double value) {
    long bits = Double.doubleToRawLongBits(value);
    long mantissaBits = bits & MANTISSA_BITS;
    double mantissa = Double.longBitsToDouble(mantissaBits | ONE_BITS);
    // A 128th of an octave is narrower than a subdivision, so at most one bound lies within.
    int subdivision = FIRST[(int) (mantissaBits >>> (52 - MAX_SCALE - 1))];
    if (mantissa > BOUNDS[subdivision + 1]) {
      subdivision++;
    } else if (mantissa <= BOUNDS[subdivision]) {
      subdivision--; // bounds belong to the bucket below them
    }
    int exponent = (int) (bits >>> 52) - 1_023;
    return exponent * SUBDIVISIONS + subdivision;
  }

  static double log2(double value) {
    return Math.log(value) / Math.log(2);
  }

  /** The bucket that holds {@link Double#MIN_NORMAL}. */
  static int lowestBucket(int scale) {
    return shift(-1_022 * SUBDIVISIONS - 1, scale);
  }

  /** The bucket that holds {@link Double#MAX_VALUE}. */
  static int highestBucket(int scale) {
    return shift(1_024 * SUBDIVISIONS - 1, scale);
  }

  /** Where the first sub-bucket, or the last for an odd index, of a bucket at full scale lies. */
  private static int shift(int indexAtMaxScale, int scale) {
    if (scale <= MAX_SCALE) {
      return indexAtMaxScale >> (MAX_SCALE - scale);
    }
    long shifted = ((indexAtMaxScale + 1L) << (scale - MAX_SCALE)) - 1;
    return Math.clamp(shifted, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }
}
