package headroom.cli.prove;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.analysis.StationUses;
import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.model.Station;
import headroom.rollup.Cell;
import headroom.rollup.Resolution;
import headroom.store.History;
import headroom.store.Series;
import headroom.wall.Objective;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class SaturatedStationTest {
  @Test
  void namesThePoolThatMakesRequestsWait() {
    assertThat(during(history(0.5, 4.1))).hasValue("wallet/pool/ledger");
  }

  @Test
  void namesTheProcessorWhenThatIsFullToo() {
    assertThat(during(history(0.97, 5))).hasValue("wallet/cpu");
  }

  @Test
  void namesNothingWhenAllHaveRoom() {
    assertThat(during(history(0.5, 2))).isEmpty();
  }

  @Test
  void namesThePoolThatIsWaitedForThoughItIsNotQuiteFull() {
    assertThat(during(history(0.5, 3, waiting(0.4)))).hasValue("wallet/pool/ledger");
    assertThat(during(history(0.5, 3, waiting(0.05)))).isEmpty();
  }

  private static Optional<String> during(History history) {
    var objective = new Objective(0.99, 0.5, 0.01);
    return SaturatedStation.among(StationUses.of(history, objective.quantile()), objective).map(Station::text);
  }

  private static Series waiting(double seconds) {
    Cell cell = new Cell();
    cell.record(seconds, false);
    return series(Measure.POOL_WAIT, "ledger", cell);
  }

  private static History history(double processor, double connections, Series... more) {
    var series =
        new ArrayList<>(
            List.of(
                gauge(Measure.HOST_CPU_UTILIZATION, "", processor),
                gauge(Measure.POOL_USED, "ledger", connections),
                gauge(Measure.POOL_LIMIT, "ledger", 5)));
    series.addAll(List.of(more));
    return History.of(
        Resolution.TEN_SECONDS, Instant.EPOCH, Instant.ofEpochSecond(10), series, List.of());
  }

  private static Series gauge(Measure measure, String subject, double value) {
    Cell cell = new Cell();
    cell.sample(value, 1);
    return series(measure, subject, cell);
  }

  private static Series series(Measure measure, String subject, Cell cell) {
    var cells = new TreeMap<Long, Cell>();
    cells.put(0L, cell);
    return Series.of(new SeriesKey(measure, "wallet", "one", subject, ""), cells);
  }
}
