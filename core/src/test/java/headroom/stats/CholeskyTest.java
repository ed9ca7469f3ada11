package headroom.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import headroom.testkit.ForAll;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class CholeskyTest {
  @Test
  void solvesWhatItMultiplies() {
    ForAll.cases(200)
        .check(
            CholeskyTest::positiveDefinite,
            matrix -> {
              int n = matrix.length;
              double[] x = new double[n];
              double[] b = new double[n];
              for (int i = 0; i < n; i++) {
                x[i] = i - 1.5;
              }
              for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                  b[i] += matrix[i][j] * x[j];
                }
              }
              assertThat(Cholesky.of(matrix).solve(b)).containsExactly(x, within(1e-6));
            });
  }

  @Test
  void theInversesDiagonalIsThatOfTheInverse() {
    double[][] matrix = {{4, 1}, {1, 3}};
    assertThat(Cholesky.of(matrix).inverseDiagonal(0)).isCloseTo(3.0 / 11, within(1e-12));
    assertThat(Cholesky.of(matrix).inverseDiagonal(1)).isCloseTo(4.0 / 11, within(1e-12));
  }

  @Test
  void refusesWhatHasNoFactor() {
    assertThatThrownBy(() -> Cholesky.of(new double[][] {{1, 2}, {2, 1}}))
        .hasMessageContaining("positive definite, pivot 1");
    assertThatThrownBy(() -> Cholesky.of(new double[][] {{1, 2}})).hasMessageContaining("square");
  }

  private static double[][] positiveDefinite(RandomGenerator random) {
    int n = random.nextInt(1, 9);
    double[][] root = new double[n][n];
    for (double[] row : root) {
      for (int j = 0; j < n; j++) {
        row[j] = random.nextGaussian();
      }
    }
    double[][] matrix = new double[n][n];
    for (int i = 0; i < n; i++) {
      matrix[i][i] = 0.1;
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < n; k++) {
          matrix[i][j] += root[i][k] * root[j][k];
        }
      }
    }
    return matrix;
  }
}
