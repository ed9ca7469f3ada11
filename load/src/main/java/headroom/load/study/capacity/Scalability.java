package headroom.load.study.capacity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/**
 * The Universal Scalability Law through measured points: {@code X(N) = λN / (1 + σ(N−1) +
 * κN(N−1))}.
 *
 * <p>Symbols: N requests in the system, X requests per second, λ what one at a time would give, σ
 * contention, κ coherency. {@code N/X} is linear in {@code (1, N−1, N(N−1))}, so the fit is a least
 * squares with the three coefficients held at or above zero. Intervals come from refitting with
 * points drawn again. Trust it only when the points reach well beyond the knee: from light load
 * alone σ and κ cannot be told. Source: N. J. Gunther, Guerrilla Capacity Planning (2007).
 *
 * @param lambda requests per second of a single one in the system
 * @param contention σ, at least 0
 * @param coherency κ, at least 0
 */
public record Scalability(Interval lambda, Interval contention, Interval coherency) {
  private static final int DRAWS = 400;
  private static final double TAIL = 0.05;

  /** A measured point. */
  public record Point(double concurrency, double throughputPerSecond) {
    public Point {
      if (!(concurrency > 0 && throughputPerSecond > 0)) {
        throw new IllegalArgumentException(
            "concurrency and throughput must be > 0, got %s and %s"
                .formatted(concurrency, throughputPerSecond));
      }
    }
  }

  /** An estimate with its 90 % interval. */
  public record Interval(double low, double value, double high) {}

  /**
   * @throws IllegalArgumentException for fewer than four points: three coefficients need more
   */
  public static Scalability fit(List<Point> points, long seed) {
    if (points.size() < 4) {
      throw new IllegalArgumentException("points must be at least 4, got " + points.size());
    }
    double[] best = coefficients(points);
    double[][] draws = new double[3][DRAWS];
    var random = new SplittableRandom(seed);
    for (int draw = 0; draw < DRAWS; draw++) {
      var again = new ArrayList<Point>();
      for (int i = 0; i < points.size(); i++) {
        again.add(points.get(random.nextInt(points.size())));
      }
      double[] law = law(distinct(again) < 3 ? best : coefficients(again));
      for (int k = 0; k < 3; k++) {
        draws[k][draw] = law[k];
      }
    }
    double[] law = law(best);
    return new Scalability(
        interval(law[0], draws[0]), interval(law[1], draws[1]), interval(law[2], draws[2]));
  }

  /** The throughput at a concurrency. */
  public double throughput(double concurrency) {
    double n = concurrency;
    return lambda.value()
        * n
        / (1 + contention.value() * (n - 1) + coherency.value() * n * (n - 1));
  }

  /** The concurrency with the highest throughput; empty when that grows for ever. */
  public OptionalDouble peakConcurrency() {
    double kappa = coherency.value();
    return kappa > 0 && contention.value() < 1
        ? OptionalDouble.of(Math.max(1, Math.sqrt((1 - contention.value()) / kappa)))
        : OptionalDouble.empty();
  }

  private static long distinct(List<Point> points) {
    return points.stream().mapToDouble(Point::concurrency).distinct().count();
  }

  private static Interval interval(double value, double[] draws) {
    double[] sorted = draws.clone();
    Arrays.sort(sorted);
    int cut = (int) (TAIL * sorted.length);
    return new Interval(
        Math.min(value, sorted[cut]), value, Math.max(value, sorted[sorted.length - 1 - cut]));
  }

  /** (1/λ, σ/λ, κ/λ) to (λ, σ, κ). */
  private static double[] law(double[] c) {
    return new double[] {1 / c[0], c[1] / c[0], c[2] / c[0]};
  }

  /** The best of all ways to hold some coefficients at zero; the first is always free. */
  private static double[] coefficients(List<Point> points) {
    double[] best = new double[3];
    double least = Double.POSITIVE_INFINITY;
    for (int free = 1; free < 8; free += 2) {
      double[] c = leastSquares(points, free);
      double error = error(points, c);
      if (c[0] > 0 && c[1] >= 0 && c[2] >= 0 && error < least) {
        least = error;
        best = c;
      }
    }
    return best;
  }

  private static double[] row(Point point) {
    double n = point.concurrency();
    // Relative to N/X, so that every point weighs the same whatever its size.
    double weight = point.throughputPerSecond() / n;
    return new double[] {weight, weight * (n - 1), weight * n * (n - 1)};
  }

  private static double error(List<Point> points, double[] c) {
    double sum = 0;
    for (Point point : points) {
      double[] row = row(point);
      double residual = 1 - row[0] * c[0] - row[1] * c[1] - row[2] * c[2];
      sum += residual * residual;
    }
    return sum;
  }

  /** Normal equations over the coefficients whose bit is set, by elimination with pivoting. */
  private static double[] leastSquares(List<Point> points, int free) {
    double[][] a = new double[3][4];
    for (Point point : points) {
      double[] row = row(point);
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
          a[i][j] += row[i] * row[j];
        }
        a[i][3] += row[i];
      }
    }
    for (int i = 0; i < 3; i++) {
      if ((free & (1 << i)) == 0) {
        Arrays.fill(a[i], 0);
        for (double[] other : a) {
          other[i] = 0;
        }
        a[i][i] = 1;
      }
    }
    return solve(a);
  }

  private static double[] solve(double[][] a) {
    int n = a.length;
    for (int column = 0; column < n; column++) {
      int pivot = column;
      for (int i = column + 1; i < n; i++) {
        if (Math.abs(a[i][column]) > Math.abs(a[pivot][column])) {
          pivot = i;
        }
      }
      double[] swapped = a[column];
      a[column] = a[pivot];
      a[pivot] = swapped;
      for (int i = 0; i < n; i++) {
        if (i != column && a[column][column] != 0) {
          double factor = a[i][column] / a[column][column];
          for (int j = column; j <= n; j++) {
            a[i][j] -= factor * a[column][j];
          }
        }
      }
    }
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = a[i][i] == 0 ? 0 : a[i][n] / a[i][i];
    }
    return x;
  }
}
