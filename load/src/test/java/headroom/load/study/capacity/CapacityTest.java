package headroom.load.study.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import headroom.plan.Study;
import headroom.testkit.ForAll;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class CapacityTest {
  @Test
  void theSearchEndsCloseBelowWhereItBreaks() {
    ForAll.cases(500)
        .check(
            random -> Math.pow(10, random.nextDouble(0.3, 4.5)),
            wall -> {
              var search = new RateSearch(Study.Capacity.between(10, 20_000));
              int plateaus = 0;
              var most = new ArrayList<Integer>(List.of(search.mostLeft()));
              for (OptionalDouble rate = search.next(); rate.isPresent(); rate = search.next()) {
                boolean holds = rate.getAsDouble() < wall;
                search.tell(
                    rate.getAsDouble(), holds ? Plateau.Verdict.HELD : Plateau.Verdict.BROKEN);
                assertThat(++plateaus).isLessThan(25);
                most.add(plateaus + search.mostLeft());
              }
              // What was said to be the most was never too few, and never became more.
              assertThat(most).isSortedAccordingTo(Comparator.reverseOrder());
              assertThat(most.getLast()).isEqualTo(plateaus);
              if (wall > 20_000) {
                assertThat(search.held()).isEqualTo(20_000);
              } else {
                assertThat(search.held()).isBetween(wall / 1.06, wall);
                assertThat(search.broken()).isBetween(wall, wall * 1.06);
              }
            });
  }

  @Test
  void aTargetThatNeverHoldsEndsTheSearchToo() {
    var search = new RateSearch(Study.Capacity.between(10, 1_000));
    int plateaus = 0;
    for (OptionalDouble rate = search.next(); rate.isPresent(); rate = search.next()) {
      search.tell(rate.getAsDouble(), Plateau.Verdict.BROKEN);
      assertThat(++plateaus).isLessThan(10);
      assertThat(search.mostLeft()).isLessThan(12);
    }
    assertThat(search.mostLeft()).isZero();
    assertThat(search.held()).isZero();
  }

  @Test
  void theLawIsFoundAgainFromPointsOnIt() {
    ForAll.cases(300)
        .check(
            random ->
                new double[] {
                  random.nextDouble(1, 1_000),
                  random.nextInt(3) == 0 ? 0 : random.nextDouble(0.001, 0.3),
                  random.nextInt(3) == 0 ? 0 : random.nextDouble(1e-5, 1e-2)
                },
            law -> {
              var points = new ArrayList<Scalability.Point>();
              for (double n : new double[] {0.5, 1, 2, 4, 8, 16, 32, 64}) {
                double x = law[0] * n / (1 + law[1] * (n - 1) + law[2] * n * (n - 1));
                points.add(new Scalability.Point(n, x));
              }
              Scalability fit = Scalability.fit(points, 1);
              assertThat(fit.lambda().value()).isCloseTo(law[0], within(law[0] * 1e-6));
              assertThat(fit.contention().value()).isCloseTo(law[1], within(1e-6));
              assertThat(fit.coherency().value()).isCloseTo(law[2], within(1e-8));
              for (Scalability.Point point : points) {
                assertThat(fit.throughput(point.concurrency()))
                    .isCloseTo(
                        point.throughputPerSecond(), within(point.throughputPerSecond() * 1e-6));
              }
              if (law[2] > 0) {
                double peak = fit.peakConcurrency().orElseThrow();
                assertThat(fit.throughput(peak))
                    .isGreaterThanOrEqualTo(fit.throughput(peak * 1.1))
                    .isGreaterThanOrEqualTo(fit.throughput(Math.max(1, peak / 1.1)));
              }
            });
  }

  @Test
  void aStationarySeriesIsToldFromOneThatGrows() {
    var random = new java.util.SplittableRandom(5);
    int mistakes = 0;
    for (int run = 0; run < 1_000; run++) {
      boolean grows = run % 2 == 0;
      double[] values = new double[30];
      for (int i = 0; i < values.length; i++) {
        values[i] = (grows ? 1 + 0.1 * i : 1) + 0.1 * random.nextGaussian();
      }
      mistakes += Stationarity.of(values).isStationary() == grows ? 1 : 0;
    }
    assertThat(mistakes).isLessThan(20);
  }

  @Test
  void aWarmUpIsCutOff() {
    double[] values = new double[30];
    var random = new java.util.SplittableRandom(3);
    for (int i = 0; i < values.length; i++) {
      values[i] = 1 + 5 * Math.exp(-i / 2.0) + 0.05 * random.nextGaussian();
    }
    Stationarity stationarity = Stationarity.of(values);
    assertThat(stationarity.warmUp()).isBetween(5, 15);
    assertThat(stationarity.isStationary()).isTrue();
    assertThat(Stationarity.of(new double[] {1, 1, 1, 1, 1, 1}))
        .isEqualTo(new Stationarity(0, 0, 0));
    assertThatThrownBy(() -> Stationarity.of(new double[4])).hasMessageContaining("at least 5");
  }

  @Test
  void theKneeIsWhereTimeRisesFasterThanLoad() {
    // M/M/1 with a service time of 10 ms: R = S/(1 - λS), elasticity ρ/(1 - ρ), 1 at ρ = 0.5.
    var plateaus = new ArrayList<Plateau>();
    for (int rate = 10; rate <= 95; rate += 5) {
      plateaus.add(plateau(rate, 0.01 / (1 - rate * 0.01)));
    }
    assertThat(Knee.of(plateaus).orElseThrow()).isBetween(45.0, 55.0);
    assertThat(Knee.of(List.of(plateau(1, 0.1), plateau(2, 0.1)))).isEmpty();
  }

  private static Plateau plateau(double rate, double p50) {
    return new Plateau(
        rate,
        0,
        10,
        rate,
        rate * p50,
        OptionalDouble.of(p50),
        OptionalDouble.of(p50),
        0,
        List.of(),
        Optional.empty(),
        Plateau.Verdict.HELD);
  }
}
