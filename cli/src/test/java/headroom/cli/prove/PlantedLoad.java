package headroom.cli.prove;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;

/** A system whose latency at each load is planted, with chance around it. */
final class PlantedLoad implements PlateauLoad {
  private final double low;
  private final DoubleUnaryOperator latency;
  private final double noise;
  private final RandomGenerator random;
  final List<Double> held = new ArrayList<>();
  int pauses;
  double most = Double.POSITIVE_INFINITY;

  /**
   * @param noise the standard deviation of the logarithm of latencies
   */
  PlantedLoad(double low, DoubleUnaryOperator latency, double noise, RandomGenerator random) {
    this.low = low;
    this.latency = latency;
    this.noise = noise;
    this.random = random;
  }

  /** Waiting before one server that is full at a load: 0.02 s and what queues before it. */
  static DoubleUnaryOperator fullAt(double perSecond) {
    return load ->
        load >= perSecond ? Double.POSITIVE_INFINITY : 0.02 + 0.02 / (1 - load / perSecond);
  }

  @Override
  public LoadLevel plateau(double perSecond, int seconds) throws GrowthEnded {
    if (perSecond > most) {
      throw new GrowthEnded("too much");
    }
    held.add(perSecond);
    double seen = latency.applyAsDouble(perSecond) * Math.exp(noise * random.nextGaussian());
    return new LoadLevel(perSecond, Math.round(perSecond * seconds), seen, 0);
  }

  @Override
  public void pause() {
    pauses++;
  }

  @Override
  public double lowPerSecond() {
    return low;
  }
}
