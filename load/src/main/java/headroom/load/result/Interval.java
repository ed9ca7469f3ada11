package headroom.load.result;

import headroom.rollup.Cell;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of the run. Arrivals, drops, failures and response times belong to the interval of
 * their <em>intended</em> start; completions to the interval in which they came. Not safe for
 * several threads.
 */
public final class Interval {
  private long arrivals;
  private long dropped;
  private long sent;
  private long completed;
  private long failed;
  private int mostInFlight;
  private @Nullable Cell[] responses;

  Interval(int steps) {
    responses = new Cell[steps];
  }

  void arrival() {
    arrivals++;
  }

  void drop() {
    dropped++;
  }

  void sent() {
    sent++;
  }

  void unsend() {
    sent--;
  }

  void completed() {
    completed++;
  }

  void fail() {
    failed++;
  }

  void inFlight(int requests) {
    mostInFlight = Math.max(mostInFlight, requests);
  }

  void record(int step, double seconds, boolean error) {
    Cell cell = responses[step];
    if (cell == null) {
      cell = new Cell();
      responses[step] = cell;
    }
    cell.record(seconds, error);
  }

  void merge(Interval other) {
    arrivals += other.arrivals;
    dropped += other.dropped;
    sent += other.sent;
    completed += other.completed;
    failed += other.failed;
    mostInFlight = Math.max(mostInFlight, other.mostInFlight);
    if (other.responses.length > responses.length) {
      responses = Arrays.copyOf(responses, other.responses.length);
    }
    for (int i = 0; i < other.responses.length; i++) {
      Cell theirs = other.responses[i];
      Cell ours = responses[i];
      if (theirs != null && ours != null) {
        ours.merge(theirs);
      } else if (theirs != null) {
        responses[i] = theirs.copy();
      }
    }
  }

  /** The two together; both stay as they are. */
  public Interval plus(Interval other) {
    Interval sum = copy();
    sum.merge(other);
    return sum;
  }

  Interval copy() {
    var copy = new Interval(responses.length);
    copy.merge(this);
    return copy;
  }

  /** Journeys that should have begun. */
  public long arrivals() {
    return arrivals;
  }

  /** Journeys that should have begun and never did. */
  public long dropped() {
    return dropped;
  }

  /** Requests that left. */
  public long requestsSent() {
    return sent;
  }

  /** Requests whose outcome became known. */
  public long requestsCompleted() {
    return completed;
  }

  /** Requests that failed. */
  public long requestsFailed() {
    return failed;
  }

  /** The most requests seen under way or waiting at once. */
  public int mostInFlight() {
    return mostInFlight;
  }

  /** Response times of one step in seconds; absent when it was not taken. */
  public @Nullable Cell response(int step) {
    return step < responses.length ? responses[step] : null;
  }

  /** Response times of all steps together. */
  public Cell allResponses() {
    var all = new Cell();
    for (Cell cell : responses) {
      if (cell != null) {
        all.merge(cell);
      }
    }
    return all;
  }
}
