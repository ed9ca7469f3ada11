package headroom.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and termination signals: the command is asked to stop, finishes its work (writing what it
 * holds, stopping what it started), and only then does the process end.
 */
final class Stop {
  private static final long PATIENCE_SECONDS = 20;
  private static final CountDownLatch ASKED = new CountDownLatch(1);
  private static final CountDownLatch DONE = new CountDownLatch(1);

  private Stop() {}

  /** From now on a signal waits for {@link #done}. */
  static void install() {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  ASKED.countDown();
                  awaitDone();
                },
                "stop"));
  }

  private static void awaitDone() {
    try {
      boolean unused = DONE.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns when the process is asked to end. */
  static void await() throws InterruptedException {
    ASKED.await();
  }

  static boolean isAsked() {
    return ASKED.getCount() == 0;
  }

  /** The command has nothing left to do. */
  static void done() {
    DONE.countDown();
  }
}
