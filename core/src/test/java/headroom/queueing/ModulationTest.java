package headroom.queueing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ModulationTest {
  @Test
  void varianceGrowsWithTheSquareOfTimeAndThenWithTime() {
    var rate = new Modulation(0.2, 3);
    assertThat(rate.variance(0)).isZero();
    assertThat(rate.variance(1e-3)).isCloseTo(0.04e-6, within(1e-10));
    assertThat(rate.variance(1e-5)).isCloseTo(0.04e-10, within(1e-14));
    assertThat(rate.variance(3_000)).isCloseTo(2 * 0.04 * 3 * (3_000 - 3), within(1e-6));
  }

  @Test
  void aSteadyRateChangesNothing() {
    Waiting steady = Waiting.mmc(4, 0.7, 0.05);
    assertThat(Modulation.NONE.waits(steady, 0.7, 0.4)).isEqualTo(steady);
    assertThat(new Modulation(0.2, 2).waits(Waiting.NONE, 0, 0.4)).isEqualTo(Waiting.NONE);
    Waiting hardly = new Modulation(1e-4, 2).waits(steady, 0.7, 0.4);
    assertThat(hardly.longerThan(0.4)).isCloseTo(steady.longerThan(0.4), within(1e-4));
  }

  @Test
  void waitsAreThoseOfASimulatedQueue() {
    check(4, 0.75, 0.05, new Modulation(0.2, 2.5), 0.4);
    check(4, 0.65, 0.05, new Modulation(0.3, 1), 0.4);
    check(2, 0.8, 0.02, new Modulation(0.1, 20), 0.5);
    check(8, 0.8, 0.1, new Modulation(0.15, 5), 0.6);
  }

  /** The utilization at which one of a hundred waits too long may be off by 5 %. */
  private static void check(
      int servers, double utilization, double mean, Modulation rate, double longSeconds) {
    double simulated = longer(servers, utilization, mean, rate, longSeconds);
    assertThat(tail(servers, utilization - 0.05, mean, rate, longSeconds))
        .as("%d servers, %s, %s", servers, utilization, rate)
        .isLessThan(simulated);
    assertThat(tail(servers, utilization + 0.05, mean, rate, longSeconds))
        .as("%d servers, %s, %s", servers, utilization, rate)
        .isGreaterThan(simulated);
  }

  private static double tail(
      int servers, double utilization, double mean, Modulation rate, double longSeconds) {
    return rate.waits(Waiting.mmc(servers, utilization, mean), utilization, longSeconds)
        .longerThan(longSeconds);
  }

  /** Share of arrivals that wait longer, by the recursion of Kiefer and Wolfowitz. */
  private static double longer(
      int servers, double utilization, double mean, Modulation rate, double longSeconds) {
    var random = new SplittableRandom(5);
    double perSecond = servers * utilization / mean;
    double step = 0.1 * Math.min(1, rate.seconds());
    double memory = Math.exp(-step / rate.seconds());
    double[] freeAt = new double[servers];
    double wander = 0;
    int arrivals = 0;
    int late = 0;
    for (double now = 0; arrivals < 500_000; now += step) {
      wander =
          memory * wander
              + rate.deviation() * Math.sqrt(1 - memory * memory) * random.nextGaussian();
      double expected = Math.max(0, perSecond * (1 + wander));
      for (double at = QueueSimulation.exponential(random, 1 / expected);
          at < step;
          at += QueueSimulation.exponential(random, 1 / expected)) {
        int first = 0;
        for (int k = 1; k < servers; k++) {
          first = freeAt[k] < freeAt[first] ? k : first;
        }
        double start = Math.max(now + at, freeAt[first]);
        freeAt[first] = start + QueueSimulation.exponential(random, mean);
        arrivals++;
        late += start - now - at > longSeconds ? 1 : 0;
      }
    }
    return (double) late / arrivals;
  }

  @Test
  void moreWanderingMakesLongerWaits() {
    Waiting steady = Waiting.mmc(4, 0.7, 0.05);
    double last = steady.longerThan(0.4);
    for (double deviation = 0.05; deviation < 0.5; deviation += 0.05) {
      double now = new Modulation(deviation, 2).waits(steady, 0.7, 0.4).longerThan(0.4);
      assertThat(now).isGreaterThanOrEqualTo(last);
      last = now;
    }
  }

  @Test
  void whatIsNoRateIsRefused() {
    assertThatThrownBy(() -> new Modulation(Double.NaN, 1)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new Modulation(0.1, 0)).hasMessageContaining("seconds > 0");
  }
}
