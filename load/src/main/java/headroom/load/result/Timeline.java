package headroom.load.result;

import java.util.ArrayList;
import java.util.List;

/**
 * A run second by second. When it gets long, pairs of intervals are joined, so that it never holds
 * more than {@link #MAX_INTERVALS}; nothing is lost by that but resolution.
 *
 * <p>Not safe for use by several threads.
 */
public final class Timeline {
  public static final int MAX_INTERVALS = 600;

  private static final int LAST_SECOND = 1 << 30;

  private final int steps;
  private final List<Interval> intervals = new ArrayList<>();
  private int widthSeconds = 1;

  public Timeline(int steps) {
    this.steps = steps;
  }

  /** How long one interval is. */
  public int widthSeconds() {
    return widthSeconds;
  }

  /** How long one interval is when a run has gone on for so many seconds. */
  public static int widthAt(double seconds) {
    int width = 1;
    while ((int) Math.min(LAST_SECOND, seconds) / width >= MAX_INTERVALS) {
      width *= 2;
    }
    return width;
  }

  /** From the start of the run on, without gaps. */
  public List<Interval> intervals() {
    return List.copyOf(intervals);
  }

  /** The interval that holds a moment, counted in seconds since the start of the run. */
  public Interval at(double seconds) {
    int second = (int) Math.max(0, Math.min(LAST_SECOND, seconds));
    while (second / widthSeconds >= MAX_INTERVALS) {
      join();
    }
    int index = second / widthSeconds;
    while (intervals.size() <= index) {
      intervals.add(new Interval(steps));
    }
    return intervals.get(index);
  }

  private void join() {
    for (int i = 0; i < intervals.size(); i += 2) {
      Interval first = intervals.get(i);
      if (i + 1 < intervals.size()) {
        first.merge(intervals.get(i + 1));
      }
      intervals.set(i / 2, first);
    }
    int half = (intervals.size() + 1) / 2;
    intervals.subList(half, intervals.size()).clear();
    widthSeconds *= 2;
  }

  public void merge(Timeline other) {
    Timeline theirs = other.copy();
    while (theirs.widthSeconds < widthSeconds) {
      theirs.join();
    }
    while (widthSeconds < theirs.widthSeconds) {
      join();
    }
    for (int i = 0; i < theirs.intervals.size(); i++) {
      at((double) i * widthSeconds).merge(theirs.intervals.get(i));
    }
  }

  public Timeline copy() {
    var copy = new Timeline(steps);
    copy.widthSeconds = widthSeconds;
    intervals.forEach(interval -> copy.intervals.add(interval.copy()));
    return copy;
  }

  /** All that lies wholly within a stretch of the run, in seconds since its start. */
  public Interval between(double fromSeconds, double toSeconds) {
    var sum = new Interval(steps);
    int first = (int) Math.ceil(Math.max(0, fromSeconds) / widthSeconds - 1e-9);
    int end = (int) Math.floor(toSeconds / widthSeconds + 1e-9);
    for (int i = first; i < Math.min(end, intervals.size()); i++) {
      sum.merge(intervals.get(i));
    }
    return sum;
  }
}
