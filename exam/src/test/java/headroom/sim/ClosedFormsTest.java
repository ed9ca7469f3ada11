package headroom.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headroom.queueing.Erlang;
import headroom.queueing.ProcessorSharing;
import headroom.queueing.Waiting;
import headroom.sim.Activity.Hold;
import headroom.sim.Activity.Pause;
import headroom.sim.Activity.Sometimes;
import headroom.sim.Activity.Work;
import headroom.sim.Distribution.Constant;
import headroom.sim.Distribution.Exponential;
import headroom.sim.Distribution.Lognormal;
import headroom.sim.Distribution.Stages;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/**
 * The simulator beside queueing theory. Each mean must lie within four standard errors of the
 * closed form, the errors estimated from forty batches; so a right simulator fails one check in ten
 * thousand, and the seeds are fixed. The error itself must be small, or the check would say
 * nothing.
 */
class ClosedFormsTest {
  private static final int BATCHES = 40;

  private static VirtualSystem system(List<VirtualStation> stations, Activity... steps) {
    return VirtualSystem.of("s", stations, List.of(new Operation("op", 1, steps)));
  }

  /** One mean per batch of what {@code measured} makes of each. */
  private static void check(
      String what,
      VirtualSystem system,
      double perSecond,
      double requests,
      ToDoubleFunction<Recorder> measured,
      double expected) {
    var recorder = new Recorder();
    var simulation = new Simulation(system, Load.steady(perSecond), 17, recorder);
    double span = requests / perSecond / BATCHES;
    simulation.run(span);
    double[] means = new double[BATCHES];
    for (int i = 0; i < BATCHES; i++) {
      recorder.clear();
      simulation.run(span * (i + 2));
      means[i] = measured.applyAsDouble(recorder);
    }
    double mean = 0;
    for (double value : means) {
      mean += value / BATCHES;
    }
    double variance = 0;
    for (double value : means) {
      variance += (value - mean) * (value - mean) / (BATCHES - 1);
    }
    double error = Math.sqrt(variance / BATCHES);
    assertThat(mean).as(what).isCloseTo(expected, within(4 * error));
    assertThat(error).as(what + ": standard error").isLessThan(0.03 * expected);
  }

  private static final class Recorder implements Observer {
    final List<Double> responses = new ArrayList<>();
    final List<Double> waits = new ArrayList<>();

    void clear() {
      responses.clear();
      waits.clear();
    }

    double meanResponse() {
      return mean(responses);
    }

    double meanWait() {
      return mean(waits);
    }

    double waiting() {
      return (double) waits.stream().filter(wait -> wait > 0).count() / waits.size();
    }

    double responseVariance() {
      double mean = meanResponse();
      return responses.stream().mapToDouble(r -> (r - mean) * (r - mean)).sum() / responses.size();
    }

    private static double mean(List<Double> values) {
      return values.stream().mapToDouble(value -> value).sum() / values.size();
    }

    @Override
    public void finished(
        int operation, int replica, double arrived, double seconds, boolean failed) {
      responses.add(seconds);
    }

    @Override
    public void released(
        int station, int replica, int operation, double at, double held, double waited) {
      waits.add(waited);
    }
  }

  private static Activity hold(String pool, Distribution seconds) {
    return new Hold(pool, new Pause(seconds));
  }

  @Test
  void oneServer() {
    VirtualSystem system =
        system(List.of(VirtualStation.Pool.of("p", 1)), hold("p", new Exponential(0.1)));
    check("M/M/1 response", system, 7, 200_000, Recorder::meanResponse, 1 / (10.0 - 7));
  }

  @Test
  void severalServers() {
    VirtualSystem system =
        system(List.of(VirtualStation.Pool.of("p", 4)), hold("p", new Exponential(0.1)));
    double wait = Waiting.mmc(4, 0.8, 0.1).meanSeconds();
    check("M/M/4 wait", system, 32, 400_000, Recorder::meanWait, wait);
    check("M/M/4 share waiting", system, 32, 200_000, Recorder::waiting, Erlang.c(4, 0.8));
  }

  @Test
  void anyServiceTimeAtOneServer() {
    for (Distribution service :
        List.of(
            new Constant(0.1),
            new Stages(0.1, 3),
            new Lognormal(0.1, 2),
            new Distribution.Pareto(0.02, 2, 1.8))) {
      double mean = service.mean();
      double perSecond = 0.6 / mean;
      double wait = perSecond * secondMoment(service) / (2 * (1 - 0.6));
      check(
          "M/G/1 wait, " + service,
          system(List.of(VirtualStation.Pool.of("p", 1)), hold("p", service)),
          perSecond,
          500_000,
          Recorder::meanWait,
          wait);
    }
  }

