package headroom.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.ledger.Entry.Verdict;
import headroom.model.Event;
import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.model.Station;
import headroom.rollup.Cell;
import headroom.store.Series;
import headroom.wall.Estimate;
import headroom.wall.Objective;
import headroom.wall.Wall;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class LedgerTest {
  private static final Instant SAID = Instant.parse("2026-11-01T12:00:00Z");
  private static final int STRETCH = 600;

  private final TreeMap<Long, Cell> cells = new TreeMap<>();
  private final List<Event> events = new ArrayList<>();

  private static Station station(String text) {
    return Station.parse(text).orElseThrow();
  }

  /** A prediction on a peak of 10/s. */
  private void said(String station, double low, double median, double high) {
    said(station, low, median, high, null);
  }

  private void said(
      String station, double low, double median, double high, Wall.@Nullable DateEstimate date) {
    events.add(
        new Prediction(SAID, station(station), new Estimate(low, median, high, 0.9), 10, date)
            .event());
  }

  /** Ten minutes of this load, so many stretches after the prediction. */
  private void load(int stretch, double perSecond, double seconds) {
    Cell cell = new Cell();
    for (int i = 0; i < perSecond * STRETCH; i++) {
      cell.record(seconds, false);
    }
    cells.put(SAID.getEpochSecond() + (long) stretch * STRETCH, cell);
  }

  private Ledger ledger() {
    var record = new LoadRecord(STRETCH, Objective.DEFAULT);
    record.add(Series.of(new SeriesKey(Measure.ACTION, "s", "", "GET /", ""), cells));
    return Ledger.of(events, record);
  }

  private Entry only() {
    return ledger().entries().getFirst();
  }

  @Test
  void aPredictionComesBackFromItsEvent() {
    var date =
        new Wall.DateEstimate(
            LocalDate.of(2026, 12, 1), LocalDate.of(2027, 1, 1), LocalDate.of(2027, 3, 1), 0.9);
    var said = new Prediction(SAID, station("a/pool/b"), new Estimate(2, 3, 4, 0.9), 118.2, date);
    assertThat(Prediction.of(said.event())).contains(said);
    var without =
        new Prediction(SAID, station("a/pool/b"), new Estimate(2, 3, 4, 0.9), 118.2, null);
    assertThat(Prediction.of(without.event())).contains(without);
  }

  @Test
  void anEventThatCannotBeReadIsPassedOver() {
    events.add(new Event("prediction", SAID, "x", Map.of("station", "x", "low", "much")));
    events.add(new Event("prediction", SAID, "x", Map.of()));
    assertThat(ledger().entries()).isEmpty();
  }

  @Test
  void itIsTooEarlyBelowTheIntervalAndOpenWithin() {
    said("a/cpu", 2, 3, 4);
    load(1, 12, 0.01);
    assertThat(only().load()).isEqualTo(Verdict.TOO_EARLY);
    load(2, 25, 0.01);
    assertThat(only().load()).isEqualTo(Verdict.OPEN);
    assertThat(only().actualMultiple()).hasValue(2.5);
  }

  @Test
  void holdingBeyondTheIntervalIsWrong() {
    said("a/cpu", 2, 3, 4);
    load(1, 41, 0.01);
    assertThat(only().load()).isEqualTo(Verdict.WRONG);
    assertThat(only().why()).contains("beyond");
  }

  @Test
  void failingWithinTheIntervalIsRightForTheFirstOnly() {
    said("a/cpu", 2, 3, 4);
    said("b/cpu", 5, 6, 7);
    load(1, 20, 0.01);
    load(2, 28, 0.9);
    load(3, 29, 0.9);
    assertThat(ledger().entries())
        .extracting(Entry::load)
        .containsExactly(Verdict.RIGHT, Verdict.TOO_EARLY);
    assertThat(ledger().multiples()).isEqualTo(new Ledger.Tally(1, 1, 0.9));
  }

  @Test
  void failingBelowTheIntervalIsWrong() {
    said("a/cpu", 2, 3, 4);
    load(1, 12, 0.01);
    load(2, 14, 0.9);
    load(3, 14, 0.9);
    assertThat(only().load()).isEqualTo(Verdict.WRONG);
    assertThat(only().why()).contains("below");
  }

  @Test
  void oneBadStretchAndAnIncidentAtALoadThatHeldAreNoWall() {
    said("a/cpu", 2, 3, 4);
    load(1, 15, 0.01);
    load(2, 16, 0.9);
    load(3, 15, 0.01);
    load(4, 10, 0.9);
    load(5, 10, 0.9);
    assertThat(only().load()).isEqualTo(Verdict.TOO_EARLY);
  }

  @Test
  void whatATestMeasuredDecides() {
    said("a/cpu", 2, 3, 4);
    events.add(outcome("a/cpu", 31));
    assertThat(only().load()).isEqualTo(Verdict.RIGHT);
    assertThat(only().actualMultiple()).hasValue(3.1);
  }

  @Test
  void aTestThatBrokeAnotherStationFirstProvesTheFirstWrong() {
    said("a/cpu", 2, 3, 4);
    events.add(outcome("b/cpu", 31));
    assertThat(only().load()).isEqualTo(Verdict.WRONG);
    assertThat(only().why()).contains("b/cpu broke");
  }

  @Test
  void atAnotherObjectiveATestSaysNothing() {
    said("a/cpu", 2, 3, 4);
    events.add(tested("perSecond", 31, "0.2"));
    events.add(tested("brokePerSecond", 12, "0.2"));
    assertThat(only().load()).isEqualTo(Verdict.TOO_EARLY);
    events.add(tested("perSecond", 31, "0.5"));
    assertThat(only().load()).isEqualTo(Verdict.RIGHT);
  }

  @Test
  void whatHeldBeyondTheIntervalOrBrokeBelowItProvesItWrong() {
    said("a/cpu", 2, 3, 4);
    events.add(tested("heldPerSecond", 39, "0.5"));
    events.add(tested("brokePerSecond", 50, "0.5"));
    assertThat(only().load()).as("the wall may be at 4.0 or at 5.0").isEqualTo(Verdict.TOO_EARLY);
    events.add(tested("heldPerSecond", 41, "0.5"));
    assertThat(only().load()).isEqualTo(Verdict.WRONG);
    assertThat(only().why()).contains("held at 4.10x, beyond");

    events.clear();
    said("a/cpu", 2, 3, 4);
    said("b/cpu", 5, 6, 7);
    events.add(tested("brokePerSecond", 19, "0.5"));
    assertThat(ledger().entries())
        .extracting(Entry::load)
        .containsExactly(Verdict.WRONG, Verdict.TOO_EARLY);
    assertThat(only().why()).contains("broke at 1.90x, below");
  }

  @Test
  void betweenWhatHeldAndWhatBrokeThePredictionWasRight() {
    said("a/cpu", 2, 3, 4);
    events.add(tested("brokePerSecond", 36, "0.5"));
    assertThat(only().load()).as("it may have broken far below").isEqualTo(Verdict.TOO_EARLY);
    events.add(tested("heldPerSecond", 25, "0.5"));
    assertThat(only().load()).isEqualTo(Verdict.RIGHT);
    assertThat(only().actualMultiple()).hasValue(3);
  }

  private static Event tested(String bound, double perSecond, String limitSeconds) {
    return new Event(
        "test",
        SAID.plusSeconds(900),
        "wallet",
        Map.of(bound, String.valueOf(perSecond), "quantile", "0.99", "limitSeconds", limitSeconds));
  }

  private static Event outcome(String station, double perSecond) {
    return new Event(
        "outcome",
        SAID.plusSeconds(900),
        "wallet",
        Map.of("station", station, "perSecond", String.valueOf(perSecond)));
  }

  @Test
  void aDateIsRightWhenTrafficGetsThereWithinIt() {
    said("a/cpu", 2, 3, 4, days(1, 3, 6));
    assertThat(only().date()).isEqualTo(Verdict.TOO_EARLY);
    load(144 * 4, 31, 0.01);
    assertThat(only().date()).isEqualTo(Verdict.RIGHT);
  }

  @Test
  void aDateThatPassedWithoutTheTrafficIsWrong() {
    said("a/cpu", 2, 3, 4, days(1, 3, 6));
    load(144 * 5, 20, 0.01);
    assertThat(only().date()).isEqualTo(Verdict.OPEN);
    load(144 * 8, 20, 0.01);
    assertThat(only().date()).isEqualTo(Verdict.WRONG);
    assertThat(ledger().dates()).isEqualTo(new Ledger.Tally(1, 0, 0.9));
  }

  private static Wall.DateEstimate days(int low, int median, int high) {
    LocalDate day = LocalDate.of(2026, 11, 1);
    return new Wall.DateEstimate(day.plusDays(low), day.plusDays(median), day.plusDays(high), 0.9);
  }
}
