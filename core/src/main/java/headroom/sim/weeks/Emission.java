package headroom.sim.weeks;

import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.rollup.Cell;
import headroom.store.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes what moved in a fleet as the rows that instruments would give. */
final class Emission {
  static final String CACHE = "objects";
  static final String PLANTED_JOB = "job export";
  private static final String OLD_JOB = "job settle";
  private static final String JOBS = "reports";
  private static final double SPREAD = 0.4;
  private static final double TAIL = 0.1;
  private static final double TAIL_OF_LOAD = 0.6;
  private static final double CORES = 4;
  private static final double FOUND_BY_KEY = 0.3;

  private final WeeksSystem system;
  private final Fleet fleet;
  private final Consumer<Series> to;
  private final SplittableRandom random;

  Emission(WeeksSystem system, Fleet fleet, Consumer<Series> to) {
    this.system = system;
    this.fleet = fleet;
    this.to = to;
    this.random = fleet.random.split();
  }

  static String table(Route route) {
    return Weeks.service(route.service) + "_" + route.number;
  }

  static String partner(int service) {
    return Weeks.service(service) + "-partner";
  }

  /** The content of a window; null for none. */
  @FunctionalInterface
  private interface Content {
    @Nullable Cell at(int t);
  }

  private void emit(
      Measure measure,
      String service,
      String instance,
      String subject,
      String detail,
      Content content) {
    List<Series.Window> windows = new ArrayList<>(fleet.present.length);
    for (int t = 0; t < fleet.present.length; t++) {
      Cell cell = fleet.present[t] ? content.at(t) : null;
      if (cell != null) {
        windows.add(
            new Series.Window(Weeks.EPOCH + (long) t * system.resolution().seconds(), cell));
      }
    }
    if (!windows.isEmpty()) {
      to.accept(new Series(new SeriesKey(measure, service, instance, subject, detail), windows));
    }
  }

  void run() {
    fleet.services.getFirst().forEach(this::action);
    fleet.behind().forEach(this::route);
    for (int s = 0; s < system.services(); s++) {
      processors(s);
    }
    jobs();
  }

  private void action(Route action) {
    String service = Weeks.service(0);
    double[] level = new double[fleet.present.length];
    double[] tail = new double[fleet.present.length];
    List<Route> behind = fleet.callees(action);
    for (int t = 0; t < level.length; t++) {
      double seconds = action.selfSeconds;
      double heaviest = 0;
      for (Route route : behind) {
        double part = Math.exp(level(route, t));
        seconds += part;
        heaviest = Math.max(heaviest, tail(route, t));
      }
      level[t] = Math.log(seconds) + 0.7 * action.noise[t] + action.effect[t];
      tail[t] = heaviest;
    }
    for (Measure measure : List.of(Measure.ACTION, Measure.OPERATION)) {
      emit(
          measure,
          service,
          "",
          action.name,
          "",
          t -> latencies(action.requests[t], level[t], tail[t]));
    }
    emit(
        Measure.ACTION_RETRIES,
        service,
        "",
        action.name,
        "",
        t -> {
          double mean = 0;
          for (Route route : behind) {
            mean += route.callSeconds > 0 ? fleet.resends[route.service][t] : 0;
          }
          long count = Math.round(action.requests[t]);
          return Cell.of(count, 0, mean * count, 0, 3, 0, Long.MIN_VALUE, null);
        });
    for (Route route : behind) {
      emit(
          Measure.CALL,
          service,
          "",
          action.name,
          Weeks.service(route.service),
          t -> latencies(route.requests[t], level(route, t), tail(route, t)));
    }
  }

  /** The logarithm of an operation's median. */
  private double level(Route route, int t) {
    double wait = Fleet.wait(route.idleSeconds(), fleet.utilization[route.service][t]);
    return Math.log(route.idleSeconds() + wait) + route.noise[t] + route.effect[t];
  }

  private double tail(Route route, int t) {
    double busy = fleet.utilization[route.service][t];
    return TAIL + TAIL_OF_LOAD * busy * busy * busy + route.tail[t];
  }

  private void route(Route route) {
    String service = Weeks.service(route.service);
    emit(
        Measure.OPERATION,
        service,
        "",
        route.name,
        "",
        t -> latencies(route.requests[t], level(route, t), tail(route, t)));
    for (int i = 0; i < system.instances(); i++) {
      self(route, service, i);
    }
    double[] noise = fleet.noise();
    String text = "SELECT * FROM " + table(route) + " WHERE id = ?";
    emit(
        Measure.STATEMENT,
        service,
        "",
        text,
        route.name,
        t ->
            latencies(
                route.requests[t] * (FOUND_BY_KEY + fleet.missShare[route.service][t]),
                Math.log(route.statementSeconds) + noise[t] + route.statementEffect[t],
                TAIL));
    rows(route);
    if (route.callSeconds > 0) {
      double[] outside = fleet.noise();
      emit(
          Measure.CALL,
          service,
          "",
          route.name,
          partner(route.service),
          t ->
              latencies(
                  route.requests[t] * (1 + fleet.resends[route.service][t]),
                  Math.log(route.callSeconds)
                      + outside[t]
                      + (isSlowPartner(route) ? route.callEffect[t] : 0),
                  TAIL));
    }
  }

