package headroom.score;

import headroom.sim.weeks.Plant;
import headroom.sim.weeks.Plant.Shape;
import headroom.sim.weeks.PlantedCause;
import headroom.sim.weeks.WeeksSystem;
import headroom.sim.weeks.WeeksSystem.Traffic;
import headroom.sim.weeks.WeeksSystem.Wobble;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/** The fleets that are examined, drawn together with what goes wrong in them. */
final class WeeksScenarios {
  /** What is planted begins after this many weeks, at the earliest. */
  static final int QUIET_WEEKS = 5;

  static final int WEEKS = 7;

  /** The logarithm of three per cent, the least that is examined. */
  static final double SMALL = Math.log(1.03);

  private static final List<PlantedCause> DECOYS =
      List.of(
          PlantedCause.DEPLOY,
          PlantedCause.CACHE_DECAY,
          PlantedCause.NEIGHBOUR,
          PlantedCause.GARBAGE_COLLECTION,
          PlantedCause.RETRIES);

  private WeeksScenarios() {}

  /** Three per cent at one operation or all of a service, with or without a deploy. */
  static WeeksSystem smallStep(double residualSd, SplittableRandom random) {
    PlantedCause cause = random.nextBoolean() ? PlantedCause.DEPLOY : PlantedCause.NONE;
    Plant step = Plant.step(cause, service(random), start(random), SMALL);
    return fleet(residualSd, random).with(random.nextBoolean() ? step : atOne(step, random));
  }

  /** Nothing planted; the harder half wanders slowly, together or each for itself. */
  static WeeksSystem quiet(boolean hard, SplittableRandom random) {
    double sd = Math.exp(random.nextDouble(Math.log(0.005), Math.log(0.04)));
    WeeksSystem fleet = fleet(sd, random);
    if (!hard) {
      return fleet;
    }
    return fleet.with(
        new Wobble(
            sd,
            random.nextDouble(0.3, 0.7),
            random.nextDouble(0.1, 0.7),
            random.nextDouble(0.3, 1.5) * sd));
  }

  /** Traffic that doubles, or grows as much within weeks, so that waiting doubles the tail. */
  static WeeksSystem surge(SplittableRandom random) {
    WeeksSystem fleet = fleet(0.01, random);
    double utilization = random.nextDouble(0.4, 0.47);
    boolean sudden = random.nextBoolean();
    return fleet.with(
        new Traffic(
            fleet.traffic().perHour(),
            utilization,
            sudden ? 1 : 1.08,
            sudden ? start(random) : 0,
            sudden ? 2 : 1));
  }

  /** Three tenths more traffic and something slower from the same hour on. */
  static WeeksSystem mixed(SplittableRandom random) {
    double start = start(random);
    double size = Math.log(random.nextDouble(1.05, 1.25));
    WeeksSystem fleet = fleet(0.01, random);
    return fleet
        .with(Plant.step(PlantedCause.NONE, service(random), start, size))
        .with(new Traffic(fleet.traffic().perHour(), random.nextDouble(0.4, 0.6), 1, start, 1.3));
  }

  /** A trouble of some hours that went away. */
  static WeeksSystem trouble(SplittableRandom random) {
    Plant plant =
        Plant.step(PlantedCause.NONE, service(random), start(random), random.nextDouble(0.1, 0.4));
    return fleet(0.01, random).with(plant.shaped(Shape.TRANSIENT, random.nextDouble(2, 7)));
  }

  /** Ten per cent within one to two weeks. */
  static WeeksSystem slowRamp(SplittableRandom random) {
    Plant plant = Plant.step(PlantedCause.NONE, service(random), start(random), Math.log(1.1));
    return fleet(0.01, random).with(plant.shaped(Shape.RAMP, random.nextDouble(168, 336)));
  }

  /** Something with this cause, five to thirty per cent. */
  static WeeksSystem caused(PlantedCause cause, SplittableRandom random) {
    double size = Math.log(random.nextDouble(1.05, 1.3));
    Plant step = Plant.step(cause, service(random), start(random), size);
    Plant plant =
        switch (cause) {
          case DATA_GROWTH -> atOne(step, random).shaped(Shape.RAMP, random.nextDouble(96, 240));
          case CACHE_DECAY, GARBAGE_COLLECTION ->
              random.nextBoolean() ? step : step.shaped(Shape.RAMP, random.nextDouble(72, 168));
          case BATCH ->
              new Plant(
                  cause,
                  Shape.NIGHTLY,
                  step.service(),
                  OptionalInt.empty(),
                  Math.rint(step.startHour()),
                  random.nextInt(1, 5),
                  size + 0.05);
          case RETRIES, DEPENDENCY -> step.atOperation(0);
          case DEPLOY, NONE -> random.nextBoolean() ? step : atOne(step, random);
          case NEIGHBOUR, TRAFFIC_MIX -> step;
        };
    WeeksSystem fleet = fleet(Math.exp(random.nextDouble(Math.log(0.005), Math.log(0.02))), random);
    return random.nextBoolean() ? fleet.with(plant) : fleet.with(plant, decoy(plant, random));
  }

  /** Something else of the same service that moves within three days, and slows nothing down. */
  private static Plant decoy(Plant plant, SplittableRandom random) {
    List<PlantedCause> others = DECOYS.stream().filter(cause -> cause != plant.cause()).toList();
    double start = plant.startHour() + random.nextDouble(-72, 72);
    return Plant.step(others.get(random.nextInt(others.size())), plant.service(), start, 0);
  }

  private static WeeksSystem fleet(double residualSd, SplittableRandom random) {
    WeeksSystem fleet = WeeksSystem.usual(WEEKS, residualSd, random.nextDouble(0.2, 0.5));
    double perHour = Math.exp(random.nextDouble(Math.log(8_000), Math.log(60_000)));
    return fleet.with(
        new Traffic(perHour, random.nextDouble(0.3, 0.7), random.nextDouble(0.99, 1.03), 0, 1));
  }

  private static int service(SplittableRandom random) {
    return random.nextInt(1, 4);
  }

  private static Plant atOne(Plant plant, SplittableRandom random) {
    return plant.atOperation(random.nextInt(3));
  }

  private static double start(SplittableRandom random) {
    return QUIET_WEEKS * 168 + random.nextDouble(0, 100);
  }
}