  private static double secondMoment(Distribution service) {
    return switch (service) {
      case Constant(double mean) -> mean * mean;
      case Exponential(double mean) -> 2 * mean * mean;
      case Stages(double mean, int stages) -> mean * mean * (1 + 1.0 / stages);
      case Lognormal(double mean, double cv2) -> mean * mean * (1 + cv2);
      case Distribution.Pareto(double low, double high, double a) ->
          a
              * Math.pow(low, a)
              / (1 - Math.pow(low / high, a))
              * (Math.pow(high, 2 - a) - Math.pow(low, 2 - a))
              / (2 - a);
      case Distribution.Shifted shifted -> throw new IllegalArgumentException("not needed");
      case Distribution.Mixed mixed -> throw new IllegalArgumentException("not needed");
    };
  }

  @Test
  void sharingDoesNotDependOnTheKindOfWork() {
    for (Distribution work :
        List.of(new Constant(0.1), new Exponential(0.1), new Lognormal(0.1, 3))) {
      VirtualSystem one =
          system(List.of(VirtualStation.Processor.of("cpu", 1)), new Work("cpu", work));
      check("M/G/1-PS, " + work, one, 7, 300_000, Recorder::meanResponse, 0.1 / (1 - 0.7));
      VirtualSystem three =
          system(List.of(VirtualStation.Processor.of("cpu", 3)), new Work("cpu", work));
      double slowed = 0.1 * ProcessorSharing.meanSlowdown(3, 0.85);
      check("M/G/3-PS, " + work, three, 25.5, 900_000, Recorder::meanResponse, slowed);
    }
  }

  @Test
  void tandem() {
    VirtualSystem system =
        system(
            List.of(VirtualStation.Pool.of("a", 1), VirtualStation.Pool.of("b", 1)),
            hold("a", new Exponential(0.1)),
            hold("b", new Exponential(0.08)));
    double first = 1 / (10.0 - 6);
    double second = 1 / (12.5 - 6);
    check("tandem response", system, 6, 200_000, Recorder::meanResponse, first + second);
    // The two are independent although the same requests go through both (Burke, Reich).
    check(
        "tandem variance",
        system,
        6,
        600_000,
        Recorder::responseVariance,
        first * first + second * second);
  }

  @Test
  void networkOfQueues() {
    VirtualSystem system =
        system(
            List.of(
                VirtualStation.Pool.of("a", 2),
                VirtualStation.Pool.of("b", 1),
                VirtualStation.Processor.of("c", 2)),
            hold("a", new Exponential(0.05)),
            new Sometimes(0.4, List.of(hold("b", new Exponential(0.1)))),
            new Work("c", new Stages(0.06, 2)),
            hold("a", new Exponential(0.05)));
    double perSecond = 14;
    double a = 0.05 + Waiting.mmc(2, 2 * perSecond * 0.05 / 2, 0.05).meanSeconds();
    double b = 1 / (10 - 0.4 * perSecond);
    double c = 0.06 * ProcessorSharing.meanSlowdown(2, perSecond * 0.06 / 2);
    check(
        "Jackson response",
        system,
        perSecond,
        300_000,
        Recorder::meanResponse,
        2 * a + 0.4 * b + c);
  }

  @Test
  void littlesLaw() {
    VirtualSystem system =
        system(
            List.of(VirtualStation.Pool.of("p", 6), VirtualStation.Processor.of("cpu", 2)),
            new Hold("p", new Work("cpu", new Exponential(0.05)), new Pause(new Constant(0.08))));
    var recorder = new Recorder();
    var simulation = new Simulation(system, Load.steady(25), 3, recorder);
    double present = 0;
    double core = 0;
    int samples = 200_000;
    for (int i = 1; i <= samples; i++) {
      simulation.run(0.05 * i);
      present += simulation.used(0, 0) + simulation.queued(0, 0);
      core = simulation.coreSeconds(1, 0);
    }
    double seconds = 0.05 * samples;
    double throughput = recorder.responses.size() / seconds;
    double expected = throughput * recorder.meanResponse();
    assertThat(present / samples).isCloseTo(expected, within(0.01 * expected));
    assertThat(throughput).isCloseTo(25, within(0.3));
    assertThat(core / seconds).isCloseTo(throughput * 0.05, within(0.02 * throughput * 0.05));
  }

  /** p99 of M/M/1 is ln(100) / (μ − λ), so it is half a second at λ = μ − 2 ln(100). */
  @Test
  void theWallOfOneServer() {
    VirtualSystem system =
        system(List.of(VirtualStation.Pool.of("p", 1)), hold("p", new Exponential(0.02)));
    Truth truth = Truth.of(system, new Truth.Goal(0.99, 0.5), 5);
    double wall = 50 - 2 * Math.log(100);
    assertThat(truth.perSecond()).isCloseTo(wall, within(0.02 * wall));
    assertThat(truth.first()).isEqualTo("s/pool/p");
  }
}
