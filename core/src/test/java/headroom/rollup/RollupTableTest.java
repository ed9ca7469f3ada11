package headroom.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.testkit.ForAll;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RollupTableTest {
  @Test
  void fillsTheCellOfSeriesAndWindow() {
    ForAll.cases(100)
        .check(
            random -> random.longs(200, -500, 500).toArray(),
            seconds -> {
              var table = new RollupTable(10_000);
              Map<List<Object>, Cell> expected = new HashMap<>();
              for (int i = 0; i < seconds.length; i++) {
                SeriesKey key = key("s" + i % 3);
                table.cell(key, seconds[i]).record(i, false);
                long window = Math.floorDiv(seconds[i], 10L) * 10;
                expected.computeIfAbsent(List.of(key, window), k -> new Cell()).record(i, false);
              }
              Map<List<Object>, Cell> drained = new HashMap<>();
              assertThat(table.size()).isEqualTo(expected.size());
              for (Rollup rollup : table.drain()) {
                Cell twin = drained.put(List.of(rollup.key(), rollup.windowStart()), rollup.cell());
                assertThat(twin).isNull();
              }
              assertThat(drained).isEqualTo(expected);
              assertThat(table.drain()).isEmpty();
              assertThat(table.size()).isZero();
            });
  }

  @Test
  void beyondItsLimitItRefusesNewCellsAndCountsThem() {
    var table = new RollupTable(2);
    table.cell(key("a"), 0).record(1, false);
    table.cell(key("b"), 0).record(1, false);
    table.cell(key("c"), 0).record(1, false);
    table.cell(key("a"), 10).record(1, false);
    table.cell(key("a"), 9).record(1, false);
    assertThat(table.size()).isEqualTo(2);
    assertThat(table.refused()).isEqualTo(2);
    assertThat(table.drain())
        .extracting(Rollup::key, rollup -> rollup.cell().count())
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(key("a"), 2L),
            org.assertj.core.groups.Tuple.tuple(key("b"), 1L));
    table.cell(key("c"), 0).record(1, false);
    assertThat(table.size()).isOne();
  }

  @Test
  void drainsEachSeriesInOrder() {
    var table = new RollupTable(100);
    for (long second : new long[] {50, 10, 90, 30, 70}) {
      table.cell(key("a"), second).increase(1);
    }
    assertThat(table.drain())
        .extracting(Rollup::windowStart)
        .containsExactly(10L, 30L, 50L, 70L, 90L);
  }

  @Test
  void refusesALimitBelowOne() {
    assertThatIllegalArgumentException().isThrownBy(() -> new RollupTable(0));
  }

  private static SeriesKey key(String subject) {
    return new SeriesKey(Measure.OPERATION, "wallet", "", subject, "");
  }
}
