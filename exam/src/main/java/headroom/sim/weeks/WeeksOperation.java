package headroom.sim.weeks;

import java.util.SplittableRandom;

/**
 * An operation of a fleet: what its time is made of, and how that moved, window by window.
 *
 * <pre>
 *   latency = (self + statement + call + wait(utilization)) · e^(noise + effect)
 * </pre>
 */
final class WeeksOperation {
  final int service;
  final int number;
  final String name;
  final double selfSeconds;
  final double statementSeconds;

  /** To a partner outside; 0 without one. */
  final double callSeconds;

  final double weight;

  /** Requests, noise and what was planted on the logarithm, by window. */
  final double[] requests;

  final double[] noise;
  final double[] effect;
  final double[] statementEffect;
  final double[] selfEffect;
  final double[] callEffect;
  final double[] tail;

  WeeksOperation(int service, int number, String name, int windows, SplittableRandom random) {
    this.service = service;
    this.number = number;
    this.name = name;
    selfSeconds = random.nextDouble(0.005, 0.04);
    statementSeconds = service == 0 ? 0 : random.nextDouble(0.4, 1.2) * selfSeconds;
    callSeconds = service > 0 && number == 0 ? random.nextDouble(0.5, 1.2) * selfSeconds : 0;
    weight = random.nextDouble(0.5, 1.5);
    requests = new double[windows];
    noise = new double[windows];
    effect = new double[windows];
    statementEffect = new double[windows];
    selfEffect = new double[windows];
    callEffect = new double[windows];
    tail = new double[windows];
  }

  double idleSeconds() {
    return selfSeconds + statementSeconds + callSeconds;
  }

  /** Adds {@code size} to the logarithm of the whole, by way of one of its parts. */
  void slow(int t, double size, double partSeconds, double[] partEffect) {
    effect[t] += size;
    if (partSeconds > 0) {
      partEffect[t] += Math.log1p(Math.expm1(size) * idleSeconds() / partSeconds);
    }
  }
}
