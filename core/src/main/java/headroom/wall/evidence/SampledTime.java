package headroom.wall.evidence;

import headroom.rollup.Cell;
import headroom.store.Series;
import headroom.wall.evidence.StationUse.Sample;
import java.util.Collection;
import java.util.List;

/**
 * The windows of the traffic from the first sample of a station's use to the last one. Totals that
 * are set against samples are of the same windows: a counter counts from the start of its process,
 * and what that did before its first request is no work of requests.
 *
 * @param from the first window
 * @param to the one behind the last
 */
record SampledTime(Traffic traffic, int from, int to) {
  /** All of the traffic's time where there are no samples. */
  static SampledTime of(List<Sample> samples, Traffic traffic) {
    return samples.isEmpty()
        ? new SampledTime(traffic, 0, traffic.windows())
        : new SampledTime(traffic, samples.getFirst().from(), samples.getLast().to());
  }

  boolean has(Series.Window window) {
    int index = traffic.indexOf(window.start());
    return index >= from && index < to;
  }

  /** What the series hold of it, as one cell. */
  Cell total(Collection<Series> parts) {
    Cell total = new Cell();
    for (Series part : parts) {
      part.windows().stream().filter(this::has).forEach(window -> total.merge(window.cell()));
    }
    return total;
  }

  /** The same, where only requests are at work. */
  Cell ofRequests(Collection<Series> parts, Jobs jobs) {
    Cell total = new Cell();
    for (Series part : parts) {
      for (Series.Window window : part.windows()) {
        if (has(window) && !jobs.near(traffic.indexOf(window.start()))) {
          total.merge(window.cell());
        }
      }
    }
    return total;
  }

  double seconds() {
    return (double) (to - from) * traffic.windowSeconds();
  }

  /** By how much all requests are more than those of this time. */
  double ofAllRequests() {
    double all = traffic.perSecond(0, traffic.windows()) * traffic.spanSeconds();
    double here = traffic.perSecond(from, to) * seconds();
    return here > 0 ? all / here : traffic.spanSeconds() / seconds();
  }
}
