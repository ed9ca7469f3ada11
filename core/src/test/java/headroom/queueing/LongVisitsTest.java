package headroom.queueing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class LongVisitsTest {
  /** Short visits of 20 ms, and a few that take half a minute. */
  private static final double SHORT = 0.02;

  private static final double LONG = 30;

  private static ServiceTimes times(double longShare) {
    int points = 400;
    double[] seconds = new double[points + 1];
    double[] weights = new double[points + 1];
    for (int i = 0; i < points; i++) {
      seconds[i] = -SHORT * Math.log(1 - (i + 0.5) / points);
      weights[i] = (1 - longShare) / points;
    }
    seconds[points] = LONG;
    weights[points] = longShare;
    return ServiceTimes.of(seconds, weights);
  }

  @Test
  void shortVisitsHaveNoneApart() {
    assertThat(LongVisits.of(8, ServiceTimes.gamma(1, 1), 20)).isNull();
    assertThat(LongVisits.of(8, ServiceTimes.gamma(1, 1.5), 2)).isNull();
  }

  /** With a third of the work in long visits, as many are late as in a simulated queue. */
  @Test
  void forgottenServersAreMissedByTheOthers() {
    double share = 0.00035;
    ServiceTimes times = times(share);
    ToDoubleFunction<SplittableRandom> service =
        random -> random.nextDouble() < share ? LONG : QueueSimulation.exponential(random, SHORT);
    double patience = 0.4;
    var table = new WaitingTable(10, times, patience / times.mean());
    for (double utilization : new double[] {0.5, 0.6}) {
      double[] waits =
          QueueSimulation.waits(10, 10 * utilization / times.mean(), service, 3_000_000, 11);
      long late = java.util.Arrays.stream(waits).filter(wait -> wait > patience).count();
      double simulated = (double) late / waits.length;
      assertThat(table.at(utilization - 0.08, times.mean(), 1).longerThan(patience))
          .as("at %s", utilization)
          .isLessThan(simulated);
      assertThat(table.at(utilization + 0.08, times.mean(), 1).longerThan(patience))
          .as("at %s", utilization)
          .isGreaterThan(simulated);
    }
  }

  @Test
  void waitsGrowWithUtilization() {
    var table = new WaitingTable(6, times(0.0005), 20);
    double last = 0;
    for (double utilization = 0.05; utilization < 0.965; utilization += 0.01) {
      double now = table.at(utilization, 1, 1).longerThan(20);
      assertThat(now).isGreaterThanOrEqualTo(last - 1e-9);
      last = now;
    }
  }
}
