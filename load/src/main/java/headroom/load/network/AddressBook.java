package headroom.load.network;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.Security;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Looks up names anew for every connection, on a few threads of its own: the system's resolver
 * makes its caller wait. A name with several addresses is used in turn.
 */
final class AddressBook {
  private static final int THREADS = 4;
  private static final ExecutorService LOOKING =
      Executors.newFixedThreadPool(
          THREADS,
          task -> {
            var thread = new Thread(task, "load-dns");
            thread.setDaemon(true);
            return thread;
          });
  private static final AtomicInteger turn = new AtomicInteger();

  static {
    // Otherwise the JVM keeps an answer for half a minute, and would not see a target move.
    Security.setProperty("networkaddress.cache.ttl", "0");
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
  }

  private AddressBook() {}

  /** Tells one of the two, on a thread of its own. */
  static void lookUp(
      String host, int port, Consumer<InetSocketAddress> found, Consumer<String> unknown) {
    try {
      LOOKING.execute(() -> {
        try {
          InetAddress[] all = InetAddress.getAllByName(host);
          int at = Math.floorMod(turn.getAndIncrement(), all.length);
          found.accept(new InetSocketAddress(all[at], port));
        } catch (UnknownHostException e) {
          unknown.accept("no address is known for " + host);
        }
      });
    } catch (RejectedExecutionException closed) {
      unknown.accept("names are not looked up any more");
    }
  }
}
