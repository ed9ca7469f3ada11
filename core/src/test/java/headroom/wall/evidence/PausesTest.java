package headroom.wall.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headroom.model.Measure;
import headroom.model.Station;
import headroom.model.StationKind;
import headroom.store.History;
import headroom.store.Planted;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PausesTest {
  private static final StationUse CPU =
      Stations.plain(
          new Station("wallet", StationKind.CPU, ""), OptionalDouble.of(2), "cores", List.of());

  private static double unevenness(String collector) {
    var planted = new Planted(30, 1);
    planted.with(
        Measure.GC_DURATION,
        "w-1",
        collector,
        "end of major GC",
        (i, cell) -> cell.record(0.1, false));
    planted.actions(i -> 100, i -> 0.02);
    History history = planted.history();
    Traffic traffic = Traffic.of(history).orElseThrow();
    return Pauses.unevenness(history, CPU, Spread.ONE, traffic, 10, 0.02);
  }

  @Test
  void pausesOfAllCoresWeighAsTheirSquare() {
    // Every ten seconds 0.2 core seconds at once, beside 100 requests of 0.02.
    assertThat(unevenness("G1 Old Generation"))
        .isCloseTo(0.5 * 0.1 * 0.04 / (10 * 2 * 0.0004), within(0.01));
  }

  @Test
  void whatIsCollectedBesideRequestsIsNoPause() {
    assertThat(unevenness("ZGC Major Cycles")).isZero();
    assertThat(unevenness("G1 Concurrent GC")).isZero();
  }
}
