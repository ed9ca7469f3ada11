package headroom.metastability;

import headroom.model.Measure;
import headroom.rollup.Cell;
import headroom.store.History;
import headroom.store.Series;
import headroom.store.SeriesIndex;
import java.util.List;

/**
 * What bounds the wait for a pool, learnt from the moments in which it turned requests away: a
 * queue of so many, or a time. Turned away at once, with others waiting: the queue is bounded.
 * Turned away after a while: the wait is.
 *
 * @param seconds the longest wait at the usual service time; infinite where nothing was turned away
 */
record LongestWait(double seconds, Source source) {
  /** An attempt that ends in less than this share of the usual shortest time was refused. */
  private static final double AT_ONCE = 0.2;

  private static final double MOST_OF_THEM = 0.5;
  private static final long FEWEST = 5;

  enum Source {
    QUEUE,
    TIME,
    NOT_SEEN
  }

  static final LongestWait UNBOUNDED = new LongestWait(Double.POSITIVE_INFINITY, Source.NOT_SEEN);

  /**
   * Of one pool.
   *
   * @param servers of it
   * @param holdSeconds how long each is held in quiet times
   */
  static LongestWait of(
      History history, String service, String pool, double servers, double holdSeconds) {
    var index = new SeriesIndex(history);
    List<Series> refusals =
        index.ofService(Measure.POOL_TIMEOUTS, service).stream()
            .filter(series -> series.key().subject().equals(pool))
            .toList();
    if (SeriesIndex.total(refusals).sum() <= 0) {
      return UNBOUNDED;
    }
    double waited = most(index, Measure.POOL_WAIT, service, pool);
    double pending = most(index, Measure.POOL_PENDING, service, pool);
    if (isRefusedAtOnce(history, refusals) && pending > 0) {
      return new LongestWait(pending * holdSeconds / servers, Source.QUEUE);
    }
    return waited > 0 ? new LongestWait(waited, Source.TIME) : UNBOUNDED;
  }

  private static double most(SeriesIndex index, Measure measure, String service, String pool) {
    return index.ofService(measure, service).stream()
        .filter(series -> series.key().subject().equals(pool))
        .mapToDouble(series -> series.total().max())
        .max()
        .orElse(0);
  }

  private static boolean isRefusedAtOnce(History history, List<Series> refusals) {
    var refusing =
        refusals.stream()
            .flatMap(series -> series.windows().stream())
            .filter(window -> window.cell().sum() > 0)
            .map(Series.Window::start)
            .collect(java.util.stream.Collectors.toSet());
    Cell then = new Cell();
    Cell otherwise = new Cell();
    for (Series calls : history.of(Measure.CALL)) {
      for (Series.Window window : calls.windows()) {
        (refusing.contains(window.start()) ? then : otherwise).merge(window.cell());
      }
    }
    double atOnce = AT_ONCE * otherwise.quantile(0.01).orElse(0);
    var histogram = then.histogram();
    double quick = histogram == null ? 0 : (1 - histogram.shareAbove(atOnce)) * then.count();
    return quick >= FEWEST && quick >= MOST_OF_THEM * SeriesIndex.total(refusals).sum();
  }
}
