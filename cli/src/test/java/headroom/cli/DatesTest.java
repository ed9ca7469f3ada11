package headroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.analysis.DailyPredictions;
import headroom.analysis.StoreAnalysis;
import headroom.cli.data.LocalStore;
import headroom.cli.terminal.ExitCode;
import headroom.forecast.GrowthPlan;
import headroom.ledger.Entry.Verdict;
import headroom.ledger.Prediction;
import headroom.model.Event;
import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.model.Station;
import headroom.model.StationKind;
import headroom.rollup.Cell;
import headroom.rollup.Rollup;
import headroom.store.InMemoryStore;
import headroom.wall.Estimate;
import headroom.wall.Objective;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a store to dates, and from what was kept to the ledger. */
final class DatesTest {
  private static final Instant BEGIN = Instant.parse("2026-08-01T00:00:00Z");
  private static final int DAYS = 100;

  @TempDir Path folder;

  /** Traffic that grows by 0.8 % a day, and a pool of ten that is used in proportion. */
  private static List<Rollup> growing() {
    var action = new SeriesKey(Measure.ACTION, "wallet", "", "POST /exchange", "");
    var used = new SeriesKey(Measure.POOL_USED, "wallet", "one", "ledger", "");
    var limit = new SeriesKey(Measure.POOL_LIMIT, "wallet", "one", "ledger", "");
    List<Rollup> rollups = new ArrayList<>();
    for (int hour = 0; hour < 24 * DAYS; hour++) {
      // The last week in rows of ten minutes, which walls are read from; before that an hour.
      int every = hour >= 24 * (DAYS - 8) ? 600 : 3_600;
      double tide = 0.6 + 0.4 * Math.sin((hour % 24 - 8) * Math.PI / 12);
      double perSecond = 10 * Math.exp(0.008 * hour / 24) * tide;
      for (int second = 0; second < 3_600; second += every) {
        long at = BEGIN.getEpochSecond() + hour * 3_600L + second;
        rollups.add(new Rollup(action, at, requests((int) Math.round(perSecond * every))));
        Cell busy = new Cell();
        busy.sample(perSecond * 0.1, at * 1_000_000_000L);
        rollups.add(new Rollup(used, at, busy));
        Cell size = new Cell();
        size.sample(10, at * 1_000_000_000L);
        rollups.add(new Rollup(limit, at, size));
      }
    }
    return rollups;
  }

  private static Cell requests(int count) {
    Cell one = new Cell();
    one.record(0.1, false);
    return Cell.of(count, 0, 0.1 * count, 0.1, 0.1, 0, Long.MIN_VALUE, one.histogram());
  }

  @Test
  void aStoreWithHistoryGivesDatesAndAPlanMovesThem() {
    var store = new InMemoryStore();
    store.merge(growing());
    var analysis = new StoreAnalysis(store, Objective.DEFAULT);

    var usual = analysis.walls().walls().getFirst();
    var planned = analysis.walls(GrowthPlan.NONE.withGrowth("10%/month")).walls().getFirst();

    assertThat(usual.multiple()).isNotNull();
    // About 2.4 times the peak at 0.8 % a day is beyond half of a hundred days.
    assertThat(Objects.requireNonNull(usual.noDate())).contains("not before");
    assertThat(Objects.requireNonNull(planned.date()).basis())
        .contains("scenario from your plan, on 100 days");
  }

  @Test
  void whatIsKeptOnceADayComesBackScored() {
    var store = new InMemoryStore();
    store.merge(growing());
    var analysis = new StoreAnalysis(store, Objective.DEFAULT);
    Instant now = BEGIN.plusSeconds(86_400L * DAYS);

    assertThat(DailyPredictions.keep(store, analysis, now.minusSeconds(60))).isPositive();
    assertThat(DailyPredictions.keep(store, analysis, now.minusSeconds(30))).isZero();
    assertThat(analysis.ledger().entries())
        .isNotEmpty()
        .allMatch(entry -> entry.load() == Verdict.TOO_EARLY);
  }

  @Test
  void nothingIsKeptOfTelemetryThatHasStopped() {
    var store = new InMemoryStore();
    store.merge(growing());
    var analysis = new StoreAnalysis(store, Objective.DEFAULT);
    Instant later = BEGIN.plusSeconds(86_400L * (DAYS + 1));
    assertThat(DailyPredictions.keep(store, analysis, later)).isZero();
  }

  @Test
  void aMeasuredBreakIsShownBesideItsPrediction() {
    Instant said = Instant.parse("2026-11-22T09:00:00Z");
    try (LocalStore store = LocalStore.open(folder)) {
      store
          .rollups()
          .merge(
              List.of(
                  new Rollup(
                      new SeriesKey(Measure.ACTION, "wallet", "", "GET /", ""),
                      said.getEpochSecond(),
                      requests(100))));
      store
          .rollups()
          .record(
              new Prediction(
                      said,
                      new Station("wallet", StationKind.POOL, "ledger"),
                      new Estimate(2, 3, 4, 0.9),
                      27,
                      null)
                  .event());
      store
          .rollups()
          .record(
              new Event(
                  "outcome",
                  said.plusSeconds(200),
                  "wallet",
                  Map.of("station", "wallet/pool/ledger", "perSecond", "83.7")));
    }

    Run words = Run.of("ledger", "--data", folder.toString());
    assertThat(words.code()).isZero();
    assertThat(words.out())
        .contains("1 is decided, of which 1 held")
        .contains("wallet/pool/ledger")
        .contains("right")
        .contains("3.10x");
    assertThat(Run.of("ledger", "--data", folder.toString(), "--json").out())
        .contains("\"verdict\" : \"right\"")
        .contains("\"actualMultiple\" : 3.1");
  }

  @Test
  void aGrowthThatCannotBeReadIsRefusedWithAnExample() {
    Run run = Run.of("walls", "--data", folder.toString(), "--growth", "8");
    assertThat(run.code()).isEqualTo(ExitCode.NOT_ASKED);
    assertThat(run.err()).contains("8%/month");
  }
}
