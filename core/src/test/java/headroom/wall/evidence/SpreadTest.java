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

class SpreadTest {
  private static StationUse use(StationKind kind, String subject) {
    return Stations.plain(
        new Station("wallet", kind, subject), OptionalDouble.of(4), "servers", List.of());
  }

  private static Planted cpu(double... seconds) {
    var planted = new Planted(30, 1).actions(i -> 10, i -> 0.1);
    for (int i = 0; i < seconds.length; i++) {
      double each = seconds[i];
      planted.with(Measure.CPU_TIME, "w-" + i, "", "", (t, cell) -> cell.increase(each));
    }
    return planted;
  }

  private static Spread processors(History history) {
    return Spread.of(history, use(StationKind.CPU, ""), Traffic.of(history).orElseThrow());
  }

  @Test
  void theBusiestHasItsShareAndTheOthersTheRest() {
    Spread spread = processors(cpu(4, 2, 2).history());
    assertThat(spread).isEqualTo(new Spread(0.5, 3));
    assertThat(spread.others()).isCloseTo(0.5, within(1e-12));
    assertThat(spread.evenlyOver(6).busiest()).isCloseTo(0.25, within(1e-12));
  }

  @Test
  void oneInstanceHasAll() {
    assertThat(processors(cpu(3).history())).isEqualTo(Spread.ONE);
    assertThat(Spread.ONE.others()).isZero();
    assertThat(processors(cpu().history())).as("not told").isEqualTo(Spread.ONE);
  }

  @Test
  void poolsOfOtherNamesDoNotCount() {
    Planted planted = new Planted(30, 1).actions(i -> 10, i -> 0.1);
    for (String pool : List.of("ledger", "audit")) {
      for (int i = 0; i < 2; i++) {
        double held = pool.equals("ledger") ? 0.1 : 5;
        planted.with(Measure.POOL_HOLD, "w-" + i, pool, "", (t, cell) -> cell.record(held, false));
      }
    }
    var pool = use(StationKind.POOL, "ledger");
    History history = planted.history();
    assertThat(Spread.of(history, pool, Traffic.of(history).orElseThrow()))
        .isEqualTo(new Spread(0.5, 2));
  }
}
