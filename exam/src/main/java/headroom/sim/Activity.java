package headroom.sim;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Part of what a request does. Stations are named. */
public sealed interface Activity {
  /** Computes. */
  record Work(String processor, Distribution seconds) implements Activity {}

  /** Lets time pass without any station: a network, a neighbour that is never busy. */
  record Pause(Distribution seconds) implements Activity {}

  /** Takes a server of a pool, does these steps and gives it back. */
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

  /** Asks a cache for an item, and does these steps when it does not have it. */
  record Lookup(String cache, List<Activity> onMiss) implements Activity {
    public Lookup {
      onMiss = List.copyOf(onMiss);
    }
  }

  /** Leaves work for later: these steps begin now, on their own. */
  record Publish(List<Activity> steps) implements Activity {
    public Publish {
      steps = List.copyOf(steps);
    }
  }

  /**
   * Waits for these steps at most so long, and then tries again. The first attempt goes on
   * regardless: a server does not learn that its caller left.
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
