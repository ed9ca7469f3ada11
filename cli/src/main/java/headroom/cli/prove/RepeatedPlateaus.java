package headroom.cli.prove;

import headroom.wall.Objective;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Measures a wall whose place is roughly known by long plateaus at a few loads around it, each
 * repeated, in shuffled order and with a pause after each, so that neither chance nor what one
 * plateau leaves behind decides.
 *
 * <p>What a load showed is the median of its repetitions. Over loads that must not fall; where
 * chance says otherwise, neighbours are averaged ({@link RisingCurve}). The wall is where that
 * curve crosses what is allowed; its low and high are the lowest and highest crossing of any single
 * repetition.
 */
final class RepeatedPlateaus {
  /** From one load to the next. */
  static final double STEP = 1.09;

  private static final int BELOW = 2;
  private static final int ABOVE = 1;

  /** How often loads are added at an end where the wall was not between those tried. */
  private static final int MOST_ADDED = 4;

  private final PlateauLoad load;
  private final Objective objective;
  private final int seconds;
  private final int repetitions;
  private final Random random;

  /** By load, one of each repetition. */
  private final TreeMap<Double, List<LoadLevel>> tried = new TreeMap<>();

  RepeatedPlateaus(
      PlateauLoad load, Objective objective, int seconds, int repetitions, RandomGenerator seeded) {
    this.load = load;
    this.objective = objective;
    this.seconds = seconds;
    this.repetitions = repetitions;
    this.random = Random.from(seeded);
  }

  /** The wall, which is thought to be about there, in requests per second. */
  MeasuredWall around(double perSecond) throws GrowthEnded, InterruptedException {
    List<Double> first = new ArrayList<>();
    for (int i = -BELOW; i <= ABOVE; i++) {
      first.add(perSecond * Math.pow(STEP, i));
    }
    load.pause();
    hold(first);
    for (int added = 0; added < MOST_ADDED; added++) {
      List<LoadLevel> curve = RisingCurve.through(medians());
      if (!curve.getFirst().keeps(objective)) {
        hold(List.of(tried.firstKey() / STEP));
      } else if (curve.getLast().keeps(objective)) {
        hold(List.of(tried.lastKey() * STEP));
      } else {
        return wall(curve);
      }
    }
    List<LoadLevel> curve = RisingCurve.through(medians());
    if (curve.getFirst().keeps(objective) && !curve.getLast().keeps(objective)) {
      return wall(curve);
    }
    throw new GrowthEnded(
        "long plateaus %s at every load from %.1f to %.1f requests/s, unlike the short ones before"
            .formatted(
                curve.getFirst().keeps(objective) ? "held" : "failed",
                tried.firstKey(),
                tried.lastKey()));
  }

  private void hold(List<Double> loads) throws GrowthEnded, InterruptedException {
    List<Double> order = new ArrayList<>();
    for (int i = 0; i < repetitions; i++) {
      List<Double> round = new ArrayList<>(loads);
      Collections.shuffle(round, random);
      order.addAll(round);
    }
    for (double each : order) {
      tried.computeIfAbsent(each, unused -> new ArrayList<>()).add(load.plateau(each, seconds));
      load.pause();
    }
  }

  private List<LoadLevel> medians() {
    return tried.values().stream().map(LoadLevel::median).toList();
  }

  private MeasuredWall wall(List<LoadLevel> curve) {
    double wall = RisingCurve.crossing(curve, objective);
    double low = wall;
    double high = wall;
    for (int i = 0; i < repetitions; i++) {
      int repetition = i;
      double one =
          RisingCurve.crossing(
              RisingCurve.through(
                  tried.values().stream().map(levels -> levels.get(repetition)).toList()),
              objective);
      low = Math.min(low, one);
      high = Math.max(high, one);
    }
    return new MeasuredWall(wall, low, high);
  }
}
