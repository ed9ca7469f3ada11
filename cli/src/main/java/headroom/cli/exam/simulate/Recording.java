package headroom.cli.exam.simulate;

import headroom.sim.Simulation;
import headroom.sim.VirtualTelemetry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.DoubleConsumer;

/**
 * Runs a scenario and writes what it reports.
 *
 * @param requests of users that ended
 * @param spans written
 */
public record Recording(long requests, long spans) {
  /**
   * Writes a file.
   *
   * @param sampling share of the traces whose spans are written, 0..1
   * @param progress told the share that is done
   * @throws IOException when it cannot be written
   */
  public static Recording write(
      Scenario scenario, Path file, double sampling, DoubleConsumer progress) throws IOException {
    var resources = new Resources(scenario.system());
    var telemetry = new VirtualTelemetry(scenario.system(), scenario.reporting(), scenario.seed());
    try (var out = new OtlpFile(file)) {
      var spans = new SpanExport(out, resources, sampling, scenario.seed());
      var metrics = new MetricExport(out, resources);
      var simulation =
          new Simulation(scenario.system(), scenario.load(), scenario.seed(), telemetry, spans);
      double every = scenario.reporting().sampleSeconds();
      long requests = 0;
      for (double now = every; now <= scenario.seconds() + 1e-9; now += every) {
        simulation.run(now);
        telemetry.sample(simulation);
        spans.flush();
        requests += metrics.write(telemetry.drain(), now);
        progress.accept(now / scenario.seconds());
      }
      return new Recording(requests, spans.written());
    }
  }
}
