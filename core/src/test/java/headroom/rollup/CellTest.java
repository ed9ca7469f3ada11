package headroom.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import headroom.testkit.ForAll;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class CellTest {
  @Test
  void mergingIsCommutativeAndAssociativeAndEmptyIsNeutral() {
    ForAll.cases(400)
        .check(
            random -> List.of(cell(random), cell(random), cell(random)),
            abc -> {
              var a = abc.get(0);
              var b = abc.get(1);
              var c = abc.get(2);
              assertThat(merged(a, b)).isEqualTo(merged(b, a)).hasSameHashCodeAs(merged(b, a));
              assertThat(merged(merged(a, b), c)).isEqualTo(merged(a, merged(b, c)));
              assertThat(merged(a, new Cell())).isEqualTo(a);
              assertThat(merged(new Cell(), a)).isEqualTo(a);
            });
  }

  @Test
  void recordingInOneCellEqualsMergingTwo() {
    ForAll.cases(100)
        .check(
            random -> random.ints(50, 0, 4_096).toArray(),
            eighths -> {
              Cell whole = new Cell();
              Cell even = new Cell();
              Cell odd = new Cell();
              for (int i = 0; i < eighths.length; i++) {
                whole.record(eighths[i] / 8.0, i % 3 == 0);
                (i % 2 == 0 ? even : odd).record(eighths[i] / 8.0, i % 3 == 0);
              }
              assertThat(merged(odd, even)).isEqualTo(whole);
            });
  }

  @Test
  void mergingLeavesTheOtherAsItWas() {
    Cell other = new Cell();
    other.record(3, false);
    Cell into = new Cell();
    into.merge(other);
    into.record(5, true);
    Cell untouched = new Cell();
    untouched.record(3, false);
    assertThat(other).isEqualTo(untouched);
  }

  @Test
  void keepsTheLatestSampleWhateverTheOrder() {
    Cell early = new Cell();
    early.sample(7, 100);
    Cell late = new Cell();
    late.sample(3, 200);
    late.sample(4, 200);
    late.sample(3, 200);
    assertThat(merged(early, late).last()).isEqualTo(4);
    assertThat(merged(late, early).last()).isEqualTo(4);
    assertThat(merged(late, early).lastNanos()).isEqualTo(200);
    assertThat(merged(late, early).max()).isEqualTo(7);
  }

  @Test
  void takesWholeHistograms() {
    var histogram = new ExponentialHistogram();
    histogram.record(2, 9);
    histogram.record(4);
    Cell cell = new Cell();
    cell.record(1, true);
    cell.recordAll(10, 22, OptionalDouble.empty(), OptionalDouble.of(4), histogram, 2);
    histogram.record(1_000);
    assertThat(cell.count()).isEqualTo(11);
    assertThat(cell.errors()).isEqualTo(3);
    assertThat(cell.sum()).isEqualTo(23);
    assertThat(cell.min()).isEqualTo(1);
    assertThat(cell.max()).isEqualTo(4);
    assertThat(cell.quantile(0.5)).hasValueCloseTo(2.0, within(0.02));
    assertThat(cell.quantile(1)).hasValueCloseTo(4.0, within(0.04));

    Cell bare = new Cell();
    bare.recordAll(2, 5, OptionalDouble.empty(), OptionalDouble.empty(), null, 0);
    assertThat(bare.mean()).hasValue(2.5);
    assertThat(bare.quantile(0.5)).isEmpty();
    assertThat(bare.min()).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void refusesImpossibleTotals() {
    Cell cell = new Cell();
    var none = OptionalDouble.empty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> cell.recordAll(1, 1, none, none, null, 2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> cell.recordAll(-1, 1, none, none, null, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> cell.recordAll(1, Double.NaN, none, none, null, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> cell.sample(Double.NaN, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> cell.increase(Double.POSITIVE_INFINITY));
    assertThat(cell).isEqualTo(new Cell());
  }

  @Test
  void partsMergeBackToTheWhole() {
    ForAll.cases(400)
        .check(
            random -> new Divided(cell(random), random.nextInt(9) / 8.0),
            divided -> {
              var parts = divided.whole.split(divided.share);
              assertThat(merged(parts.earlier(), parts.later())).isEqualTo(divided.whole);
              assertThat(merged(parts.later(), parts.earlier())).isEqualTo(divided.whole);
              assertThat(parts.earlier().sum()).isEqualTo(divided.whole.sum() * divided.share);
              assertThat(parts.earlier().errors()).isLessThanOrEqualTo(parts.earlier().count());
              assertThat(parts.later().errors()).isLessThanOrEqualTo(parts.later().count());
            });
    assertThatIllegalArgumentException().isThrownBy(() -> new Cell().split(Double.NaN));
  }

  private record Divided(Cell whole, double share) {}

  /** Of any kind, with sums that are exact in binary, so that their order cannot show. */
  private static Cell cell(RandomGenerator random) {
    Cell cell = new Cell();
    int values = random.nextInt(30);
    switch (random.nextInt(4)) {
      case 0 -> random.ints(values, 0, 99_999).forEach(v -> cell.record(v / 64.0, v % 7 == 0));
      case 1 -> random.ints(values, 0, 99_999).forEach(v -> cell.increase(v / 64.0));
      case 2 -> random.ints(values, -999, 999).forEach(v -> cell.sample(v, random.nextInt(9)));
      default -> {
        var histogram = Histograms.any(random);
        long count = histogram.count();
        cell.recordAll(
            count,
            random.nextInt(99),
            OptionalDouble.empty(),
            OptionalDouble.of(9),
            histogram,
            count / 2);
      }
    }
    return cell;
  }

  private static Cell merged(Cell a, Cell b) {
    Cell merged = a.copy();
    merged.merge(b);
    return merged;
  }
}
