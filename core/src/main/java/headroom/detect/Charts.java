package headroom.detect;

import headroom.detect.Finding.Evidence;
import headroom.detect.Finding.Evidence.Point;
import headroom.rollup.Cell;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Evidence with the points of its chart, never more than a screen shows. */
final class Charts {
  private static final int MOST_POINTS = 240;

  private Charts() {}

  /** A value followed over time; windows where it is unknown are left out. */
  static Evidence evidence(
      String label,
      double value,
      String unit,
      NavigableMap<Long, Cell> windows,
      Function<Cell, OptionalDouble> content) {
    List<Point> points = new ArrayList<>();
    windows.forEach((start, cell) ->
        content
            .apply(cell)
            .ifPresent(one -> points.add(new Point(Instant.ofEpochSecond(start), one))));
    return new Evidence(label, value, unit, thin(points));
  }

  static Evidence number(String label, double value, String unit) {
    return new Evidence(label, value, unit, List.of());
  }

  static List<Point> thin(List<Point> points) {
    int step = (points.size() + MOST_POINTS - 1) / MOST_POINTS;
    if (step <= 1) {
      return points;
    }
    List<Point> kept = new ArrayList<>();
    for (int i = 0; i < points.size(); i += step) {
      List<Point> together = points.subList(i, Math.min(points.size(), i + step));
      double mean = together.stream().mapToDouble(Point::value).average().orElseThrow();
      kept.add(new Point(together.getFirst().at(), mean));
    }
    return kept;
  }
}
