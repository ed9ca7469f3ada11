package headroom.metastability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MetastabilityTest {
  private static final double ENDLESS = Double.POSITIVE_INFINITY;

  private static Metastability state(double amplification, double utilization, double wait) {
    return new Metastability(amplification, utilization, 1, 0.02, 10, wait, false);
  }

  @Test
  void bothNumbersMustExceedOne() {
    assertThat(state(3, 0.5, ENDLESS).isVulnerable()).isTrue();
    assertThat(state(3, 0.3, ENDLESS).isVulnerable()).isFalse();
    assertThat(state(3, 0.5, 0.5).isVulnerable()).isFalse();
    assertThat(state(3, 0.5, 0.5).multiple()).isInfinite();
    assertThat(state(3, 0.5, ENDLESS).multiple()).isCloseTo(1 / 1.5, within(0.002));
  }

  @Test
  void aShortQueueNeedsMoreThanALittleTooMuch() {
    var longQueue = new Metastability(2, 0.51, 1, 0.02, 10, 4, false);
    var shortQueue = new Metastability(2, 0.51, 1, 0.02, 10, 1.1, false);
    assertThat(longQueue.isVulnerable()).isTrue();
    assertThat(shortQueue.isVulnerable()).isFalse();
    assertThat(shortQueue.multiple()).isGreaterThan(1);
  }

  @Test
  void greyNearEitherLimitUnlessTheOtherIsClear() {
    assertThat(state(2, 0.52, ENDLESS).isGrey()).isTrue();
    assertThat(state(2, 0.52, 0.2).isGrey()).isFalse();
    assertThat(state(3, 0.6, 1.05).isGrey()).isTrue();
    assertThat(state(3, 0.2, 1.05).isGrey()).isFalse();
  }

  @Test
  void advisedLimitsMakeItSafe() {
    Metastability bad = state(4, 0.6, ENDLESS);
    double budget = bad.safeBudget().orElseThrow();
    assertThat(state(1 + budget, 0.6, ENDLESS).amplifiedLoad()).isCloseTo(0.9, within(1e-9));
    double wait = bad.safeWaitSeconds().orElseThrow();
    assertThat(state(4, 0.6, wait).isVulnerable()).isFalse();
    assertThat(state(4, 0.95, ENDLESS).safeBudget()).isEmpty();
  }

  @Test
  void triggersAreAsLongAsTheBacklogNeeds() {
    // C (τ − s) waits after (τ − s) / ρ of standing still, or (τ − s) / (2 ρ − 1) of twice the
    // load.
    assertThat(state(3, 0.7, ENDLESS).smallestStallSeconds()).isCloseTo(1.4, within(1e-9));
    assertThat(state(3, 0.7, ENDLESS).smallestOverloadSeconds(2).orElseThrow())
        .isCloseTo(2.45, within(1e-9));
    assertThat(state(3, 0.4, ENDLESS).smallestOverloadSeconds(2)).isEmpty();
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> state(0.5, 0.5, 1)).hasMessageContaining("amplification >= 1");
    assertThatThrownBy(() -> state(2, Double.NaN, 1)).hasMessageContaining("utilization >= 0");
  }
}
