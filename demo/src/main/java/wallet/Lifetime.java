package wallet;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A process that lives until a signal or, when asked to, until its parent is gone. */
final class Lifetime {
  private static final Logger LOGGER = Logger.getLogger(Lifetime.class.getName());

  private Lifetime() {}

  /**
   * Prints the line that says all is ready, waits for the end, and closes once, whatever ends it.
   */
  static int run(String readyLine, AutoCloseable running, boolean exitWithParent)
      throws InterruptedException {
    var closed = new AtomicBoolean();
    Runnable close =
        () -> {
          if (closed.compareAndSet(false, true)) {
            try {
              running.close();
            } catch (Exception e) {
              LOGGER.log(Level.SEVERE, "could not close cleanly", e);
            }
          }
        };
    Runtime.getRuntime().addShutdownHook(new Thread(close, "close"));
    var end = new CountDownLatch(1);
    if (exitWithParent) {
      Thread.ofPlatform().daemon().name("parent-watch").start(() -> awaitEnd(System.in, end));
    }
    System.out.println(readyLine);
    end.await();
    close.run();
    return 0;
  }

  private static void awaitEnd(InputStream input, CountDownLatch end) {
    byte[] ignored = new byte[256];
    try {
      while (input.read(ignored) >= 0) {
        // What the parent says does not matter, only that it is there.
      }
    } catch (IOException e) {
      LOGGER.log(Level.FINE, "standard input broke: taken as its end", e);
    }
    end.countDown();
  }
}
