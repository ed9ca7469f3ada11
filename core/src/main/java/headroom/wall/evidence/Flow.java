package headroom.wall.evidence;

import headroom.model.Station;
import headroom.rollup.Cell;
import headroom.rollup.ExponentialHistogram;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The requests of one root operation: what share of all they are, how long they take today, and how
 * often each visits each station.
 *
 * @param share of all root operations, 0..1
 * @param seconds response times today, rising
 * @param weights how likely each of them is, adding up to one
 * @param visits to each station that it visits
 */
@SuppressWarnings("ArrayRecordComponent") // read in an inner loop, never compared
public record Flow(
    String name, double share, double[] seconds, double[] weights, Map<Station, Double> visits) {
  /** In the body of the distribution a point stands for this share; in the tail for a bucket. */
  private static final double BODY_POINT = 0.03;

  private static final double TAIL_FROM = 0.95;

  public Flow {
    visits = Map.copyOf(visits);
  }

  /** The flow of requests with these response times; empty when there are none. */
  public static Optional<Flow> of(
      String name, Cell responses, double share, Map<Station, Double> visits) {
    ExponentialHistogram histogram = responses.histogram();
    if (histogram == null || histogram.isEmpty()) {
      return Optional.empty();
    }
    var points = new HoldTimes.Points(histogram);
    List<double[]> gathered = new ArrayList<>();
    double cumulated = 0;
    double weight = 0;
    double sum = 0;
    for (int i = 0; i < points.seconds.length; i++) {
      double part = points.weights[i] / histogram.count();
      cumulated += part;
      weight += part;
      sum += part * points.seconds[i];
      boolean last = i == points.seconds.length - 1;
      if (weight > 0 && (weight >= BODY_POINT || cumulated >= TAIL_FROM || last)) {
        gathered.add(new double[] {sum / weight, weight});
        weight = 0;
        sum = 0;
      }
    }
    return Optional.of(
        new Flow(
            name,
            share,
            gathered.stream().mapToDouble(point -> point[0]).toArray(),
            gathered.stream().mapToDouble(point -> point[1]).toArray(),
            visits));
  }

  /** The same requests with other response times, in the same order. */
  public Flow taking(double[] others) {
    return new Flow(name, share, others, weights, visits);
  }

  /** How often one request visits this station. */
  public double visits(Station station) {
    return visits.getOrDefault(station, 0.0);
  }

  /** Mean response time of all flows together. */
  public static double meanSeconds(List<Flow> flows) {
    return flows.stream().mapToDouble(one -> one.share * one.meanSeconds()).sum();
  }

  private double meanSeconds() {
    double sum = 0;
    for (int i = 0; i < seconds.length; i++) {
      sum += seconds[i] * weights[i];
    }
    return sum;
  }
}
