package headroom.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.model.Measure;
import headroom.model.StationKind;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class StationGaugeTest {
  @Test
  void whatIsWaitedForIsWatched() {
    assertThat(StationGauge.ALL)
        .extracting(StationGauge::kind)
        .contains(StationKind.POOL, StationKind.CPU, StationKind.THREADS, StationKind.EXECUTOR)
        .doesNotContain(StationKind.CONNECTIONS, StationKind.MEMORY, StationKind.OBJECTIVE);
  }

  @Test
  void aMachineIsFullAtOneAndAPoolAtItsLimit() {
    assertThat(StationGauge.of(StationKind.CPU))
        .hasValue(
            new StationGauge(StationKind.CPU, Measure.HOST_CPU_UTILIZATION, Optional.empty()));
    assertThat(StationGauge.of(StationKind.POOL))
        .hasValue(
            new StationGauge(StationKind.POOL, Measure.POOL_USED, Optional.of(Measure.POOL_LIMIT)));
  }
}
