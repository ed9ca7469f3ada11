package headroom.load.study.capacity;

import headroom.plan.Study;
import java.util.OptionalDouble;

/**
 * Which rate to try next: doubling until one breaks, then halfway, by ratio, between the highest
 * that held and the lowest that broke.
 */
final class RateSearch {
  private static final double GROWTH = 2;

  /** When even the first rate breaks, the search goes down this far. */
  private static final double LOWEST_SHARE = 1.0 / 64;

  private final Study.Capacity goal;
  private double held;
  private double broken = Double.POSITIVE_INFINITY;
  private double last;

  RateSearch(Study.Capacity goal) {
    this.goal = goal;
  }

  /** The next rate, empty when the search is over. */
  OptionalDouble next() {
    if (last == 0) {
      return try_(goal.fromPerSecond());
    }
    if (broken == Double.POSITIVE_INFINITY) {
      return held >= goal.toPerSecond()
          ? OptionalDouble.empty()
          : try_(Math.min(goal.toPerSecond(), held * GROWTH));
    }
    if (held == 0) {
      double lower = broken / GROWTH;
      return lower < goal.fromPerSecond() * LOWEST_SHARE ? OptionalDouble.empty() : try_(lower);
    }
    return broken / held <= 1 + goal.precision()
        ? OptionalDouble.empty()
        : try_(Math.sqrt(held * broken));
  }

  /** How many rates are still to be tried, at most: as if all the next ones held. */
  int mostLeft() {
    if (last == 0) {
      double first = goal.fromPerSecond();
      return Math.max(mostLeft(first), 1 + mostBelow(first));
    }
    if (broken < Double.POSITIVE_INFINITY && held == 0) {
      return mostBelow(broken);
    }
    if (broken < Double.POSITIVE_INFINITY) {
      return halvings(broken / held);
    }
    return held >= goal.toPerSecond() ? 0 : mostLeft(Math.min(goal.toPerSecond(), GROWTH * held));
  }

  /** Down from a rate that broke to the lowest, and from the last step of that up again. */
  private int mostBelow(double rate) {
    double steps = log(rate / GROWTH / (goal.fromPerSecond() * LOWEST_SHARE));
    return steps < -1e-9 ? 0 : (int) Math.floor(steps + 1e-9) + 1 + halvings(GROWTH);
  }

  /** From a first rate up to the highest, and then as many as it takes to close in on one. */
  private int mostLeft(double first) {
    int up = (int) Math.ceil(log(goal.toPerSecond() / first) - 1e-9) + 1;
    return up + halvings(GROWTH);
  }

  /** How often a gap must be halved, by ratio, until the precision is left. */
  private int halvings(double ratio) {
    double gap = Math.log(ratio) / Math.log(1 + goal.precision());
    return gap <= 1 ? 0 : (int) Math.ceil(log(gap) - 1e-9);
  }

  private static double log(double value) {
    return Math.log(value) / Math.log(GROWTH);
  }

  private OptionalDouble try_(double rate) {
    last = rate;
    return OptionalDouble.of(rate);
  }

  /** Tells what came of a rate; one that broke counts for all higher ones. */
  void tell(double ratePerSecond, Plateau.Verdict verdict) {
    switch (verdict) {
      case HELD -> held = Math.max(held, ratePerSecond);
      case BROKEN -> {
        broken = Math.min(broken, ratePerSecond);
        held = held >= broken ? 0 : held;
      }
    }
  }

  /** The highest rate that held, 0 for none. */
  double held() {
    return held;
  }

  /** The lowest rate that broke, infinity for none. */
  double broken() {
    return broken;
  }
}
