package headroom.lab;

import headroom.lab.ServiceSpec.Operation;
import headroom.rollup.Resolution;
import headroom.store.History;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** Experiments on a virtual service: watch it for a while, and find where it really breaks. */
public final class Lab {
  private static final double WARM_UP_SECONDS = 20;
  private static final double SAMPLE_SECONDS = 5;
  private static final double PLATEAU_STEP = 1.08;

  private Lab() {}

  /** Telemetry of {@code seconds} of traffic at this rate by time. */
  public static History watch(
      ServiceSpec spec,
      Resolution resolution,
      double seconds,
      DoubleUnaryOperator perSecond,
      long seed) {
    double most = 0;
    for (int i = 0; i <= 1_000; i++) {
      most = Math.max(most, perSecond.applyAsDouble(seconds * i / 1_000));
    }
    var telemetry = new Telemetry(resolution, seed);
    var service = new VirtualService(spec, seed, telemetry);
    double step = Math.min(SAMPLE_SECONDS, seconds);
    if (resolution != Resolution.TEN_SECONDS) {
      step = 30;
    }
    for (double at = 0; at < seconds; at += step) {
      service.run(Math.min(seconds, at + step), perSecond, most * 1.01);
      telemetry.sample(service, spec);
    }
    return telemetry.history();
  }

  /** Rises and falls between two rates in waves of this period, as the demo's watching does. */
  public static DoubleUnaryOperator waves(double low, double high, double periodSeconds) {
    return t -> low + (high - low) * (0.5 - 0.5 * Math.cos(2 * Math.PI * t / periodSeconds));
  }

  /** Goes up and down below a peak and stays there for the last minute, as the demo's load does. */
  public static DoubleUnaryOperator steps(double peak, double seconds) {
    double[] shares = {0.4, 0.75, 0.5, 0.9, 0.6};
    double each = (seconds - 60) / shares.length;
    return t -> peak * (t < seconds - 60 ? shares[Math.min(4, (int) (t / each))] : 1);
  }

  /** The rate at which the quantile passes {@code seconds} in the long run, by bisection. */
  public static double steadyWall(ServiceSpec spec, double quantile, double seconds, long seed) {
    double low = 0.3 * spec.roughLimit();
    double high = 1.05 * spec.roughLimit();
    for (int i = 0; i < 7; i++) {
      double rate = 0.5 * (low + high);
      if (quantileAt(spec, rate, quantile, 25_000 / rate, seed + i) > seconds) {
        high = rate;
      } else {
        low = rate;
      }
    }
    return 0.5 * (low + high);
  }

  private static double quantileAt(
      ServiceSpec spec, double rate, double quantile, double seconds, long seed) {
    var latencies = new Latencies();
    var service = new VirtualService(spec, seed, latencies);
    service.run(WARM_UP_SECONDS, t -> rate, rate);
    latencies.clear();
    service.run(WARM_UP_SECONDS + seconds, t -> rate, rate);
    return latencies.quantile(quantile);
  }

  /**
   * The rate at which it breaks when load grows by 8 % every 12 seconds, of which 3 settle: between
   * the last plateau that held and the first of two in a row that did not, as latency rises.
   */
  public static double rampWall(ServiceSpec spec, double quantile, double seconds, long seed) {
    var latencies = new Latencies();
    var service = new VirtualService(spec, seed, latencies);
    double rate = 0.3 * spec.roughLimit();
    double held = 0;
    double failed = 0;
    while (true) {
      double now = rate;
      service.run(service.now() + 3, t -> now, now);
      latencies.clear();
      service.run(service.now() + 9, t -> now, now);
      double latency = latencies.count() == 0 ? 0 : latencies.quantile(quantile);
      if (latency > seconds && failed > 0) {
        double share = held == 0 ? 0 : Math.log(seconds / held) / Math.log(failed / held);
        double below = rate / (PLATEAU_STEP * PLATEAU_STEP);
        return below * (1 + (PLATEAU_STEP - 1) * share);
      }
      if (latency > seconds) {
        failed = latency;
      } else {
        held = latency;
        failed = 0;
      }
      rate *= PLATEAU_STEP;
    }
  }

  /** Response times of finished requests. */
  private static final class Latencies implements VirtualService.Observer {
    private double[] values = new double[1_024];
    private int count;

    void clear() {
      count = 0;
    }

    int count() {
      return count;
    }

    double quantile(double q) {
      double[] sorted = Arrays.copyOf(values, count);
      Arrays.sort(sorted);
      return sorted[Math.max(0, (int) Math.ceil(q * count) - 1)];
    }

    @Override
    public void finished(Operation operation, double arrived, double seconds) {
      if (count == values.length) {
        values = Arrays.copyOf(values, count * 2);
      }
      values[count++] = seconds;
    }

    @Override
    public void released(Operation operation, double at, double held, double waited) {}

    @Override
    public void statement(Operation operation, double at, double seconds) {}
  }
}
