package headroom.sim.weeks;

import headroom.model.Measure;
import java.util.SplittableRandom;

/** What runs below and beside the operations: processors, collectors, caches, repeats, jobs. */
final class Machines {
  static final String CACHE = "objects";
  static final String PLANTED_JOB = "job export";
  private static final String OLD_JOB = "job settle";
  private static final String JOBS = "reports";
  private static final double CORES = 4;

  private final WeeksSystem system;
  private final Fleet fleet;
  private final SeriesMaker rows;
  private final SplittableRandom random;

  Machines(WeeksSystem system, Fleet fleet, SeriesMaker rows, SplittableRandom random) {
    this.system = system;
    this.fleet = fleet;
    this.rows = rows;
    this.random = random;
  }

  void run() {
    for (int s = 0; s < system.services(); s++) {
      processors(s);
    }
    jobs();
  }

  private void processors(int s) {
    String service = Weeks.service(s);
    for (int i = 0; i < system.instances(); i++) {
      String instance = Emission.instance(service, i);
      double[] noise =
          Noise.autoregressive(fleet.present.length, system.windowHours(), 0.02, 0.3, random);
      rows.emit(Measure.CPU_COUNT, service, instance, "", "", t -> rows.gauge(CORES, t));
      rows.emit(
          Measure.CPU_TIME,
          service,
          instance,
          "",
          "",
          t -> SeriesMaker.counter(own(s, t) * 3_600 * CORES));
      rows.emit(
          Measure.HOST_CPU_UTILIZATION,
          service,
          instance,
          "",
          "",
          t ->
              rows.gauge(Math.min(1, (own(s, t) + fleet.neighbour[s][t]) * Math.exp(noise[t])), t));
      rows.emit(
          Measure.GC_SHARE,
          service,
          instance,
          "",
          "",
          t -> rows.gauge(fleet.gcShare[s][t] * Math.exp(noise[t]), t));
    }
    if (s > 0) {
      rows.emit(
          Measure.CACHE_HITS,
          service,
          "",
          CACHE,
          "",
          t -> SeriesMaker.counter(Math.rint(requests(s, t) * (1 - fleet.missShare[s][t]))));
      rows.emit(
          Measure.CACHE_MISSES,
          service,
          "",
          CACHE,
          "",
          t -> SeriesMaker.counter(Math.rint(requests(s, t) * fleet.missShare[s][t])));
      rows.emit(
          Measure.RETRY_RESENDS,
          service,
          "",
          Emission.partner(s),
          "",
          t -> SeriesMaker.counter(Math.rint(requests(s, t) * fleet.resends[s][t])));
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
      if (plant.cause() == PlantedCause.BATCH) {
        job(PLANTED_JOB, hour -> plant.share(hour) > 0);
      }
    }
  }

  private interface Active {
    boolean at(double hour);
  }

  private void job(String name, Active active) {
    rows.emit(
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
}
