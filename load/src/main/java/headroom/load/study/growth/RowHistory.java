package headroom.load.study.growth;

import java.util.Arrays;
import java.util.Optional;

/**
 * How many rows of one kind there were, second by second.
 *
 * @param present before the load began
 * @param perSecond rows written by the end of each second of the load
 * @param due how many should have been written
 * @param failure why writing ended early
 */
public record RowHistory(
    String name, long present, java.util.List<Long> perSecond, long due, Optional<String> failure) {
  public RowHistory {
    perSecond = java.util.List.copyOf(perSecond);
  }

  /** All that were there at a moment, in seconds since the start of the load. */
  public double rowsAt(double seconds) {
    if (perSecond.isEmpty() || seconds <= 0) {
      return present;
    }
    int second = (int) Math.min(perSecond.size() - 1, Math.floor(seconds));
    long before = second == 0 ? 0 : perSecond.get(second - 1);
    double part = Math.min(1, seconds - second);
    return present + before + part * (perSecond.get(second) - before);
  }

  /** Rows written in all. */
  public long written() {
    return perSecond.isEmpty() ? 0 : perSecond.getLast();
  }

  /** Remembers how many rows were written, as time goes by. */
  static final class Recorder {
    private static final int LONGEST_SECONDS = 200_000;

    private long[] bySecond = new long[60];
    private int seconds;

    void note(double elapsedSeconds, long written) {
      int second = (int) Math.clamp(elapsedSeconds, 0, LONGEST_SECONDS);
      while (second >= bySecond.length) {
        bySecond = Arrays.copyOf(bySecond, 2 * bySecond.length);
      }
      long before = seconds == 0 ? 0 : bySecond[seconds - 1];
      for (; seconds <= second; seconds++) {
        bySecond[seconds] = before;
      }
      bySecond[second] = written;
    }

    java.util.List<Long> bySecond() {
      return Arrays.stream(bySecond, 0, seconds).boxed().toList();
    }
  }
}
