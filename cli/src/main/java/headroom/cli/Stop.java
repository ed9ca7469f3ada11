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

  /** The worker has nothing to do but to wait for the signal. */
  private static volatile boolean waiting;

  private Stop() {}

  /** From now on a signal interrupts the work of this thread, and waits for {@link #done}. */
  static void install() {
    Thread worker = Thread.currentThread();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  ASKED.countDown();
                  if (!waiting) {
                    worker.interrupt();
                  }
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
    waiting = true;
    ASKED.await();
  }

  /** The command has nothing left to do. */
  static void done() {
    DONE.countDown();
  }
}
