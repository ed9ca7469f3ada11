package headroom.detect;

import static headroom.detect.Words.format;
import static headroom.detect.Words.seconds;

import headroom.rollup.Cell;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * When a backlog is gone: what waits, what arrives and the most that is done.
 *
 * @param depth items that wait now
 * @param arrivals items by start of window, as far as they are known
 * @param mostPerSecond the most that was ever done in a window
 */
record Backlog(
    double depth, NavigableMap<Long, Double> arrivals, int windowSeconds, double mostPerSecond) {
  private static final int DAY = 86_400;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  /**
   * What arrived: what was done, and what the backlog grew by.
   *
   * @param levels items that wait, by start of window
   */
  static NavigableMap<Long, Double> arrivals(
      NavigableMap<Long, Cell> done, NavigableMap<Long, Double> levels) {
    var arrivals = new TreeMap<Long, Double>();
    done.forEach((start, cell) -> {
      Map.Entry<Long, Double> now = levels.floorEntry(start);
      Map.Entry<Long, Double> before = levels.lowerEntry(start);
      double grown = now == null || before == null ? 0 : now.getValue() - before.getValue();
      arrivals.put(start, Math.max(0, cell.sum() + grown));
    });
    return arrivals;
  }

  /** Says when it drains, if tomorrow is as the last day was or, with less history, as now. */
  String says(double arriving) {
    double spare = mostPerSecond - arriving;
    if (spare > 0) {
      return format("at full speed it would drain in %s", seconds(depth / spare));
    }
    String never =
        format(
            "it cannot drain: %.3g arrive, %.3g are done at most per second",
            arriving, mostPerSecond);
    return never + (covers(DAY) ? ", " + nextDay() : earlier());
  }

  private boolean covers(int seconds) {
    return !arrivals.isEmpty()
        && arrivals.lastKey() + windowSeconds - arrivals.firstKey() >= seconds;
  }

  /** Follows the last day once more, at full speed. */
  private String nextDay() {
    long end = arrivals.lastKey() + windowSeconds;
    NavigableMap<Long, Double> day = arrivals.tailMap(end - DAY, true);
    long peak =
        day.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey() + DAY;
    double waiting = depth;
    for (Map.Entry<Long, Double> window : day.entrySet()) {
      waiting = waiting + window.getValue() - mostPerSecond * windowSeconds;
      if (waiting <= 0) {
        long at = window.getKey() + DAY + windowSeconds;
        return format(
            "and would by %s if the next day is like the last, %s the next peak at %s",
            time(at), at <= peak ? "before" : "after", time(peak));
      }
    }
    return format(
        "nor before the next peak at %s or in all of the next day if it is like the last",
        time(peak));
  }

  private static String time(long epochSecond) {
    return TIME.format(Instant.ofEpochSecond(epochSecond));
  }

  /** How long it would take at the arrivals of the calmer part of the time. */
  private String earlier() {
    double[] perSecond =
        arrivals.values().stream().mapToDouble(items -> items / windowSeconds).sorted().toArray();
    double calm = perSecond.length == 0 ? mostPerSecond : perSecond[perSecond.length / 4];
    return calm < mostPerSecond
        ? format(
            ", and not before the next peak unless fewer arrive; at the %.3g per second of calmer"
                + " times it would take %s",
            calm, seconds(depth / (mostPerSecond - calm)))
        : ", at no load that was seen";
  }
}
