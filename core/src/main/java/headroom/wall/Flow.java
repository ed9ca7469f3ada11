package headroom.wall;

import headroom.rollup.Cell;
import headroom.rollup.ExponentialHistogram;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one root operation: what share of all they are, how long they take today, and how
 * often each visits each station.
 *
 * @param share of all root operations, 0..1
 * @param seconds response times today, rising
 * @param weights how likely each of them is, adding up to one
 * @param visits by station
 */
@SuppressWarnings("ArrayRecordComponent") // read in an inner loop, never compared
record Flow(String name, double share, double[] seconds, double[] weights, double[] visits) {
  /** In the body of the distribution a point stands for this share; in the tail for a bucket. */
  private static final double BODY_POINT = 0.03;

  private static final double TAIL_FROM = 0.95;

  /** The flow of requests with these response times; null when there are none. */
  static @Nullable Flow of(String name, Cell responses, double share, double[] visits) {
    ExponentialHistogram histogram = responses.histogram();
    if (histogram == null || histogram.isEmpty()) {
      return null;
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
    return new Flow(
        name,
        share,
        gathered.stream().mapToDouble(point -> point[0]).toArray(),
        gathered.stream().mapToDouble(point -> point[1]).toArray(),
        visits);
  }

  double meanSeconds() {
    double sum = 0;
    for (int i = 0; i < seconds.length; i++) {
      sum += seconds[i] * weights[i];
    }
    return sum;
  }
}
