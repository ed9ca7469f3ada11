package headroom.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.rollup.Cell;
import headroom.rollup.Resolution;
import headroom.store.History;
import headroom.store.Series;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class SaturatedStationTest {
  @Test
  void namesThePoolThatMakesRequestsWait() {
    assertThat(SaturatedStation.during(history(0.5, 4.1))).hasValue("wallet/pool/ledger");
  }

  @Test
  void namesTheProcessorWhenThatIsFullToo() {
    assertThat(SaturatedStation.during(history(0.97, 5))).hasValue("wallet/cpu");
  }

  @Test
  void namesNothingWhenAllHaveRoom() {
    assertThat(SaturatedStation.during(history(0.5, 2))).isEmpty();
  }

  private static History history(double processor, double connections) {
    return History.of(
        Resolution.TEN_SECONDS,
        Instant.EPOCH,
        Instant.ofEpochSecond(10),
        List.of(
            gauge(Measure.HOST_CPU_UTILIZATION, "", processor),
            gauge(Measure.POOL_USED, "ledger", connections),
            gauge(Measure.POOL_LIMIT, "ledger", 5)),
        List.of());
  }

  private static Series gauge(Measure measure, String subject, double value) {
    Cell cell = new Cell();
    cell.sample(value, 1);
    var cells = new TreeMap<Long, Cell>();
    cells.put(0L, cell);
    return Series.of(new SeriesKey(measure, "wallet", "one", subject, ""), cells);
  }
}
