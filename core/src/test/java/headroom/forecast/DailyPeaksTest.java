package headroom.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.rollup.Cell;
import headroom.store.Series;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class DailyPeaksTest {
  private static final LocalDate BEGIN = LocalDate.of(2026, 3, 2);

  /** Days that are busiest at 12, 13 and 14 o'clock, with 10/s at 13. */
  private static double[] hours(int days) {
    double[] hours = new double[days * 24];
    for (int i = 0; i < hours.length; i++) {
      hours[i] = Math.max(1, 10 - 2 * Math.abs(i % 24 - 13));
    }
    return hours;
  }

  @Test
  void aPeakIsAboutTheBusiestHour() {
    DailyPeaks peaks = DailyPeaks.ofHours(BEGIN, hours(10));
    assertThat(peaks.seen()).isEqualTo(10);
    assertThat(Arrays.stream(peaks.perSecond()).boxed()).allMatch(peak -> peak > 9 && peak <= 10);
  }

  @Test
  void aDayThatWasNotSeenWhenItIsBusyIsMissing() {
    double[] hours = hours(10);
    hours[4 * 24 + 13] = Double.NaN;
    hours[6 * 24 + 3] = Double.NaN;
    DailyPeaks peaks = DailyPeaks.ofHours(BEGIN, hours);
    assertThat(peaks.perSecond()[4]).isNaN();
    assertThat(peaks.perSecond()[6]).isGreaterThan(9);
    assertThat(peaks.seen()).isEqualTo(9);
  }

  @Test
  void itBeginsAndEndsWithADayThatWasSeen() {
    double[] hours = hours(10);
    Arrays.fill(hours, 0, 24 + 13, Double.NaN);
    Arrays.fill(hours, 9 * 24 + 10, 240, Double.NaN);
    DailyPeaks peaks = DailyPeaks.ofHours(BEGIN, hours);
    assertThat(peaks.first()).isEqualTo(BEGIN.plusDays(2));
    assertThat(peaks.last()).isEqualTo(BEGIN.plusDays(8));
    assertThat(peaks.span()).isEqualTo(7);
  }

  @Test
  void nothingSeenIsNoDays() {
    double[] nothing = new double[72];
    Arrays.fill(nothing, Double.NaN);
    assertThat(DailyPeaks.ofHours(BEGIN, nothing).span()).isZero();
    assertThat(DailyPeaks.ofHours(BEGIN, new double[0]).seen()).isZero();
  }

  @Test
  void seriesAreAddedUpAndTheHourThatIsNotOverIsLeftOut() {
    Instant from = Instant.parse("2026-03-02T00:00:00Z");
    Instant to = Instant.parse("2026-03-05T15:30:00Z");
    var gatherer = new DailyPeaks.Gatherer(from, to);
    for (String action : new String[] {"GET /a", "GET /b"}) {
      var cells = new TreeMap<Long, Cell>();
      for (long hour = 0; hour < 88; hour++) {
        Cell cell = new Cell();
        // The last hour, still under way, would be a thousand times as busy.
        cell.increase(1);
        for (int i = 1; i < (hour == 87 ? 10_000 : 10); i++) {
          cell.increase(1);
        }
        cells.put(from.getEpochSecond() + hour * 3_600, cell);
      }
      gatherer.add(Series.of(new SeriesKey(Measure.ACTION, "s", "", action, ""), cells));
    }
    DailyPeaks peaks = gatherer.peaks();
    assertThat(peaks.first()).isEqualTo(LocalDate.of(2026, 3, 2));
    assertThat(peaks.perSecond()[0]).isCloseTo(20 / 3_600.0, within(1e-9));
    assertThat(Arrays.stream(peaks.perSecond()).boxed())
        .allMatch(peak -> Double.isNaN(peak) || peak < 0.01);
  }
}
