package headroom.drift;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.model.Measure;
import headroom.sim.weeks.Plant;
import headroom.sim.weeks.PlantedCause;
import headroom.sim.weeks.Weeks;
import headroom.sim.weeks.WeeksSystem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class TimePartsTest {
  private static final int START = 5 * 168 + 30;
  private static final String SLOWER = "GET /ledger/1";
  private static final Set<Measure> PARTS = Set.of(Measure.OPERATION_SELF, Measure.STATEMENT);

  private static WeeksSystem slower(double residualSd, double ratio) {
    return WeeksSystem.usual(6, residualSd, 0.4)
        .with(Plant.step(PlantedCause.NONE, 2, START, Math.log(ratio)).atOperation(1));
  }

  private static void read(
      WeeksSystem system, long seed, Predicate<Measure> wanted, HourlyHistory to) {
    Weeks.of(system, seed)
        .series(series -> {
          if (wanted.test(series.key().measure())) {
            to.accept(series);
          }
        });
  }

  private static List<Drift> after(HourlyHistory history, int hours) {
    Instant start = Instant.ofEpochSecond(Weeks.EPOCH).plus(Duration.ofHours(START));
    return DriftAnalysis.of(history.until(start.plus(Duration.ofHours(hours))));
  }

  private static int found(Predicate<Measure> wanted) {
    int found = 0;
    for (long seed = 0; seed < 6; seed++) {
      var history = new HourlyHistory();
      read(slower(0.02, 1.03), seed, wanted, history);
      found +=
          after(history, 60).stream()
                  .anyMatch(drift -> drift.paged() && drift.operation().equals(SLOWER))
              ? 1
              : 0;
    }
    return found;
  }

  @Test
  void whatIsSmallInTheWholeIsPlainInAPart() {
    assertThat(found(measure -> true)).isGreaterThanOrEqualTo(5);
    assertThat(found(measure -> !PARTS.contains(measure))).isLessThanOrEqualTo(3);
  }

  @Test
  void aPartThatLatencyDoesNotFollowIsNotTold() {
    var history = new HourlyHistory();
    read(slower(0.01, 1.08), 1, PARTS::contains, history);
    read(slower(0.01, 1), 1, measure -> !PARTS.contains(measure), history);
    assertThat(after(history, 60)).isEmpty();
  }

  /** The caller waits for it, so its latency is the same witness once more. */
  @Test
  void aCallerSaysNothingWhereThePartsAreAsTheyWere() {
    var history = new HourlyHistory();
    read(slower(0.01, 1), 1, PARTS::contains, history);
    read(slower(0.01, 1.08), 1, measure -> !PARTS.contains(measure), history);
    assertThat(after(history, 60))
        .isNotEmpty()
        .noneMatch(Drift::paged)
        .anyMatch(drift -> drift.doubts().contains("nothing else shows it"));
  }
}
