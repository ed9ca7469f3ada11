package headroom.load.protocol;

/**
 * The output function of SplitMix64: numbers that are close become numbers that are not.
 *
 * <p>Source: Steele, Lea and Flood, Fast splittable pseudorandom number generators, OOPSLA 2014.
 */
public final class SplitMix {
  private SplitMix() {}

  public static long mix(long state) {
    long z = (state ^ (state >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return z ^ (z >>> 31);
  }
}
