package headroom.sim.weeks;

import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.rollup.Cell;
import headroom.store.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A maker of series out of cells, without the windows of which nothing arrived. */
final class SeriesMaker {
  private static final double SPREAD = 0.4;

  /** Deviation of a median and of the stretch of a tail, times the root of the count. */
  private static final double MEDIAN_ERROR = 1.25;

  private static final double TAIL_ERROR = 2.8;

  private final int windowSeconds;
  private final boolean[] present;
  private final Consumer<Series> to;
  private final SplittableRandom random;

  SeriesMaker(int windowSeconds, boolean[] present, Consumer<Series> to, SplittableRandom random) {
    this.windowSeconds = windowSeconds;
    this.present = present;
    this.to = to;
    this.random = random;
  }

  /** The content of a window; null for none. */
  @FunctionalInterface
  interface Content {
    @Nullable Cell at(int t);
  }

  void emit(
      Measure measure,
      String service,
      String instance,
      String subject,
      String detail,
      Content content) {
    List<Series.Window> windows = new ArrayList<>(present.length);
    for (int t = 0; t < present.length; t++) {
      Cell cell = present[t] ? content.at(t) : null;
      if (cell != null) {
        windows.add(new Series.Window(Weeks.EPOCH + (long) t * windowSeconds, cell));
      }
    }
    if (!windows.isEmpty()) {
      to.accept(new Series(new SeriesKey(measure, service, instance, subject, detail), windows));
    }
  }

  Cell latencies(double requests, double logMedian, double tail) {
    double mean = Math.max(0, requests);
    long count = Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
    if (count == 0) {
      return new Cell();
    }
    double root = Math.sqrt((double) count);
    double middle = logMedian + SPREAD * MEDIAN_ERROR / root * random.nextGaussian();
    double stretched = Math.max(0, tail + TAIL_ERROR / root * random.nextGaussian());
    return LogShape.cell(count, 0, middle, SPREAD, stretched);
  }

  Cell gauge(double value, int t) {
    Cell cell = new Cell();
    long second = Weeks.EPOCH + (long) t * windowSeconds;
    cell.sample(value, second * 1_000_000_000L);
    return cell;
  }

  static Cell counter(double increase) {
    Cell cell = new Cell();
    cell.increase(increase);
    return cell;
  }
}
