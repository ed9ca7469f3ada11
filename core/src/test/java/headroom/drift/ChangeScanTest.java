package headroom.drift;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.drift.Drift.Shape;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ChangeScanTest {
  private static final int SEEDS = 200;
  private static final int TAU = 840;

  private static Change best(Residuals r) {
    return Objects.requireNonNull(ChangeScan.best(r));
  }

  @Test
  void quietNoiseStaysBelowWhatIsWatched() {
    int watched = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      Change change = ChangeScan.best(PlantedHours.residuals(PlantedHours.noise(0.5, seed)));
      watched += change != null && change.z() >= ChangeCriteria.WATCH ? 1 : 0;
    }
    assertThat(watched).isLessThanOrEqualTo(1);
  }

  @Test
  void aStepIsFoundDatedAndSized() {
    int found = 0;
    int covered = 0;
    double size = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      double[] logs = PlantedHours.noise(0.4, seed);
      for (int t = TAU; t < logs.length; t++) {
        logs[t] += 0.03;
      }
      Residuals r = PlantedHours.residuals(logs);
      Change change = best(r);
      found += change.z() >= ChangeCriteria.PAGE && change.shape() == Shape.STEP ? 1 : 0;
      OnsetProfile onset = OnsetProfile.of(r, change);
      covered += onset.low() <= TAU && TAU <= onset.high() ? 1 : 0;
      size += r.size(change) / SEEDS;
    }
    assertThat(found).isGreaterThan((int) (0.93 * SEEDS));
    assertThat(covered).isGreaterThan((int) (0.85 * SEEDS));
    assertThat(size).isBetween(0.027, 0.033);
  }

  @Test
  void aSlowRiseIsARamp() {
    int ramps = 0;
    double size = 0;
    for (long seed = 0; seed < 50; seed++) {
      double[] logs = PlantedHours.noise(0.4, seed);
      for (int t = 640; t < logs.length; t++) {
        logs[t] += 0.1 * (t - 640) / (logs.length - 640);
      }
      Residuals r = PlantedHours.residuals(logs);
      Change change = best(r);
      ramps += change.shape() == Shape.RAMP ? 1 : 0;
      size += r.size(change) / 50;
    }
    assertThat(ramps).isGreaterThan(35);
    assertThat(size).isBetween(0.09, 0.11);
  }

  @Test
  void aDropIsNoRise() {
    double[] logs = PlantedHours.noise(0.4, 3);
    for (int t = TAU; t < logs.length; t++) {
      logs[t] -= 0.2;
    }
    Change change = ChangeScan.best(PlantedHours.residuals(logs));
    assertThat(change == null || change.z() < ChangeCriteria.WATCH).isTrue();
  }

  @Test
  void whatWentAwayIsNotLasting() {
    double[] logs = PlantedHours.noise(0.4, 5);
    for (int t = TAU; t < TAU + 40; t++) {
      logs[t] += 0.1;
    }
    Residuals r = PlantedHours.residuals(logs);
    assertThat(ChangeCriteria.isLasting(r, best(r))).isFalse();
  }

  /** Levels that wander in the baseline must not count as changes afterwards. */
  @Test
  void wanderingLevelsRaiseTheBar() {
    int found = 0;
    for (long seed = 0; seed < 100; seed++) {
      double[] logs = PlantedHours.noise(0.3, seed);
      double[] slow = PlantedHours.noise(0.98, seed + 1_000);
      for (int t = 0; t < logs.length; t++) {
        logs[t] += 1.5 * slow[t];
      }
      Residuals r = PlantedHours.residuals(logs);
      Change change = ChangeScan.best(r);
      boolean told =
          change != null
              && ChangeCriteria.isLasting(r, change)
              && ChangeCriteria.isPlain(r, change);
      found += told ? 1 : 0;
    }
    assertThat(found).isLessThanOrEqualTo(1);
  }

  @Test
  void theSameHoursOfEachDayAreAWindow() {
    double[] logs = PlantedHours.noise(0.4, 9);
    for (int t = 744; t < logs.length; t++) {
      logs[t] += t % 24 >= 2 && t % 24 < 5 ? 0.08 : 0;
    }
    Residuals r = PlantedHours.residuals(logs);
    Change change = Objects.requireNonNull(NightlyScan.best(r));
    assertThat(change.z()).isGreaterThan(ChangeCriteria.PAGE + ChangeCriteria.NIGHTLY_HANDICAP);
    assertThat(change.tau() % 24).isEqualTo(2);
    assertThat(change.width()).isEqualTo(3);
    assertThat(r.size(change)).isBetween(0.07, 0.09);
    assertThat(change.covers(744 + 26)).isTrue();
    assertThat(change.covers(744 + 30)).isFalse();
  }

  @Test
  void quietNightsAreNoWindow() {
    int found = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      Residuals r = PlantedHours.residuals(PlantedHours.noise(0.5, seed));
      Change change = NightlyScan.best(r);
      found += change != null && ChangeCriteria.isLasting(r, change) ? 1 : 0;
    }
    assertThat(found).isLessThanOrEqualTo(1);
  }
}
