package headroom.stats;

/**
 * The sequence that never falls and is nearest to the given one by least squares: neighbours that
 * fall are pooled until none does (Ayer, Brunk, Ewing, Reid and Silverman 1955).
 */
public final class Isotonic {
  private Isotonic() {}

  /** Fitted values, as many as given. */
  public static double[] rising(double[] values) {
    double[] sums = new double[values.length];
    int[] sizes = new int[values.length];
    int blocks = 0;
    for (double value : values) {
      sums[blocks] = value;
      sizes[blocks] = 1;
      blocks++;
      while (blocks > 1
          && sums[blocks - 2] / sizes[blocks - 2] >= sums[blocks - 1] / sizes[blocks - 1]) {
        sums[blocks - 2] += sums[blocks - 1];
        sizes[blocks - 2] += sizes[blocks - 1];
        blocks--;
      }
    }
    double[] fitted = new double[values.length];
    int at = 0;
    for (int block = 0; block < blocks; block++) {
      for (int i = 0; i < sizes[block]; i++) {
        fitted[at++] = sums[block] / sizes[block];
      }
    }
    return fitted;
  }
}
