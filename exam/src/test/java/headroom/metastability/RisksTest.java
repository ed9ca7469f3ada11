package headroom.metastability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headroom.rollup.Resolution;
import headroom.sim.Activity;
import headroom.sim.Aftermath;
import headroom.sim.Aftermath.Trigger;
import headroom.sim.Distribution.Exponential;
import headroom.sim.Load;
import headroom.sim.Operation;
import headroom.sim.Reporting;
import headroom.sim.VirtualStation.Pool;
import headroom.sim.VirtualSystem;
import headroom.sim.Watch;
import headroom.store.History;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is learnt from an hour with one short disturbance, beside what was drawn. */
class RisksTest {
  private static final double PEAK = 40;
  private static final double NAIVE = Double.POSITIVE_INFINITY;

  /** Full at 80 requests per second: 8 connections held for 100 ms. */
  private static VirtualSystem system(Pool pool, int attempts, double budget) {
    Activity used = new Activity.Hold("main", new Activity.Pause(new Exponential(0.1)));
    return VirtualSystem.of(
        "shop",
        List.of(pool),
        List.of(
            new Operation(
                "GET /a", 1, new Activity.Call("store", 2, attempts, budget, List.of(used)))));
  }

  private static History watched(VirtualSystem system) {
    var blip = new Trigger(40, "main", 40);
    return Watch.history(
        Aftermath.slowed(system, blip, 150, 190),
        Load.waves(0.25 * PEAK, PEAK, 3_600),
        3_600,
        new Reporting(Resolution.MINUTE, 5, true, true, 0, 0, 0, 0, 0),
        7);
  }

  private static Risk only(VirtualSystem system) {
    return Risks.of(watched(system)).getFirst();
  }

  @Test
  void learnsAttemptsAndTimeout() {
    Risk risk = only(system(Pool.of("main", 8), 3, NAIVE));
    assertThat(risk.isLearnt()).isTrue();
    assertThat(risk.state().amplification()).isCloseTo(3, within(0.01));
    assertThat(risk.state().timeoutSeconds()).isCloseTo(2, within(0.05));
    assertThat(risk.state().utilization()).isCloseTo(0.5, within(0.03));
    assertThat(risk.state().isVulnerable()).isTrue();
    assertThat(risk.capacity().station().text()).isEqualTo("shop/pool/main");
  }

  @Test
  void learnsABudget() {
    Risk risk = only(system(Pool.of("main", 8), 3, 0.2));
    assertThat(risk.state().amplification()).isBetween(1.15, 1.4);
    assertThat(risk.state().isVulnerable()).isFalse();
  }

  @Test
  void learnsABoundedQueueAndALimitedWait() {
    var bounded = new Pool("main", Pool.Kind.CONNECTIONS, 8, NAIVE, 40, true);
    Risk queue = only(system(bounded, 3, NAIVE));
    assertThat(queue.state().refusesAtOnce()).isTrue();
    assertThat(queue.state().longestWaitSeconds()).isCloseTo(0.5, within(0.05));
    assertThat(queue.state().isVulnerable()).isFalse();

    var limited = new Pool("main", Pool.Kind.CONNECTIONS, 8, 1, Integer.MAX_VALUE, true);
    Risk wait = only(system(limited, 3, NAIVE));
    assertThat(wait.state().refusesAtOnce()).isFalse();
    assertThat(wait.state().longestWaitSeconds()).isCloseTo(1, within(0.05));
    assertThat(wait.state().isVulnerable()).isFalse();
  }

  @Test
  void saysWhatItAssumesWhereNothingFailed() {
    VirtualSystem system = system(Pool.of("main", 8), 3, NAIVE);
    History calm =
        Watch.history(
            system,
            Load.waves(10, PEAK, 3_600),
            3_600,
            new Reporting(Resolution.MINUTE, 5, true, true, 0, 0, 0, 0, 0),
            7);
    Risk risk = Risks.of(calm).getFirst();
    assertThat(risk.isLearnt()).isFalse();
    assertThat(risk.assumptions()).hasSize(3).anyMatch(text -> text.contains("three attempts"));
  }

  @Test
  void theClaimIsWhatHappens() {
    var trigger = new Trigger(10, "main", 20);
    assertThat(Aftermath.staysDown(system(Pool.of("main", 8), 3, NAIVE), PEAK, trigger, 600, 3))
        .isTrue();
    assertThat(Aftermath.staysDown(system(Pool.of("main", 8), 3, 0.2), PEAK, trigger, 600, 3))
        .isFalse();
  }
}
