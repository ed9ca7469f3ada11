package headroom.load.study.interference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headroom.load.study.interference.Interference.Condition;
import headroom.load.study.interference.Interference.Measured;
import headroom.testkit.ForAll;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class InterferenceTest {
  @Test
  void everyFlowIsMeasuredAloneInPairsAndTogether() {
    assertThat(Interference.conditions(List.of("a", "b", "c")))
        .containsExactly(
            set("a"),
            set("b"),
            set("c"),
            set("a", "b"),
            set("a", "c"),
            set("b", "c"),
            set("a", "b", "c"));
    assertThat(Interference.conditions(List.of("a", "b")))
        .containsExactly(set("a"), set("b"), set("a", "b"));
  }

  @Test
  void aPlantedSlowDownIsFoundAndNothingElse() {
    var random = new SplittableRandom(1);
    var measured = new HashMap<Condition, Map<String, Measured>>();
    int blocks = 5;
    for (int block = 0; block < blocks; block++) {
      double drift = 1 + 0.5 * block;
      for (Set<String> together : Interference.conditions(List.of("a", "b", "c"))) {
        var times = new HashMap<String, Measured>();
        for (String flow : together) {
          boolean slowed = flow.equals("a") && together.contains("b");
          double p50 = drift * 0.1 * Math.exp(0.03 * random.nextGaussian());
          times.put(flow, new Measured(p50, p50 * (slowed ? 9 : 3), slowed ? 0.1 : 0));
        }
        measured.put(new Condition(together, block), times);
      }
    }
    Interference result = Interference.of(List.of("a", "b", "c"), blocks, measured, List.of());
    Interference.Effect pair = result.effect("a", "b").orElseThrow();
    assertThat(pair.p99().value()).isCloseTo(3, within(0.3));
    assertThat(pair.p99().isSlower()).isTrue();
    assertThat(pair.together().p99() / pair.alone().p99()).isCloseTo(3, within(0.3));
    assertThat(pair.errorShare()).isCloseTo(0.1, within(1e-9));
    assertThat(result.effect("a", "b", "c").orElseThrow().p99().isSlower()).isTrue();
    assertThat(result.effect("b", "a").orElseThrow().p99().value()).isCloseTo(1, within(0.1));
    assertThat(result.effect("a", "c").orElseThrow().p99().value()).isCloseTo(1, within(0.1));
    assertThat(result.effect("a")).isEmpty();
    assertThat(result.effects()).hasSize(9);
  }

  @Test
  void theIntervalHoldsTheTruthAsOftenAsItSays() {
    int[] held = new int[1];
    int cases = 2_000;
    ForAll.cases(cases)
        .check(
            random -> {
              double[] ratios = new double[4];
              for (int i = 0; i < ratios.length; i++) {
                ratios[i] = 2 * Math.exp(0.3 * random.nextGaussian());
              }
              return ratios;
            },
            ratios -> {
              Ratio ratio = Ratio.of(ratios);
              held[0] += ratio.low() <= 2 && 2 <= ratio.high() ? 1 : 0;
            });
    assertThat(held[0] / (double) cases).isCloseTo(0.9, within(0.025));
  }

  private static Set<String> set(String... names) {
    return new TreeSet<>(List.of(names));
  }
}
