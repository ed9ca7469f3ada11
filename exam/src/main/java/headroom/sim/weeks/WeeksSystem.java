package headroom.sim.weeks;

import headroom.rollup.Resolution;
import java.util.List;

/**
 * The description of a fleet whose weeks of telemetry are generated.
 *
 * @param resolution of the rows
 * @param services how many, the first of them facing users
 * @param operations of each service
 * @param instances of each service
 * @param plants what goes wrong
 */
public record WeeksSystem(
    Resolution resolution,
    int weeks,
    int services,
    int operations,
    int instances,
    Traffic traffic,
    Wobble wobble,
    Mishaps mishaps,
    List<Plant> plants) {
  public WeeksSystem {
    plants = List.copyOf(plants);
    if (weeks < 1 || services < 2 || operations < 1 || instances < 1) {
      throw new IllegalArgumentException(
          "weeks, operations and instances must be >= 1 and services >= 2, got %d, %d, %d, %d"
              .formatted(weeks, operations, instances, services));
    }
  }

  /**
   * @param perHour requests to an operation in a usual hour
   * @param utilization of the services in the busiest usual hour
   * @param growthPerWeek factor from week to week
   * @param surgeHour from when traffic is multiplied by {@code surge}
   * @param surge 1 for none
   */
  public record Traffic(
      double perHour, double utilization, double growthPerWeek, double surgeHour, double surge) {
    public Traffic {
      if (!(perHour > 0 && utilization > 0 && utilization < 1 && growthPerWeek > 0 && surge > 0)) {
        throw new IllegalArgumentException(
            "rates and factors must be > 0 and utilization below 1, got %s, %s, %s, %s"
                .formatted(perHour, utilization, growthPerWeek, surge));
      }
    }
  }

  /**
   * What moves log latency at equal load.
   *
   * @param residualSd standard deviation from hour to hour
   * @param phi autocorrelation of that
   * @param shared share of its variance that all services have in common, 0..1
   * @param wander standard deviation of levels that wander slowly, on top of it
   */
  public record Wobble(double residualSd, double phi, double shared, double wander) {
    public Wobble {
      if (!(residualSd > 0 && phi >= 0 && phi < 1 && shared >= 0 && shared <= 1 && wander >= 0)) {
        throw new IllegalArgumentException(
            "residualSd > 0, phi and shared within 0..1 and wander >= 0 are needed,"
                + " got %s, %s, %s, %s".formatted(residualSd, phi, shared, wander));
      }
    }
  }

  /**
   * What happens anyway.
   *
   * @param missing share of the rows that never arrive
   * @param restartsPerWeek of each service; the hour of one is slower
   * @param deploysPerWeek of each service, that change nothing
   */
  public record Mishaps(double missing, double restartsPerWeek, double deploysPerWeek) {
    public Mishaps {
      if (!(missing >= 0 && missing < 1 && restartsPerWeek >= 0 && deploysPerWeek >= 0)) {
        throw new IllegalArgumentException(
            "missing within 0..1 and rates >= 0 are needed, got %s, %s, %s"
                .formatted(missing, restartsPerWeek, deploysPerWeek));
      }
    }
  }

  /** Four services of three operations in rows of an hour, with nothing planted. */
  public static WeeksSystem usual(int weeks, double residualSd, double phi) {
    return new WeeksSystem(
        Resolution.HOUR,
        weeks,
        4,
        3,
        2,
        new Traffic(20_000, 0.5, 1.01, 0, 1),
        new Wobble(residualSd, phi, 0.2, 0),
        new Mishaps(0.005, 0.3, 0.5),
        List.of());
  }

  public WeeksSystem with(Plant... planted) {
    return new WeeksSystem(
        resolution,
        weeks,
        services,
        operations,
        instances,
        traffic,
        wobble,
        mishaps,
        List.of(planted));
  }

  public WeeksSystem with(Wobble other) {
    return new WeeksSystem(
        resolution, weeks, services, operations, instances, traffic, other, mishaps, plants);
  }

  public WeeksSystem with(Traffic other) {
    return new WeeksSystem(
        resolution, weeks, services, operations, instances, other, wobble, mishaps, plants);
  }

  int windows() {
    return weeks * 7 * 24 * 3_600 / resolution.seconds();
  }

  double windowHours() {
    return resolution.seconds() / 3_600.0;
  }
}
