package wallet;

import java.io.IOException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** How often a failed call to a partner is repeated. */
sealed interface Retrier {
  /** One attempt; throws when it failed. */
  @FunctionalInterface
  interface Attempt<T> {
    T run() throws IOException, InterruptedException;
  }

  /** The first attempt's result that succeeds, or the last failure. */
  <T> T call(Attempt<T> attempt) throws IOException, InterruptedException;

  /** Up to three repeats, at once, whatever state the partner is in: load grows as it fails. */
  record Naive() implements Retrier {
    static final int ATTEMPTS = 4;

    @Override
    public <T> T call(Attempt<T> attempt) throws IOException, InterruptedException {
      for (int left = ATTEMPTS - 1; left > 0; left--) {
        try {
          return attempt.run();
        } catch (IOException e) {
          // The next one may do better.
        }
      }
      return attempt.run();
    }
  }

  /** One repeat after a random pause, as long as repeats stay under a tenth of all calls. */
  final class Budgeted implements Retrier {
    private static final double EARNED_PER_CALL = 0.1;
    private static final double MOST_SAVED = 10;
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);

    private final RandomGenerator random;
    private final Pause pause;
    private double budget = MOST_SAVED;

    /** Waits; in tests it only notes for how long. */
    @FunctionalInterface
    interface Pause {
      void await(Duration time) throws InterruptedException;
    }

    Budgeted(RandomGenerator random, Pause pause) {
      this.random = random;
      this.pause = pause;
    }

    @Override
    public <T> T call(Attempt<T> attempt) throws IOException, InterruptedException {
      try {
        earn();
        return attempt.run();
      } catch (IOException e) {
        if (!spend()) {
          throw e;
        }
        pause.await(nextPause());
        return attempt.run();
      }
    }

    private synchronized void earn() {
      budget = Math.min(MOST_SAVED, budget + EARNED_PER_CALL);
    }

    private synchronized boolean spend() {
      if (budget < 1) {
        return false;
      }
      budget -= 1;
      return true;
    }

    private synchronized Duration nextPause() {
      return Duration.ofNanos(random.nextLong(1, LONGEST_PAUSE.toNanos() + 1));
    }
  }
}
