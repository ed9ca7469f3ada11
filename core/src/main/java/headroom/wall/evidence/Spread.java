package headroom.wall.evidence;

import headroom.model.Measure;
import headroom.model.StationKind;
import headroom.rollup.Cell;
import headroom.store.History;
import headroom.store.Series;
import headroom.store.SeriesIndex;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a station's work is spread over the instances that have one like it, of which the busiest is
 * judged: it serves only part of the requests, and the others are less busy.
 *
 * @param busiest share of all the work that the busiest instance does, 0..1
 * @param instances how many there are
 */
public record Spread(double busiest, int instances) {
  static final Spread ONE = new Spread(1, 1);

  public Spread {
    if (!(busiest > 0 && busiest <= 1) || instances < 1) {
      throw new IllegalArgumentException(
          "busiest must be within 0..1, above 0, and instances >= 1, got %s and %d"
              .formatted(busiest, instances));
    }
  }

  /** How the work of this station is spread; over one instance where that is not told. */
  public static Spread of(History history, StationUse use, Traffic traffic) {
    var time = SampledTime.of(use.samples(), traffic);
    return switch (use.discipline()) {
      case SHARE -> sums(new SeriesIndex(history).ofService(Measure.CPU_TIME, use.service()), time);
      case WAIT, BACKLOG, LIMIT ->
          use.kind() == StationKind.POOL
              ? sums(
                  new SeriesIndex(history)
                      .ofService(Measure.POOL_HOLD, use.service()).stream()
                          .filter(one -> one.key().subject().equals(use.station().subject()))
                          .toList(),
                  time)
              : ONE;
    };
  }

  private static Spread sums(List<Series> parts, SampledTime time) {
    Map<String, Double> byInstance = new HashMap<>();
    double all = 0;
    for (Series part : parts) {
      Cell total = time.total(List.of(part));
      byInstance.merge(part.key().instance(), total.sum(), Double::sum);
      all += total.sum();
    }
    double most = byInstance.values().stream().mapToDouble(sum -> sum).max().orElse(0);
    return most > 0 ? new Spread(most / all, byInstance.size()) : ONE;
  }

  /** The same work, spread evenly over so many instances. */
  public Spread evenlyOver(int others) {
    return new Spread(Math.min(1, busiest * instances / others), others);
  }

  /** How busy the others are, as a share of how busy the busiest is. */
  public double others() {
    return instances == 1 ? 0 : Math.min(1, (1 - busiest) / (busiest * (instances - 1)));
  }
}
