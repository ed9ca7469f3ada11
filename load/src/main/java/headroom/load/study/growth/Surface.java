package headroom.load.study.growth;

import headroom.load.arrival.ArrivalSchedule;
import headroom.load.result.Interval;
import headroom.load.result.Judgement;
import headroom.load.result.LoadResult.Outcome;
import headroom.load.result.StepKey;
import headroom.load.result.Timeline;
import headroom.plan.Objective;
import headroom.plan.RateSegment;
import headroom.rollup.Cell;
import headroom.stats.Isotonic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * Response time over load and data size, from a run in which both changed: a point for every
 * stretch of the profile, long stretches cut into pieces.
 *
 * @param points in the order of time
 */
public record Surface(List<Point> points) {
  /** About so many pieces are made of a run of a single stretch. */
  private static final int PIECES = 24;

  private static final double SHORTEST_SECONDS = 5;
  private static final int MANY_SEGMENTS = 6;

  /**
   * A stretch of the run.
   *
   * @param ratePerSecond journeys that should have arrived
   * @param rows in the middle of it
   */
  public record Point(
      double fromSeconds,
      double seconds,
      double ratePerSecond,
      double rows,
      OptionalDouble p50Seconds,
      OptionalDouble p99Seconds,
      double errorShare,
      List<Outcome> objectives) {
    public Point {
      objectives = List.copyOf(objectives);
    }

    public boolean hasHeld() {
      return objectives.stream().allMatch(Outcome::held);
    }
  }

  /**
   * Points of rising load at about the same size of the data.
   *
   * @param heldPerSecond the highest rate that kept the objectives, as long as no lower one broke
   *     them
   * @param brokePerSecond the lowest rate that did not
   */
  public record Size(
      double fromRows,
      double toRows,
      OptionalDouble heldPerSecond,
      OptionalDouble brokePerSecond) {}

  /**
   * What more data did at one rate. A single point may be slow by chance, such as the first of a
   * cold target, so what is told of p99 is the nearest curve that never falls as rows become more.
   *
   * @param p99First in seconds, at the fewest rows
   * @param p99Last at the most
   * @param exponent b in {@code p99 ∝ rows^b}, by least squares of the logarithms
   * @param doubledAtRows from which size on p99 was at least twice that at the first; empty for
   *     never
   */
  public record Trend(
      double ratePerSecond,
      double rowsFirst,
      double p99First,
      double rowsLast,
      double p99Last,
      double exponent,
      OptionalDouble doubledAtRows) {}

  public Surface {
    points = List.copyOf(points);
  }

  /**
   * @param rowsAt how many rows there were, by seconds since the start
   */
  public static Surface of(
      Timeline timeline,
      ArrivalSchedule schedule,
      List<StepKey> steps,
      List<Objective> objectives,
      DoubleUnaryOperator rowsAt) {
    double longest = Math.max(SHORTEST_SECONDS, schedule.seconds() / PIECES);
    double width = timeline.widthSeconds();
    var points = new ArrayList<Point>();
    double begin = 0;
    for (RateSegment segment : schedule.segments()) {
      // A profile of many stretches visits its rates by itself; a long one shows growth in pieces.
      int pieces =
          schedule.segments().size() >= MANY_SEGMENTS
              ? 1
              : (int) Math.max(1, Math.round(segment.seconds() / longest));
      for (int i = 0; i < pieces; i++) {
        double from = begin + segment.seconds() * i / pieces;
        double to = begin + segment.seconds() * (i + 1) / pieces;
        double first = Math.ceil(from / width - 1e-9) * width;
        double last = Math.floor(to / width + 1e-9) * width;
        Interval interval = timeline.between(first, last);
        if (last > first && interval.arrivals() > 0) {
          double rate =
              (schedule.arrivalsUntil(last) - schedule.arrivalsUntil(first)) / (last - first);
          points.add(point(first, last, rate, interval, steps, objectives, rowsAt));
        }
      }
      begin += segment.seconds();
    }
    return new Surface(points);
  }

  private static Point point(
      double from,
      double to,
      double rate,
      Interval interval,
      List<StepKey> steps,
      List<Objective> objectives,
      DoubleUnaryOperator rowsAt) {
    Cell all = interval.allResponses();
    long requests = Math.max(all.count(), interval.requestsFailed()) + interval.dropped();
    return new Point(
        from,
        to - from,
        rate,
        rowsAt.applyAsDouble((from + to) / 2),
        all.quantile(0.5),
        all.quantile(0.99),
        requests == 0 ? 0 : (double) (interval.requestsFailed() + interval.dropped()) / requests,
        Judgement.of(objectives, steps, interval));
  }

  /** The points by size: another begins whenever the load does not rise. */
  public List<Size> sizes() {
    var sizes = new ArrayList<Size>();
    int begin = 0;
    for (int i = 1; i <= points.size(); i++) {
      boolean ends =
          i == points.size()
              || points.get(i).ratePerSecond() < 1.02 * points.get(i - 1).ratePerSecond();
      if (ends) {
        sizes.add(size(points.subList(begin, i)));
        begin = i;
      }
    }
    return sizes;
  }

  private static Size size(List<Point> rising) {
    OptionalDouble held = OptionalDouble.empty();
    OptionalDouble broke = OptionalDouble.empty();
    for (Point point : rising) {
      if (!point.hasHeld()) {
        broke = OptionalDouble.of(point.ratePerSecond());
        break;
      }
      held = OptionalDouble.of(point.ratePerSecond());
    }
    return new Size(rising.getFirst().rows(), rising.getLast().rows(), held, broke);
  }

  /** For every rate that was met at three sizes or more, lowest first. */
  public List<Trend> trends() {
    var rates = new TreeMap<Long, List<Point>>();
    for (Point point : points) {
      if (point.p99Seconds().isPresent() && point.rows() > 0) {
        // Rates within some five per cent of each other are one.
        long level = Math.round(Math.log(Math.max(1e-3, point.ratePerSecond())) / 0.1);
        rates.computeIfAbsent(level, l -> new ArrayList<>()).add(point);
      }
    }
    return rates.values().stream().filter(same -> same.size() >= 3).map(Surface::trend).toList();
  }

  private static Trend trend(List<Point> unordered) {
    List<Point> same = unordered.stream().sorted(Comparator.comparingDouble(Point::rows)).toList();
    double[] curve = Isotonic.rising(same.stream().mapToDouble(p -> Math.log(p99(p))).toArray());
    int most = curve.length - 1;
    OptionalDouble doubled =
        IntStream.rangeClosed(1, most)
            .filter(i -> curve[i] >= curve[0] + Math.log(2))
            .mapToDouble(i -> same.get(i).rows())
            .findFirst();
    double rate = same.stream().mapToDouble(Point::ratePerSecond).average().orElse(0);
    return new Trend(
        rate,
        same.getFirst().rows(),
        Math.exp(curve[0]),
        same.getLast().rows(),
        Math.exp(curve[most]),
        exponent(same),
        doubled);
  }

  private static double exponent(List<Point> same) {
    double x = same.stream().mapToDouble(p -> Math.log(p.rows())).average().orElse(0);
    double y = same.stream().mapToDouble(p -> Math.log(p99(p))).average().orElse(0);
    double products = 0;
    double squares = 0;
    for (Point point : same) {
      double dx = Math.log(point.rows()) - x;
      products += dx * (Math.log(p99(point)) - y);
      squares += dx * dx;
    }
    return squares == 0 ? 0 : products / squares;
  }

  private static double p99(Point point) {
    return Math.max(1e-6, point.p99Seconds().orElse(0));
  }
}
