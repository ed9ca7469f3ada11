package wallet;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** How background threads come to an end. */
final class Workers {
  private Workers() {}

  /** Takes no more work and waits for the rest; true when all of it was done in time. */
  static boolean stop(ExecutorService executor, Duration patience) {
    executor.shutdown();
    try {
      if (executor.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return true;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    executor.shutdownNow();
    return false;
  }
}
