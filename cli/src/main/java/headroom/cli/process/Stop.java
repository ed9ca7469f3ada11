package headroom.cli.process;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C and termination signals: the command is asked to stop, finishes its work (writing what it
 * holds, stopping what it started), and only then does the process end.
 */
public final class Stop {
  private static final long PATIENCE_SECONDS = 20;
  private static final CountDownLatch ASKED = new CountDownLatch(1);
  private static final CountDownLatch DONE = new CountDownLatch(1);

  /** The worker has nothing to do but to wait for the signal. */
  private static volatile boolean waiting;

  /** What to do instead of an interruption; absent for that. */
  private static @Nullable Runnable instead;

  private Stop() {}

  /** From now on a signal interrupts the work of this thread, and waits for {@link #done}. */
  public static void install() {
    Thread worker = Thread.currentThread();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  ask(worker);
                  awaitDone();
                },
                "stop"));
  }

  private static void ask(Thread worker) {
    Runnable action;
    synchronized (Stop.class) {
      ASKED.countDown();
      action = instead;
    }
    if (action != null) {
      action.run();
    } else if (!waiting) {
      worker.interrupt();
    }
  }

  /**
   * Sets what is done instead of an interruption, or null for that again. When the process has been
   * asked to end before, it is done now: a signal may come before its handler is there, or be on
   * its way while that is set.
   */
  public static void instead(@Nullable Runnable action) {
    boolean asked;
    synchronized (Stop.class) {
      instead = action;
      asked = ASKED.getCount() == 0;
    }
    if (asked && action != null) {
      action.run();
    }
  }

  private static void awaitDone() {
    try {
      boolean unused = DONE.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns when the process is asked to end. */
  public static void await() throws InterruptedException {
    waiting = true;
    ASKED.await();
  }

  /** The command has nothing left to do. */
  public static void done() {
    DONE.countDown();
  }
}
