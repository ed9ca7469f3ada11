package headroom.requests;

import headroom.model.Measure;
import headroom.rollup.Cell;
import headroom.store.History;
import headroom.store.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds operations whose requests live rather than answer: event streams, web sockets, long polls,
 * downloads. How long one lasts says nothing about how fast the service is.
 *
 * <p>No attribute tells them in most telemetry, so they are told by how they behave: nearly all of
 * them last ten seconds and more, while what the same service does besides takes a small part of
 * that. An overloaded service is slow in all it does, and so is not taken for one that streams.
 */
final class Lifetimes {
  /** Nobody waits that long for nine answers of ten. */
  private static final double SHORTEST_SECONDS = 10;

  private static final double NEARLY_ALL = 0.1;

  /** Other requests of the service take at most this part of it in the median. */
  private static final double OTHERS_ARE_SHORT = 0.05;

  private static final long FEWEST = 5;
  private static final long FEWEST_OTHERS = 100;

  private Lifetimes() {}

  static List<UserRequests.Lifetime> in(History history) {
    Map<String, Map<String, Cell>> services = new LinkedHashMap<>();
    for (Series series : history.of(Measure.ACTION)) {
      services
          .computeIfAbsent(series.key().service(), unused -> new LinkedHashMap<>())
          .computeIfAbsent(series.key().subject(), unused -> new Cell())
          .merge(series.total());
    }
    List<UserRequests.Lifetime> found = new ArrayList<>();
    services.forEach((service, actions) -> {
      Cell brief = new Cell();
      actions.values().stream().filter(cell -> !lasts(cell)).forEach(brief::merge);
      if (brief.count() < FEWEST_OTHERS) {
        return;
      }
      double others = brief.quantile(0.5).orElse(Double.POSITIVE_INFINITY);
      actions.forEach((name, cell) -> {
        if (lasts(cell) && others <= OTHERS_ARE_SHORT * cell.quantile(NEARLY_ALL).orElse(0)) {
          found.add(
              new UserRequests.Lifetime(service, name, cell.count(), cell.quantile(0.5).orElse(0)));
        }
      });
    });
    return found;
  }

  private static boolean lasts(Cell cell) {
    return cell.count() >= FEWEST && cell.quantile(NEARLY_ALL).orElse(0) >= SHORTEST_SECONDS;
  }
}
