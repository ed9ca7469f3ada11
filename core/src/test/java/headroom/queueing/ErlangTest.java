package headroom.queueing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import headroom.testkit.ForAll;
import org.junit.jupiter.api.Test;

class ErlangTest {
  private record Queue(int servers, double utilization) {}

  @Test
  void agreesWithPublishedTables() {
    // Erlang B: 10 lines at 5 erlangs lose 1.84 %, 20 at 12 lose 0.98 % (any traffic table).
    assertThat(Erlang.b(10, 5)).isCloseTo(0.0184, within(0.0001));
    assertThat(Erlang.b(20, 12)).isCloseTo(0.0098, within(0.0001));
    // Erlang C: M/M/2 at ρ has C = 2ρ² / (1 + ρ); 10 agents at 8 erlangs make 40.9 % wait.
    assertThat(Erlang.c(2, 0.75)).isCloseTo(2 * 0.75 * 0.75 / 1.75, within(1e-12));
    assertThat(Erlang.c(10, 0.8)).isCloseTo(0.4092, within(0.0001));
  }

  @Test
  void oneServerIsBusyForAsManyAsItsUtilization() {
    for (double utilization : new double[] {0, 0.2, 0.9, 1}) {
      assertThat(Erlang.c(1, utilization)).isCloseTo(utilization, within(1e-12));
    }
  }

  @Test
  void boundaries() {
    assertThat(Erlang.c(7, 0)).isZero();
    assertThat(Erlang.c(7, 1)).isEqualTo(1);
    assertThat(Erlang.b(3, 0)).isZero();
    assertThatThrownBy(() -> Erlang.c(0, 0.5)).hasMessageContaining("servers must be >= 1, got 0");
    assertThatThrownBy(() -> Erlang.c(1, 1.01)).hasMessageContaining("1.01");
    assertThatThrownBy(() -> Erlang.c(1, Double.NaN)).hasMessageContaining("NaN");
  }

  @Test
  void theInverseUndoesTheForwardLaw() {
    ForAll.cases(500)
        .check(
            random -> new Queue(random.nextInt(1, 200), 0.02 + 0.97 * random.nextDouble()),
            queue -> {
              double waiting = Erlang.c(queue.servers, queue.utilization);
              if (waiting > 1e-12) {
                assertThat(Erlang.utilizationAt(queue.servers, waiting))
                    .isCloseTo(queue.utilization, within(1e-6));
              }
            });
  }

  @Test
  void moreLoadMakesMoreWaitAndMoreServersFewer() {
    ForAll.cases(300)
        .check(
            random -> new Queue(random.nextInt(1, 60), 0.98 * random.nextDouble()),
            queue -> {
              double waiting = Erlang.c(queue.servers, queue.utilization);
              assertThat(Erlang.c(queue.servers, queue.utilization + 0.01))
                  .isGreaterThanOrEqualTo(waiting);
              assertThat(Erlang.c(queue.servers + 1, queue.utilization))
                  .isLessThanOrEqualTo(waiting);
            });
  }
}
