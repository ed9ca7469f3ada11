package headroom.lab;

import headroom.lab.ServiceSpec.Operation;
import java.util.List;
import java.util.random.RandomGenerator;

/** Random services of the kinds that walls are predicted for. */
public final class Specs {
  private Specs() {}

  /** A wallet whose exchanges write so many rows that its pool breaks first. */
  public static ServiceSpec pool(RandomGenerator random) {
    ServiceSpec spec = wallet(random);
    // Where both limits are as good as equal there is no first.
    while (spec.freeCores() / spec.cpuPerRequest()
        < 1.15 * spec.connections() / spec.holdPerRequest()) {
      spec = wallet(random);
    }
    return spec;
  }

  private static ServiceSpec wallet(RandomGenerator random) {
    double roundTrip = uniform(random, 0.002, 0.008);
    return new ServiceSpec(
        random.nextInt(3, 11),
        2,
        uniform(random, 0.9, 1),
        uniform(random, 0.05, 0.3),
        List.of(
            operation(random, "POST /login", 0.2, 3, roundTrip, 1),
            operation(random, "GET /balance", 0.4, 1, roundTrip, uniform(random, 0.2, 1)),
            operation(random, "GET /history", 0.2, 2, roundTrip * 2, 1),
            operation(random, "POST /exchange", 0.2, random.nextInt(12, 31), roundTrip, 1)));
  }

  /** A service that computes more than it asks the database. */
  public static ServiceSpec cpu(RandomGenerator random) {
    double work = uniform(random, 0.008, 0.04);
    return new ServiceSpec(
        30,
        random.nextInt(2, 5),
        uniform(random, 0.9, 1),
        uniform(random, 0.05, 0.2),
        List.of(
            new Operation("POST /login", 0.3, work, 2, 0.004, 0.0003, 1, 0),
            new Operation("GET /quote", 0.7, work * 0.4, 1, 0.003, 0.0003, 1, 0.01)));
  }

  /** A small pool that is held for moments only: it takes a very high rate to fill it. */
  public static ServiceSpec shortHolds(RandomGenerator random) {
    double roundTrip = uniform(random, 0.001, 0.003);
    return new ServiceSpec(
        2,
        8,
        1,
        0.1,
        List.of(
            new Operation("GET /a", 0.5, 0.0005, 1, roundTrip, 0.0002, 1, 0.005),
            new Operation("GET /b", 0.5, 0.0005, 2, roundTrip, 0.0002, 1, 0.01)));
  }

  private static Operation operation(
      RandomGenerator random,
      String name,
      double share,
      int statements,
      double roundTrip,
      double missShare) {
    return new Operation(
        name,
        share,
        uniform(random, 0.0005, 0.002),
        statements,
        roundTrip,
        uniform(random, 0.0001, 0.0004),
        missShare,
        0);
  }

  private static double uniform(RandomGenerator random, double low, double high) {
    return low + (high - low) * random.nextDouble();
  }
}
