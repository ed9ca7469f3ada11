package headroom.queueing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headroom.testkit.ForAll;
import org.junit.jupiter.api.Test;

class ProcessorSharingTest {
  private record Load(int servers, double utilization) {}

  private static final ForAll LOADS = ForAll.cases(400);

  @Test
  void oneProcessorSlowsByOneOverWhatIsLeft() {
    assertThat(ProcessorSharing.meanSlowdown(1, 0.75)).isCloseTo(4, within(1e-12));
    assertThat(ProcessorSharing.meanSlowdown(3, 0)).isEqualTo(1);
  }

  @Test
  void theInverseUndoesTheForwardLaw() {
    LOADS.check(
        random -> new Load(random.nextInt(1, 64), 0.3 + 0.69 * random.nextDouble()),
        load -> {
          double slowdown = ProcessorSharing.meanSlowdown(load.servers, load.utilization);
          if (slowdown > 1 + 1e-9) {
            assertThat(ProcessorSharing.utilizationAt(load.servers, slowdown))
                .isCloseTo(load.utilization, within(1e-4));
          }
        });
  }

  @Test
  void fewRequestsAtOnceSlowEachOtherLess() {
    assertThat(ProcessorSharing.meanSlowdown(2, 0.9, 1)).isEqualTo(1);
    assertThat(ProcessorSharing.meanSlowdown(2, 5, 4)).isBetween(1.5, 2.0);
    LOADS.check(
        random -> new Load(random.nextInt(1, 16), 0.95 * random.nextDouble()),
        load -> {
          double open = ProcessorSharing.meanSlowdown(load.servers, load.utilization);
          double last = 1;
          for (int most = 1; most < 40; most++) {
            double slowdown = ProcessorSharing.meanSlowdown(load.servers, load.utilization, most);
            assertThat(slowdown).isBetween(last - 1e-12, open + 1e-9);
            last = slowdown;
          }
          assertThat(ProcessorSharing.meanSlowdown(load.servers, load.utilization, 2_000))
              .isCloseTo(open, within(1e-6 * open));
        });
  }

  @Test
  void wholeCoresThatAreLeftAreWholeProcessors() {
    LOADS.check(
        random -> new Load(random.nextInt(1, 64), 0.98 * random.nextDouble()),
        load ->
            assertThat(ProcessorSharing.meanSlowdownOn(load.servers, load.utilization))
                .isCloseTo(
                    ProcessorSharing.meanSlowdown(load.servers, load.utilization), within(1e-9)));
  }

  @Test
  void aPartOfOneCoreSlowsEvenThoseWhoAreAlone() {
    assertThat(ProcessorSharing.meanSlowdownOn(0.8, 0)).isCloseTo(1.25, within(1e-12));
    // One server of speed 0.8: M/M/1.
    assertThat(ProcessorSharing.meanSlowdownOn(0.8, 0.6))
        .isCloseTo(1.25 / (1 - 0.6), within(1e-12));
    assertThat(ProcessorSharing.meanSlowdownOn(1.6, 0.5))
        .isBetween(
            ProcessorSharing.meanSlowdownOn(2, 0.5), ProcessorSharing.meanSlowdownOn(1, 0.5));
  }

  @Test
  void pointsAddUpToOneAndToTheMean() {
    LOADS.check(
        random -> new Load(random.nextInt(1, 64), 0.99 * random.nextDouble()),
        load -> {
          var slowdown = ProcessorSharing.slowdown(load.servers, load.utilization, 9);
          double total = 0;
          for (double share : slowdown.shares()) {
            total += share;
          }
          assertThat(total).isCloseTo(1, within(1e-9));
          assertThat(slowdown.mean())
              .isCloseTo(
                  ProcessorSharing.meanSlowdown(load.servers, load.utilization), within(1e-9));
          assertThat(slowdown.factors()).isSorted();
        });
  }
}
