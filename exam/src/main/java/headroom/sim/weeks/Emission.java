package headroom.sim.weeks;

import headroom.model.Measure;
import headroom.rollup.Cell;
import headroom.store.Series;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** The rows that instruments would give of what moved in a fleet. */
final class Emission {
  private static final double TAIL = 0.1;
  private static final double TAIL_OF_LOAD = 0.6;
  private static final double FOUND_BY_KEY = 0.3;

  private final WeeksSystem system;
  private final Fleet fleet;
  private final SeriesMaker rows;
  private final SplittableRandom random;

  Emission(WeeksSystem system, Fleet fleet, Consumer<Series> to) {
    this.system = system;
    this.fleet = fleet;
    random = fleet.random.split();
    rows = new SeriesMaker(system.resolution().seconds(), fleet.present, to, fleet.random.split());
  }

  static String table(WeeksOperation route) {
    return Weeks.service(route.service) + "_" + route.number;
  }

  static String partner(int service) {
    return Weeks.service(service) + "-partner";
  }

  void run() {
    fleet.services.getFirst().forEach(this::action);
    fleet.behind().forEach(this::route);
    new Machines(system, fleet, rows, random).run();
  }

  private void action(WeeksOperation action) {
    String service = Weeks.service(0);
    double[] level = new double[fleet.present.length];
    double[] tail = new double[fleet.present.length];
    List<WeeksOperation> behind = fleet.callees(action);
    for (int t = 0; t < level.length; t++) {
      double seconds = action.selfSeconds;
      double heaviest = 0;
      for (WeeksOperation route : behind) {
        double part = Math.exp(level(route, t));
        seconds += part;
        heaviest = Math.max(heaviest, tail(route, t));
      }
      level[t] = Math.log(seconds) + 0.7 * action.noise[t] + action.effect[t];
      tail[t] = heaviest;
    }
    for (Measure measure : List.of(Measure.ACTION, Measure.OPERATION)) {
      rows.emit(
          measure,
          service,
          "",
          action.name,
          "",
          t -> rows.latencies(action.requests[t], level[t], tail[t]));
    }
    rows.emit(
        Measure.ACTION_RETRIES,
        service,
        "",
        action.name,
        "",
        t -> {
          double mean = 0;
          for (WeeksOperation route : behind) {
            mean += route.callSeconds > 0 ? fleet.resends[route.service][t] : 0;
          }
          long count = Math.round(action.requests[t]);
          return Cell.of(count, 0, mean * count, 0, 3, 0, Long.MIN_VALUE, null);
        });
    for (WeeksOperation route : behind) {
      rows.emit(
          Measure.CALL,
          service,
          "",
          action.name,
          Weeks.service(route.service),
          t -> rows.latencies(route.requests[t], level(route, t), tail(route, t)));
    }
  }

  /** The logarithm of an operation's median. */
  private double level(WeeksOperation route, int t) {
    double wait = Fleet.wait(route.idleSeconds(), fleet.utilization[route.service][t]);
    return Math.log(route.idleSeconds() + wait) + route.noise[t] + route.effect[t];
  }

  private double tail(WeeksOperation route, int t) {
    double busy = fleet.utilization[route.service][t];
    return TAIL + TAIL_OF_LOAD * busy * busy * busy + route.tail[t];
  }

  private void route(WeeksOperation route) {
    String service = Weeks.service(route.service);
    rows.emit(
        Measure.OPERATION,
        service,
        "",
        route.name,
        "",
        t -> rows.latencies(route.requests[t], level(route, t), tail(route, t)));
    for (int i = 0; i < system.instances(); i++) {
      self(route, service, i);
    }
    double[] noise = fleet.partNoise();
    String text = "SELECT * FROM " + table(route) + " WHERE id = ?";
    rows.emit(
        Measure.STATEMENT,
        service,
        "",
        text,
        route.name,
        t ->
            rows.latencies(
                route.requests[t] * (FOUND_BY_KEY + fleet.missShare[route.service][t]),
                Math.log(route.statementSeconds) + noise[t] + route.statementEffect[t],
                TAIL));
    rows(route);
    if (route.callSeconds > 0) {
      double[] outside = fleet.partNoise();
      rows.emit(
          Measure.CALL,
          service,
          "",
          route.name,
          partner(route.service),
          t ->
              rows.latencies(
                  route.requests[t] * (1 + fleet.resends[route.service][t]),
                  Math.log(route.callSeconds)
                      + outside[t]
                      + (isSlowPartner(route) ? route.callEffect[t] : 0),
                  TAIL));
    }
  }

  /** Calls that are sent again take no longer each; there are more of them. */
  private boolean isSlowPartner(WeeksOperation route) {
    return system.plants().stream()
        .anyMatch(plant -> plant.cause() == PlantedCause.DEPENDENCY && Fleet.affects(plant, route));
  }

  private void self(WeeksOperation route, String service, int instance) {
    double[] own = fleet.partNoise();
    rows.emit(
        Measure.OPERATION_SELF,
        service,
        instance(service, instance),
        route.name,
        "",
        t -> {
          double wait = Fleet.wait(route.selfSeconds, fleet.utilization[route.service][t]);
          return rows.latencies(
              route.requests[t] / system.instances(),
              Math.log(route.selfSeconds + wait) + route.noise[t] + own[t] + route.selfEffect[t],
              tail(route, t));
        });
  }

  static String instance(String service, int number) {
    return service + "-" + (number + 1);
  }

  private void rows(WeeksOperation route) {
    double start = random.nextDouble(1e5, 1e7);
    double perWeek = random.nextDouble(0.002, 0.02);
    double loud = random.nextDouble(1, 2.5);
    rows.emit(
        Measure.TABLE_ROWS,
        "postgres",
        "",
        table(route),
        "live",
        t -> {
          double hour = t * system.windowHours();
          double logRows = Math.log(start) + perWeek * hour / 168;
          for (Plant plant : system.plants()) {
            if (plant.cause() == PlantedCause.DATA_GROWTH && Fleet.affects(plant, route)) {
              logRows += loud * Math.max(0.1, plant.size()) * plant.share(hour);
            }
          }
          return rows.gauge(Math.rint(Math.exp(logRows)), t);
        });
  }
}
