package headroom.stats;

/**
 * The factor L of a symmetric positive definite matrix A = L Lᵀ: enough linear algebra for the
 * small systems that regressions with priors give.
 */
public final class Cholesky {
  private final double[][] lower;

  private Cholesky(double[][] lower) {
    this.lower = lower;
  }

  /**
   * @throws IllegalArgumentException when the matrix is not square or not positive definite
   */
  public static Cholesky of(double[][] matrix) {
    int n = matrix.length;
    double[][] lower = new double[n][n];
    for (int i = 0; i < n; i++) {
      if (matrix[i].length != n) {
        throw new IllegalArgumentException(
            "a square matrix is needed, got a row of %d in %d".formatted(matrix[i].length, n));
      }
      for (int j = 0; j <= i; j++) {
        double sum = matrix[i][j];
        for (int k = 0; k < j; k++) {
          sum -= lower[i][k] * lower[j][k];
        }
        if (i != j) {
          lower[i][j] = sum / lower[j][j];
        } else if (sum > 0) {
          lower[i][i] = Math.sqrt(sum);
        } else {
          throw new IllegalArgumentException(
              "the matrix must be positive definite, pivot %d is %s".formatted(i, sum));
        }
      }
    }
    return new Cholesky(lower);
  }

  /** x with A x = b. */
  public double[] solve(double[] b) {
    return solveUpper(solveLower(b));
  }

  /** x with L x = b. */
  public double[] solveLower(double[] b) {
    double[] x = b.clone();
    for (int i = 0; i < lower.length; i++) {
      for (int k = 0; k < i; k++) {
        x[i] -= lower[i][k] * x[k];
      }
      x[i] /= lower[i][i];
    }
    return x;
  }

  /** x with Lᵀ x = b; for standard normal b it has the covariance A⁻¹. */
  public double[] solveUpper(double[] b) {
    double[] x = b.clone();
    for (int i = lower.length - 1; i >= 0; i--) {
      for (int k = i + 1; k < lower.length; k++) {
        x[i] -= lower[k][i] * x[k];
      }
      x[i] /= lower[i][i];
    }
    return x;
  }

  /** The entry of A⁻¹ on the diagonal. */
  public double inverseDiagonal(int i) {
    double[] unit = new double[lower.length];
    unit[i] = 1;
    double sum = 0;
    for (double value : solveLower(unit)) {
      sum += value * value;
    }
    return sum;
  }
}
