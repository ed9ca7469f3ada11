package headroom.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GrowthPlanTest {
  @Test
  void growthIsReadByWeekMonthAndYear() {
    assertThat(365.25 * perDay("40%/year")).isCloseTo(Math.log(1.4), within(1e-9));
    assertThat(365.25 / 12 * perDay("8 % / month")).isCloseTo(Math.log(1.08), within(1e-9));
    assertThat(7 * perDay("-2.5%/week")).isCloseTo(Math.log(0.975), within(1e-9));
  }

  private static double perDay(String text) {
    return GrowthPlan.NONE.withGrowth(text).growthPerDay().orElseThrow();
  }

  @Test
  void launchesAreReadAndPutInOrder() {
    GrowthPlan plan = GrowthPlan.NONE.withLaunch("2027-01-15:3x").withLaunch(" 2026-12-01 : 2.5X ");
    assertThat(plan.launches())
        .containsExactly(
            new GrowthPlan.Launch(LocalDate.of(2026, 12, 1), 2.5),
            new GrowthPlan.Launch(LocalDate.of(2027, 1, 15), 3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "8", "8%", "8%/day", "-100%/year", "9999%/week", "eight%/month"})
  void whatIsNoGrowthIsRefusedWithAnExample(String text) {
    assertThatThrownBy(() -> GrowthPlan.NONE.withGrowth(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("8%/month");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "2026-12-01", "2026-13-01:2x", "2026-02-30:2x", "2026-12-01:0x", "soon:2x"})
  void whatIsNoLaunchIsRefused(String text) {
    assertThatThrownBy(() -> GrowthPlan.NONE.withLaunch(text))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
