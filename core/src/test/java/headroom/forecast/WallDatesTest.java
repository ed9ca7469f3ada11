package headroom.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.model.Station;
import headroom.model.StationKind;
import headroom.wall.Estimate;
import headroom.wall.Wall;
import headroom.wall.Walls;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class WallDatesTest {
  private static final LocalDate BEGIN = LocalDate.of(2026, 1, 5);

  private static DailyPeaks growing(int days) {
    return new DailyPeaks(
        BEGIN,
        IntStream.range(0, days)
            .mapToDouble(day -> 100 * Math.exp(0.005 * day) * (1 + 0.02 * Math.sin(day * day)))
            .toArray());
  }

  private static Wall dated(DailyPeaks peaks, double multiple, GrowthPlan plan) {
    Instant now = peaks.last().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    double peak = peaks.perSecond()[peaks.span() - 1];
    var wall =
        new Wall(
            new Station("wallet", StationKind.POOL, "ledger"),
            new Wall.Today(null, OptionalDouble.of(0.3)),
            new Wall.Claim(
                new Estimate(multiple * 0.95, multiple, multiple * 1.05, 0.9),
                null,
                Wall.Confidence.EXTRAPOLATED,
                1),
            new Wall.Story("full", List.of(), List.of()),
            Wall.When.NOT_ASKED);
    var walls = new Walls(now, new Walls.Load(peak, now.minusSeconds(60), now), List.of(wall));
    return WallDates.on(walls, peaks, plan, new SplittableRandom(1)).walls().getFirst();
  }

  @Test
  void aWallWithinTheHorizonGetsADate() {
    Wall wall = dated(growing(200), 1.3, GrowthPlan.NONE);
    // ln 1.3 / 0.005 = 52 days.
    Wall.DateEstimate date = Objects.requireNonNull(wall.date());
    LocalDate right = BEGIN.plusDays(252);
    assertThat(date.low()).isBefore(right.plusDays(1));
    assertThat(date.high()).isAfter(right.minusDays(1));
    assertThat(date.median()).isBetween(right.minusDays(10), right.plusDays(10));
    assertThat(date.within()).containsOnlyKeys(30, 90);
    assertThat(date.basis()).contains("200 days");
    assertThat(wall.noDate()).isNull();
  }

  @Test
  void oneBeyondItIsOnlySaidNotToComeBefore() {
    Wall wall = dated(growing(100), 3, GrowthPlan.NONE);
    assertThat(wall.date()).isNull();
    assertThat(wall.noDate()).contains("not before " + BEGIN.plusDays(150)).contains("50 days");
  }

  @Test
  void aShortHistoryIsSaidToBeShort() {
    Wall wall = dated(growing(20), 1.3, GrowthPlan.NONE);
    assertThat(wall.date()).isNull();
    assertThat(wall.noDate()).contains("not enough history").contains("20 of 28");
  }

  @Test
  void aPlanDatesAShortHistoryAndSaysThatItIsAScenario() {
    Wall wall = dated(growing(20), 1.3, GrowthPlan.NONE.withGrowth("20%/month"));
    assertThat(Objects.requireNonNull(wall.date()).basis()).contains("scenario from your plan");
  }
}
