package headroom.stats;

/** Linear and rank dependence of two series of equal length. */
public final class Correlation {
  private Correlation() {}

  /** Pearson's r; 0 when one of the series does not vary. */
  public static double of(double[] x, double[] y) {
    if (x.length != y.length || x.length == 0) {
      throw new IllegalArgumentException(
          "two series of equal length >= 1 are needed, got %d and %d"
              .formatted(x.length, y.length));
    }
    double meanX = Quantiles.mean(x);
    double meanY = Quantiles.mean(y);
    double both = 0;
    double squareX = 0;
    double squareY = 0;
    for (int i = 0; i < x.length; i++) {
      both += (x[i] - meanX) * (y[i] - meanY);
      squareX += (x[i] - meanX) * (x[i] - meanX);
      squareY += (y[i] - meanY) * (y[i] - meanY);
    }
    return squareX == 0 || squareY == 0 ? 0 : both / Math.sqrt(squareX * squareY);
  }
}
