package headroom.server.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import headroom.model.Measure;
import headroom.rollup.Cell;

/** The numbers of one cell, in the words of its measure's kind. */
final class CellJson {
  private CellJson() {}

  /**
   * Adds the numbers to a node.
   *
   * @param seconds how long the time is that the cell stands for
   */
  static void write(ObjectNode node, Measure.Kind kind, Cell cell, double seconds) {
    switch (kind) {
      case DISTRIBUTION -> {
        node.put("count", cell.count());
        JsonNumbers.put(node, "perSecond", cell.count() / seconds);
        if (cell.count() > 0) {
          JsonNumbers.put(node, "errorShare", (double) cell.errors() / cell.count());
          JsonNumbers.put(node, "mean", cell.sum() / cell.count());
        }
        cell.quantile(0.5).ifPresent(value -> JsonNumbers.put(node, "p50", value));
        cell.quantile(0.95).ifPresent(value -> JsonNumbers.put(node, "p95", value));
        cell.quantile(0.99).ifPresent(value -> JsonNumbers.put(node, "p99", value));
        JsonNumbers.put(node, "max", cell.max());
      }
      case COUNTER -> {
        JsonNumbers.put(node, "increase", cell.sum());
        JsonNumbers.put(node, "perSecond", cell.sum() / seconds);
      }
      case GAUGE -> {
        cell.mean().ifPresent(value -> JsonNumbers.put(node, "mean", value));
        JsonNumbers.put(node, "min", cell.min());
        JsonNumbers.put(node, "max", cell.max());
        if (cell.count() > 0) {
          JsonNumbers.put(node, "last", cell.last());
        }
      }
    }
  }
}
