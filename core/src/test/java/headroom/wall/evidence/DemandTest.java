package headroom.wall.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headroom.testkit.ForAll;
import headroom.wall.evidence.Demand.Crowd;
import org.junit.jupiter.api.Test;

class DemandTest {
  private static final double SERVERS = 4;

  @Test
  void crowdedWorkIsWhatItsOwnUseMakesOfIt() {
    ForAll.cases(200)
        .check(
            random ->
                new Demand(
                    0.2 * random.nextDouble(),
                    0.2 + random.nextDouble(),
                    0,
                    new Crowd(0.8 * random.nextDouble() - 0.2, SERVERS, 0.3)),
            demand -> {
              double kappa = demand.crowding().kappa();
              double last = 0;
              for (double multiple = 0.1; multiple < 20; multiple *= 1.2) {
                double busy = demand.busyAt(multiple);
                assertThat(busy).isGreaterThan(last);
                last = busy;
                double used = Math.min(1, busy / SERVERS) - 0.3;
                assertThat(busy)
                    .isCloseTo(
                        demand.background() + demand.atPeak() * multiple * (1 + kappa * used),
                        within(1e-9));
                assertThat(demand.crowdedAt(multiple)).isCloseTo(1 + kappa * used, within(1e-9));
              }
            });
  }

  @Test
  void withoutCrowdingWorkIsProportional() {
    var demand = new Demand(0.1, 1, 0, Crowd.NONE);
    assertThat(demand.busyAt(3)).isCloseTo(3.1, within(1e-12));
    assertThat(demand.crowdedAt(3)).isEqualTo(1);
  }
}
