package headroom.lab;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.rollup.Resolution;
import headroom.stats.Quantiles;
import headroom.wall.Estimate;
import headroom.wall.Objective;
import headroom.wall.Wall;
import headroom.wall.WallPredictor;
import headroom.wall.Walls;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * Predictions from a few minutes at a third of the limit or less, beside the load at which the same
 * virtual service breaks in the long run; beside it where it breaks in a ramp of short plateaus,
 * which lies higher since queues need time to fill. {@code -Dheadroom.cases=N} runs N services of
 * each kind, {@code -Dheadroom.seed=N} others.
 */
class WallAccuracyTest {
  private static final int CASES = Integer.getInteger("headroom.cases", 10);
  private static final long SEED = Long.getLong("headroom.seed", 7_001L);

  @Test
  void aPoolBreaksFirst() {
    Score score = score("pool", Specs::pool, "wallet/pool/ledger");
    assertThat(score.medianError()).isLessThanOrEqualTo(0.10);
    assertThat(score.coverage()).isGreaterThanOrEqualTo(0.8);
    assertThat(score.firstRight()).isGreaterThanOrEqualTo(0.9);
  }

  @Test
  void processorsBreakFirst() {
    Score score = score("cpu", Specs::cpu, "wallet/cpu");
    assertThat(score.medianError()).isLessThanOrEqualTo(0.10);
    assertThat(score.coverage()).isGreaterThanOrEqualTo(0.8);
    assertThat(score.firstRight()).isGreaterThanOrEqualTo(0.9);
  }

  private static Score score(
      String kind, Function<RandomGenerator, ServiceSpec> specs, String first) {
    var seeds = new SplittableRandom(SEED);
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < CASES; i++) {
      long seed = seeds.nextLong();
      cases.add(run(specs.apply(new SplittableRandom(seed)), seed, first));
    }
    Score score = new Score(cases);
    System.out.printf("%s%n%s%n", kind, score);
    return score;
  }

  private static Case run(ServiceSpec spec, long seed, String expected) {
    var random = new SplittableRandom(seed ^ 1);
    double seconds = 150 + 150 * random.nextDouble();
    double limit = spec.roughLimit();
    var rate = Lab.steps((0.25 + 0.08 * random.nextDouble()) * limit, seconds);
    Walls walls =
        WallPredictor.predict(
            Lab.watch(spec, Resolution.TEN_SECONDS, seconds, rate, seed),
            Objective.DEFAULT,
            new SplittableRandom(seed));
    double peak = Objects.requireNonNull(walls.load()).peakPerSecond();
    Wall wall = walls.walls().getFirst();
    double truth = Lab.steadyWall(spec, 0.99, 0.5, seed + 3) / peak;
    double ramp = Lab.rampWall(spec, 0.99, 0.5, seed + 2) / peak;
    double full = spec.connections() / spec.holdPerRequest() / peak;
    return new Case(
        wall,
        Objects.requireNonNull(wall.multiple()),
        Objects.requireNonNull(wall.saturation()),
        truth,
        ramp,
        full,
        walls.firstToBreak().orElse("").equals(expected));
  }

  private record Case(
      Wall wall,
      Estimate multiple,
      Estimate saturation,
      double truth,
      double ramp,
      double full,
      boolean right) {
    double error() {
      return multiple.median() / truth - 1;
    }

    @Override
    public String toString() {
      return "%-20s %5.2f [%5.2f %5.2f] truth %5.2f ramp %5.2f error %+4.0f%% %s  full %5.2f (pool %5.2f) P %.2f rho %.2f %s"
          .formatted(
              wall.station(),
              multiple.median(),
              multiple.low(),
              multiple.high(),
              truth,
              ramp,
              100 * error(),
              multiple.contains(truth) ? "in " : "OUT",
              saturation.median(),
              full,
              wall.probabilityFirst(),
              wall.utilizationAtPeak().getAsDouble(),
              right ? "" : "WRONG");
    }
  }

  private record Score(List<Case> cases) {
    double medianError() {
      return Quantiles.median(cases.stream().mapToDouble(c -> Math.abs(c.error())).toArray());
    }

    double bias() {
      return Quantiles.median(cases.stream().mapToDouble(Case::error).toArray());
    }

    double coverage() {
      return share(cases.stream().filter(c -> c.multiple.contains(c.truth)).count());
    }

    double firstRight() {
      return share(cases.stream().filter(c -> c.right).count());
    }

    /** How far predictions lie from where short plateaus break. */
    double rampError() {
      return Quantiles.median(
          cases.stream().mapToDouble(c -> Math.abs(c.multiple.median() / c.ramp - 1)).toArray());
    }

    double rampCoverage() {
      return share(cases.stream().filter(c -> c.multiple.contains(c.ramp)).count());
    }

    double width() {
      return Quantiles.median(
          cases.stream()
              .mapToDouble(c -> (c.multiple.high() - c.multiple.low()) / c.multiple.median())
              .toArray());
    }

    private double share(long count) {
      return (double) count / cases.size();
    }

    @Override
    public String toString() {
      var lines = new StringBuilder();
      cases.forEach(c -> lines.append("  ").append(c).append('\n'));
      return lines
          + "  median error %.1f %%, bias %+.1f %%, coverage %.0f %%, width %.0f %%, first right %.0f %%; against the ramp: error %.1f %%, coverage %.0f %%"
              .formatted(
                  100 * medianError(),
                  100 * bias(),
                  100 * coverage(),
                  100 * width(),
                  100 * firstRight(),
                  100 * rampError(),
                  100 * rampCoverage());
    }
  }
}
