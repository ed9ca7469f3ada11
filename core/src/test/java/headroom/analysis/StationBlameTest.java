package headroom.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.analysis.StationBlame.MoreRetries;
import headroom.analysis.StationBlame.StillBusy;
import headroom.model.Station;
import headroom.model.StationKind;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

final class StationBlameTest {
  private static final Station POOL = new Station("shop", StationKind.POOL, "orders");
  private static final Station CPU = new Station("shop", StationKind.CPU, "");

  @Test
  void aFullProcessorIsTheDeepestCause() {
    assertThat(StationBlame.fullest(Map.of(POOL, 1.0, CPU, 0.94))).hasValue(CPU);
    assertThat(StationBlame.fullest(Map.of(POOL, 0.95, CPU, 0.92))).hasValue(POOL);
    assertThat(StationBlame.fullest(Map.of(POOL, 0.89, CPU, 0.89))).isEmpty();
  }

  @Test
  void whatWasAsBusyWhileAllWasWellIsNoCause() {
    double pool = StationBlame.of(POOL, 0.5, DoubleStream.of(0.1, 0.3));

    assertThat(StationBlame.of(CPU, 1, DoubleStream.of(0.2, 0.99)))
        .isNotPositive()
        .isLessThan(pool);
    assertThat(StationBlame.of(CPU, 1, DoubleStream.of(0.2, 0.9))).isGreaterThan(1);
  }

  @Test
  void aStationStaysBusyOnlyWhenItWasLessSoBefore() {
    assertThat(StationBlame.stillBusy(Map.of(POOL, 0.1), Map.of(POOL, 0.9, CPU, 0.7)))
        .containsExactly(new StillBusy(POOL, 0.1, 0.9));
    assertThat(StationBlame.stillBusy(Map.of(POOL, 0.85), Map.of(POOL, 0.9))).isEmpty();
  }

  @Test
  void retriesAreToldWhenTheyAreManyAndMoreThanBefore() {
    assertThat(StationBlame.moreRetries(Map.of(), Map.of("pay", 0.5, "look", 0.1)))
        .containsExactly(new MoreRetries("pay", 0, 0.5));
    assertThat(StationBlame.moreRetries(Map.of("pay", 0.3), Map.of("pay", 0.5))).isEmpty();
  }
}
