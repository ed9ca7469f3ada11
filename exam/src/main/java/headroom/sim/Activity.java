package headroom.sim;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Part of what a request does. Stations are named. */
public sealed interface Activity {
  /** Time on the cores of a processor. */
  record Work(String processor, Distribution seconds) implements Activity {}

  /** Time that passes without any station: a network, a neighbour that is never busy. */
  record Pause(Distribution seconds) implements Activity {}

  /** A server of a pool, held while these steps are done. */
  record Hold(String pool, List<Activity> steps) implements Activity {
    public Hold {
      steps = List.copyOf(steps);
    }

    public Hold(String pool, Activity... steps) {
      this(pool, List.of(steps));
    }
  }

  /** A statement to the database, reported under its text. */
  record Statement(String text, List<Activity> steps) implements Activity {
    public Statement {
      steps = List.copyOf(steps);
    }
  }

  /** The steps as many times as a number between the two, each equally likely. */
  record Repeat(int least, int most, List<Activity> steps) implements Activity {
    public Repeat {
      steps = List.copyOf(steps);
      if (least < 1 || most < least) {
        throw new IllegalArgumentException(
            "1 <= least <= most is needed, got %d and %d".formatted(least, most));
      }
    }
  }

  /** The steps with this probability. */
  record Sometimes(double share, List<Activity> steps) implements Activity {
    public Sometimes {
      steps = List.copyOf(steps);
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException("share must be within 0..1, got " + share);
      }
    }
  }

  /** The question for an item of a cache, with the steps for when it is not there. */
  record Lookup(String cache, List<Activity> onMiss) implements Activity {
    public Lookup {
      onMiss = List.copyOf(onMiss);
    }
  }

  /** Work left for later: these steps begin now, on their own. */
  record Publish(List<Activity> steps) implements Activity {
    public Publish {
      steps = List.copyOf(steps);
    }
  }

  /**
   * A call to a peer: waits for these steps at most so long, and then tries again. The first
   * attempt goes on regardless: a server does not learn that its caller left.
   *
   * @param attempts at most, the first included
   * @param budget tries again for at most this share of first attempts; infinite: always
   * @param breaker when to stop calling, each instance for itself; what it refuses fails at once,
   *     without another attempt. Null for none
   */
  record Call(
      String peer,
      double timeoutSeconds,
      int attempts,
      double budget,
      @Nullable Breaker breaker,
      List<Activity> steps)
      implements Activity {
    public Call(
        String peer, double timeoutSeconds, int attempts, double budget, List<Activity> steps) {
      this(peer, timeoutSeconds, attempts, budget, null, steps);
    }

    public Call {
      steps = List.copyOf(steps);
      if (!(timeoutSeconds > 0 && budget >= 0) || attempts < 1) {
        throw new IllegalArgumentException(
            "timeoutSeconds > 0, attempts >= 1 and budget >= 0 are needed, got %s, %d, %s"
                .formatted(timeoutSeconds, attempts, budget));
      }
    }
  }
}
