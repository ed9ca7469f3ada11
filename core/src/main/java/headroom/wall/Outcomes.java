package headroom.wall;

import static headroom.wall.belief.Errors.COVERAGE;
import static headroom.wall.belief.Errors.FARTHEST;

import headroom.stats.Quantiles;
import headroom.wall.Worlds.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/** Many draws of where the walls are, summed up. */
final class Outcomes {
  private final List<Outcome> drawn;
  private final int[] timesFirst;

  private Outcomes(List<Outcome> drawn, int[] timesFirst) {
    this.drawn = drawn;
    this.timesFirst = timesFirst;
  }

  /**
   * Draws so many.
   *
   * @param settled as if demands were known exactly, as after a long history
   */
  static Outcomes of(Worlds worlds, int draws, boolean settled, RandomGenerator random) {
    List<Outcome> drawn = new ArrayList<>();
    int[] timesFirst = new int[worlds.stations()];
    for (int i = 0; i < draws; i++) {
      Outcome outcome = worlds.draw(random, settled);
      drawn.add(outcome);
      if (outcome.first() >= 0) {
        timesFirst[outcome.first()]++;
      }
    }
    return new Outcomes(drawn, timesFirst);
  }

  /** The station that is most often the first to break; −1 when none ever does. */
  int first() {
    int best = -1;
    for (int k = 0; k < timesFirst.length; k++) {
      if (timesFirst[k] > (best < 0 ? 0 : timesFirst[best])) {
        best = k;
      }
    }
    return best;
  }

  double chanceFirst(int k) {
    return (double) timesFirst[k] / drawn.size();
  }

  /** The chance that the first breaks while something else than the traffic uses it. */
  double chanceBesideJobs() {
    return (double) drawn.stream().filter(Outcome::besideJobs).count() / drawn.size();
  }

  /** How often a server that nobody reports breaks before all that report. */
  double chanceHidden() {
    return (double) drawn.stream().filter(Outcome::hidden).count() / drawn.size();
  }

  /** The lowest wall of each draw. */
  double[] nearest() {
    return drawn.stream()
        .mapToDouble(one -> Arrays.stream(one.multiple()).min().orElse(FARTHEST))
        .toArray();
  }

  /**
   * Where the objective fails because of this station. The one that is named first stands for
   * whatever breaks first in each draw: the system's wall is the lowest of them.
   *
   * @param widening by how much the interval is wider than the draws say, in logarithms
   */
  Estimate multiple(int k, Widening widening) {
    return k == first() ? earliest(widening) : estimate(one -> one.multiple()[k], widening);
  }

  /** Where the objective fails, whichever station it is because of. */
  Estimate earliest(Widening widening) {
    return estimate(one -> Arrays.stream(one.multiple()).min().orElseThrow(), widening);
  }

  /** Where this station is full. */
  Estimate saturation(int k, Widening widening) {
    return estimate(one -> one.saturation()[k], widening);
  }

  private Estimate estimate(ToDoubleFunction<Outcome> value, Widening widening) {
    double[] sorted = drawn.stream().mapToDouble(value).sorted().toArray();
    double median = Quantiles.ofSorted(sorted, 0.5);
    double low = Quantiles.ofSorted(sorted, (1 - COVERAGE) / 2);
    double high = Quantiles.ofSorted(sorted, (1 + COVERAGE) / 2);
    return new Estimate(
        median * Math.pow(low / median, widening.low()),
        median,
        median * Math.pow(high / median, widening.high()),
        COVERAGE);
  }
}
