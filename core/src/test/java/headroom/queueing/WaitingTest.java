package headroom.queueing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import headroom.testkit.ForAll;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class WaitingTest {
  private record Queue(int servers, double utilization, double seconds, double cv2) {}

  @Test
  void oneServerFollowsPollaczekAndKhinchine() {
    // E[W] = ρ S (1 + cv²) / (2 (1 − ρ)) is exact for M/G/1.
    for (double cv2 : new double[] {0, 0.5, 1, 3}) {
      double exact = 0.8 * 0.1 * (1 + cv2) / (2 * 0.2);
      assertThat(Waiting.meanSeconds(1, 0.8, 0.1, cv2)).isCloseTo(exact, within(0.02 * exact));
    }
  }

  @Test
  void constantServiceWaitsHalfAsLongAsExponentialInHeavyTraffic() {
    double exponential = Waiting.mmc(4, 0.98, 1).meanSeconds();
    assertThat(Waiting.meanSeconds(4, 0.98, 1, 0))
        .isCloseTo(exponential / 2, within(0.01 * exponential));
  }

  @Test
  void exponentialServiceIsExact() {
    var points = ServiceTimes.gamma(0.2, 1);
    Waiting approximate = Waiting.mgc(5, 0.7, points);
    Waiting exact = Waiting.mmc(5, 0.7, 0.2);
    assertThat(approximate.probability()).isCloseTo(exact.probability(), within(0.02));
    assertThat(approximate.decayPerSecond())
        .isCloseTo(exact.decayPerSecond(), within(0.03 * exact.decayPerSecond()));
  }

  @Test
  void theQuantileUndoesTheTail() {
    ForAll.cases(500)
        .check(
            random ->
                new Queue(
                    random.nextInt(1, 40),
                    0.05 + 0.94 * random.nextDouble(),
                    0.001 + random.nextDouble(),
                    3 * random.nextDouble()),
            queue -> {
              var waiting =
                  Waiting.mgc(
                      queue.servers,
                      queue.utilization,
                      ServiceTimes.gamma(queue.seconds, queue.cv2));
              for (double q : new double[] {0.5, 0.9, 0.99, 0.999}) {
                double seconds = waiting.quantile(q);
                if (seconds > 0) {
                  assertThat(waiting.longerThan(seconds)).isCloseTo(1 - q, within(1e-9));
                } else {
                  assertThat(waiting.probability()).isLessThanOrEqualTo(1 - q + 1e-12);
                }
              }
            });
  }

  @Test
  void waitsGrowWithLoadAndVariability() {
    ForAll.cases(200)
        .check(
            random ->
                new Queue(
                    random.nextInt(1, 30), 0.5 + 0.4 * random.nextDouble(), 1, random.nextDouble()),
            queue -> {
              double mean = Waiting.meanSeconds(queue.servers, queue.utilization, 1, queue.cv2);
              assertThat(Waiting.meanSeconds(queue.servers, queue.utilization + 0.05, 1, queue.cv2))
                  .isGreaterThan(mean);
              assertThat(Waiting.meanSeconds(queue.servers, queue.utilization, 1, queue.cv2 + 0.5))
                  .isGreaterThan(mean);
            });
  }

  /** The tail where objectives live, against simulated queues of all kinds of service. */
  @Test
  void tailsAgreeWithSimulation() {
    check(5, 0.6, 0.1, random -> 0.1);
    check(5, 0.8, 0.1, random -> QueueSimulation.exponential(random, 0.1));
    check(3, 0.7, 0.1, random -> 0.05 + QueueSimulation.exponential(random, 0.05));
    // A mixture as a wallet has: many short holds, some long.
    ToDoubleFunction<SplittableRandom> mixed =
        random ->
            random.nextDouble() < 0.75
                ? 0.02 + QueueSimulation.exponential(random, 0.01)
                : 0.2 + QueueSimulation.exponential(random, 0.05);
    check(5, 0.7, 0.085, mixed);
    check(10, 0.8, 0.085, mixed);
    check(1, 0.5, 0.085, mixed);
  }

  private static void check(
      int servers, double utilization, double mean, ToDoubleFunction<SplittableRandom> service) {
    double[] waits =
        QueueSimulation.waits(servers, servers * utilization / mean, service, 400_000, 17);
    var random = new SplittableRandom(3);
    double[] samples = new double[20_000];
    Arrays.setAll(samples, i -> service.applyAsDouble(random));
    double[] weights = new double[samples.length];
    Arrays.fill(weights, 1);
    Waiting waiting = Waiting.mgc(servers, utilization, ServiceTimes.of(samples, weights));
    double p99 = waits[(int) (0.99 * waits.length)];
    assertThat(waiting.quantile(0.99))
        .as("p99 wait at %d servers, utilization %s", servers, utilization)
        .isCloseTo(p99, within(0.12 * p99));
    assertThat(waiting.meanSeconds())
        .isCloseTo(Arrays.stream(waits).average().orElseThrow(), within(0.1 * p99));
  }

  @Test
  void theTableIsTheFormula() {
    var times = ServiceTimes.gamma(0.3, 1.7);
    var table = new WaitingTable(6, times);
    for (double utilization = 0.2; utilization < 0.98; utilization += 0.0371) {
      Waiting exact = Waiting.mgc(6, utilization, times);
      Waiting read = table.at(utilization, 0.3, 1);
      assertThat(read.quantile(0.999)).isCloseTo(exact.quantile(0.999), within(0.004));
    }
  }

  @Test
  void boundaries() {
    assertThat(Waiting.mgc(4, 0, ServiceTimes.constant(1)).quantile(0.999)).isZero();
    assertThat(Waiting.mmc(4, 0.999, 1).quantile(0.99)).isGreaterThan(100);
    assertThatThrownBy(() -> Waiting.mmc(1, 1, 1)).hasMessageContaining("below 1, got 1.0");
    assertThatThrownBy(() -> Waiting.mmc(1, 0.5, 0)).hasMessageContaining("service time");
  }
}
