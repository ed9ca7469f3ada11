package headroom.sim;

import headroom.store.History;

/** Histories of virtual systems, recorded while they run. */
public final class Watch {
  private Watch() {}

  /** The telemetry of so many seconds. */
  public static History history(
      VirtualSystem system, Load load, double seconds, Reporting reporting, long seed) {
    var telemetry = new VirtualTelemetry(system, reporting, seed);
    var simulation = new Simulation(system, load, seed, telemetry);
    double step = Math.min(reporting.sampleSeconds(), seconds);
    for (int i = 1; i * step <= seconds + 1e-9; i++) {
      simulation.run(i * step);
      telemetry.sample(simulation);
    }
    return telemetry.history();
  }
}
