package headroom.wall.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.model.Measure;
import headroom.store.History;
import headroom.store.Planted;
import headroom.store.SeriesIndex;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class ScalingTest {
  private static final int WINDOWS = 120;

  private static int rate(int window) {
    return (int) Math.round(100 - 80 * Math.cos(2 * Math.PI * window / 60.0));
  }

  /** Whether the number of instances, of which so many report in a window, follows the traffic. */
  private static boolean follows(IntUnaryOperator instances) {
    var planted = new Planted(WINDOWS, 1);
    planted.actions(i -> rate(i), i -> 0.01);
    for (int k = 0; k < 4; k++) {
      int instance = k;
      planted.with(
          Measure.CPU_TIME,
          "shop-" + k,
          "",
          "",
          (i, cell) -> {
            if (instances.applyAsInt(i) > instance) {
              cell.increase(1);
            }
          });
    }
    History history = planted.history();
    var index = new SeriesIndex(history);
    var processor = index.things(Measure.CPU_TIME).getFirst();
    return Scaling.followsTraffic(
        processor.instances().stream()
            .map(instance -> index.at(Measure.CPU_TIME, processor, instance))
            .toList(),
        Traffic.of(history).orElseThrow());
  }

  @Test
  void instancesThatComeWithTheTrafficAreScaled() {
    assertThat(follows(i -> rate(i) > 100 ? 3 : 1)).isTrue();
    assertThat(follows(i -> 1 + rate(i) / 50)).isTrue();
  }

  @Test
  void instancesThatComeAndGoOtherwiseAreNot() {
    assertThat(follows(i -> 3)).as("always three").isFalse();
    assertThat(follows(i -> i == 40 ? 2 : 3)).as("one row is lost").isFalse();
    assertThat(follows(i -> i % 60 < 30 ? 2 : 3)).as("a third one for half an hour").isFalse();
    assertThat(follows(i -> rate(i) > 100 ? 2 : 3)).as("fewer when there is more").isFalse();
  }
}