  /** Calls that are sent again take no longer each; there are more of them. */
  private boolean isSlowPartner(Route route) {
    return system.plants().stream()
        .anyMatch(plant -> plant.cause() == Cause.DEPENDENCY && Fleet.affects(plant, route));
  }

  private void self(Route route, String service, int instance) {
    double[] own = fleet.noise();
    double others = (system.instances() - 1.0) / system.instances();
    emit(
        Measure.OPERATION_SELF,
        service,
        instance(service, instance),
        route.name,
        "",
        t -> {
          double planted = route.selfEffect[t];
          for (Plant plant : system.plants()) {
            if (plant.instance() >= 0 && Fleet.affects(plant, route)) {
              planted = plant.instance() == instance ? planted / (1 - others) : 0;
            }
          }
          double wait = Fleet.wait(route.selfSeconds, fleet.utilization[route.service][t]);
          return latencies(
              route.requests[t] / system.instances(),
              Math.log(route.selfSeconds + wait) + 0.7 * (route.noise[t] + own[t]) + planted,
              tail(route, t));
        });
  }

  private static String instance(String service, int number) {
    return service + "-" + (number + 1);
  }

  private void rows(Route route) {
    double start = random.nextDouble(1e5, 1e7);
    double perWeek = random.nextDouble(0.002, 0.02);
    double loud = random.nextDouble(1, 2.5);
    emit(
        Measure.TABLE_ROWS,
        "postgres",
        "",
        table(route),
        "live",
        t -> {
          double hour = t * system.windowHours();
          double logRows = Math.log(start) + perWeek * hour / 168;
          for (Plant plant : system.plants()) {
            if (plant.cause() == Cause.DATA_GROWTH && Fleet.affects(plant, route)) {
              logRows += loud * Math.max(0.1, plant.size()) * plant.share(hour);
            }
          }
          return gauge(Math.rint(Math.exp(logRows)), t);
        });
  }

  private void processors(int s) {
    String service = Weeks.service(s);
    for (int i = 0; i < system.instances(); i++) {
      String instance = instance(service, i);
      double[] noise =
          Noise.autoregressive(fleet.present.length, system.windowHours(), 0.02, 0.3, random);
      emit(Measure.CPU_COUNT, service, instance, "", "", t -> gauge(CORES, t));
      emit(Measure.CPU_TIME, service, instance, "", "", t -> counter(own(s, t) * 3_600 * CORES));
      emit(
          Measure.HOST_CPU_UTILIZATION,
          service,
          instance,
          "",
          "",
          t -> gauge(Math.min(1, (own(s, t) + fleet.neighbour[s][t]) * Math.exp(noise[t])), t));
      emit(
          Measure.GC_SHARE,
          service,
          instance,
          "",
          "",
          t -> gauge(fleet.gcShare[s][t] * Math.exp(noise[t]), t));
    }
    if (s > 0) {
      emit(
          Measure.CACHE_HITS,
          service,
          "",
          CACHE,
          "",
          t -> counter(Math.rint(requests(s, t) * (1 - fleet.missShare[s][t]))));
      emit(
          Measure.CACHE_MISSES,
          service,
          "",
          CACHE,
          "",
          t -> counter(Math.rint(requests(s, t) * fleet.missShare[s][t])));
      emit(
          Measure.RETRY_RESENDS,
          service,
          "",
          partner(s),
          "",
          t -> counter(Math.rint(requests(s, t) * fleet.resends[s][t])));
    }
  }

  private double own(int s, int t) {
    return 0.6 * fleet.utilization[s][t];
  }

  private double requests(int s, int t) {
    return fleet.services.get(s).stream().mapToDouble(route -> route.requests[t]).sum();
  }

  private void jobs() {
    job(OLD_JOB, hour -> hour % 24 >= 1 && hour % 24 < 3);
    for (Plant plant : system.plants()) {
      if (plant.cause() == Cause.BATCH) {
        job(PLANTED_JOB, hour -> plant.share(hour) > 0);
      }
    }
  }

  private interface Active {
    boolean at(double hour);
  }

  private void job(String name, Active active) {
    emit(
        Measure.ACTION,
        JOBS,
        "",
        name,
        "",
        t ->
            active.at(t * system.windowHours())
                ? LogShape.cell(2, 0, Math.log(0.4 * 3_600 * system.windowHours()), 0.1, 0)
                : null);
  }

  private Cell latencies(double requests, double logMedian, double tail) {
    double mean = Math.max(0, requests);
    long count = Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
    if (count == 0) {
      return new Cell();
    }
    double root = Math.sqrt(count);
    double middle = logMedian + SPREAD * 1.25 / root * random.nextGaussian();
    double stretched = Math.max(0, tail + 2.8 / root * random.nextGaussian());
    return LogShape.cell(count, 0, middle, SPREAD, stretched);
  }

  private Cell gauge(double value, int t) {
    Cell cell = new Cell();
    long second = Weeks.EPOCH + (long) t * system.resolution().seconds();
    cell.sample(value, second * 1_000_000_000L);
    return cell;
  }

  private static Cell counter(double increase) {
    Cell cell = new Cell();
    cell.increase(increase);
    return cell;
  }
}
