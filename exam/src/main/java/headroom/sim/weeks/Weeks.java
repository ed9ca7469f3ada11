package headroom.sim.weeks;

import headroom.model.Event;
import headroom.store.History;
import headroom.store.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Weeks of telemetry of a small fleet, drawn directly rather than request by request: the rates,
 * the utilization and so the waits, the noise and what was planted are computed for each window,
 * and its cells made from them. The same system and seed give the same rows.
 *
 * <pre>
 *   users ─► edge ─┬─► wallet ─┬─► statements ─► postgres
 *                  ├─► ledger ─┤
 *                  └─► rates   └─► partner outside
 * </pre>
 */
public final class Weeks {
  /** Epoch second of the first window: a Monday, at midnight. */
  public static final long EPOCH = 1_799_625_600L;

  private static final long EVENTS = 0xE7E47L;

  private static final String[] NAMES = {
    "edge", "wallet", "ledger", "rates", "mail", "risk", "search", "audit"
  };

  private final WeeksSystem system;
  private final long seed;
  private final List<Event> events;

  private Weeks(WeeksSystem system, long seed) {
    this.system = system;
    this.seed = seed;
    events = events(system, new SplittableRandom(seed ^ EVENTS));
  }

  public static Weeks of(WeeksSystem system, long seed) {
    return new Weeks(system, seed);
  }

  private Fleet fleet() {
    return new Fleet(system, new SplittableRandom(seed));
  }

  static String service(int number) {
    return number < NAMES.length ? NAMES[number] : "service-" + number;
  }

  private static List<Event> events(WeeksSystem system, SplittableRandom random) {
    List<Event> events = new ArrayList<>();
    double hours = system.windows() * system.windowHours();
    for (int s = 0; s < system.services(); s++) {
      double rate = system.mishaps().deploysPerWeek() / 168;
      int build = 100;
      for (double at = next(0, rate, random); at < hours; at = next(at, rate, random)) {
        events.add(deploy(s, at, build++));
      }
    }
    for (Plant plant : system.plants()) {
      if (plant.cause() == PlantedCause.DEPLOY) {
        events.add(deploy(plant.service(), plant.startHour(), 666));
      }
    }
    events.sort(Comparator.comparing(Event::at));
    return events;
  }

  private static double next(double from, double rate, SplittableRandom random) {
    return rate == 0 ? Double.POSITIVE_INFINITY : from - Math.log1p(-random.nextDouble()) / rate;
  }

  private static Event deploy(int service, double hour, int build) {
    return new Event(
        "deploy", at(hour), service(service), Map.of("version", service(service) + "-" + build));
  }

  static Instant at(double hour) {
    return Instant.ofEpochSecond(EPOCH + Math.round(hour * 3_600));
  }

  /** What was planted, in the order of the plants. */
  public List<WeeksTruth> truths() {
    return system.plants().stream().map(fleet()::truth).toList();
  }

  public List<Event> events() {
    return events;
  }

  /** Every series, one after the other, so that more can be read than fits in memory. */
  public void series(Consumer<Series> to) {
    new Emission(system, fleet(), to).run();
  }

  public History history() {
    List<Series> all = new ArrayList<>();
    series(all::add);
    all.sort(Comparator.comparing(Series::key, Series.BY_KEY));
    return History.of(
        system.resolution(), at(0), at(system.windows() * system.windowHours()), all, events);
  }
}
