package wallet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A network between two places: relays TCP connections and delivers every byte a fixed time after
 * it came in, in order.
 *
 * <p>Two threads, whatever the number of connections. The reader stamps what arrives with the time
 * at which it is due; as the delay is the same for all, one queue in order of arrival is also in
 * order of delivery, and the deliverer only ever waits for its head:
 *
 * <pre>
 *   client ─► reader ─► [due 2.0ms a][due 2.1ms b][due 2.4ms a] ─► deliverer ─► server
 * </pre>
 *
 * <p>The delay is that of the way, not of the bandwidth, and not of TCP's own handshake.
 */
final class Relay implements AutoCloseable {
  private static final Logger LOGGER = Logger.getLogger(Relay.class.getName());
  private static final int READ_BYTES = 64 * 1024;
  // Fixed, so that no more than that is hidden in the system's buffers on top of what is under way.
  private static final int SOCKET_BYTES = 256 * 1024;
  private static final int MOST_CONNECTIONS = 500;

  private final InetSocketAddress target;
  private final long delayNanos;
  private final ServerSocketChannel listener;
  private final Selector selector;
  private final BlockingQueue<Parcel> underWay = new LinkedBlockingQueue<>();
  private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(READ_BYTES);
  private final Thread reader;
  private final Thread deliverer;
  private volatile boolean closed;

  /** Bytes on their way, or the end of the stream when there are none. */
  private record Parcel(long dueNanos, RelayedStream stream, ByteBuffer bytes) {}

  private Relay(
      InetSocketAddress target, long delayNanos, ServerSocketChannel listener, Selector selector) {
    this.target = target;
    this.delayNanos = delayNanos;
    this.listener = listener;
    this.selector = selector;
    this.reader = Thread.ofPlatform().daemon().name("relay-reader").unstarted(this::readAll);
    this.deliverer = Thread.ofPlatform().daemon().name("relay-deliverer").unstarted(this::deliver);
  }

  /** Listens on a free loopback port for connections to {@code target}; {@code delay} one way. */
  static Relay start(InetSocketAddress target, Duration delay) throws IOException {
    return start(0, target, delay);
  }

  /** As above, at a port of one's own; 0 picks a free one. */
  static Relay start(int port, InetSocketAddress target, Duration delay) throws IOException {
    var listener = ServerSocketChannel.open();
    var selector = Selector.open();
    listener.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BYTES);
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    listener.configureBlocking(false);
    listener.register(selector, SelectionKey.OP_ACCEPT);
    var relay = new Relay(target, delay.toNanos(), listener, selector);
    relay.reader.start();
    relay.deliverer.start();
    return relay;
  }

  int port() {
    return listener.socket().getLocalPort();
  }

  private void readAll() {
    try {
      while (!closed) {
        selector.select(this::ready);
      }
    } catch (IOException | ClosedSelectorException e) {
      if (!closed) {
        LOGGER.log(Level.SEVERE, "the relay cannot go on", e);
      }
    }
  }

  private void ready(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        accept();
        return;
      }
      if (key.isWritable()) {
        ((End) key.attachment()).incoming().flush();
      }
      if (key.isReadable()) {
        read((SocketChannel) key.channel(), ((End) key.attachment()).outgoing());
      }
    } catch (CancelledKeyException e) {
      // The other thread closed this connection meanwhile.
    }
  }

  /** One side of a connection: the stream that it sends and the one that it receives. */
  private record End(RelayedStream outgoing, RelayedStream incoming) {}

  private void accept() {
    try {
      var near = listener.accept();
      if (near == null) {
        return;
      }
      if (selector.keys().size() > 2 * MOST_CONNECTIONS) {
        LOGGER.warning("refused a connection: " + MOST_CONNECTIONS + " are open");
        near.close();
        return;
      }
      connect(near);
    } catch (IOException e) {
      LOGGER.log(Level.WARNING, "a connection could not be accepted", e);
    }
  }

  private void connect(SocketChannel near) throws IOException {
    var far = SocketChannel.open();
    far.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BYTES);
    try {
      far.connect(target);
    } catch (IOException e) {
      LOGGER.log(Level.WARNING, "no connection to " + target, e);
      far.close();
      near.close();
      return;
    }
    var nearKey = register(near);
    var farKey = register(far);
    var there = new RelayedStream(nearKey, farKey);
    var back = new RelayedStream(farKey, nearKey);
    there.pairWith(back);
    nearKey.attach(new End(there, back));
    farKey.attach(new End(back, there));
    nearKey.interestOps(SelectionKey.OP_READ);
    farKey.interestOps(SelectionKey.OP_READ);
  }

  private SelectionKey register(SocketChannel channel) throws IOException {
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BYTES);
    return channel.register(selector, 0);
  }

  private void read(SocketChannel channel, RelayedStream stream) {
    int count;
    try {
      count = channel.read(readBuffer.clear());
    } catch (IOException e) {
      stream.abort();
      return;
    }
    if (count == 0) {
      return;
    }
    // A copy: the bytes outlive the shared buffer by the delay.
    var bytes = ByteBuffer.allocate(Math.max(count, 0));
    bytes.put(readBuffer.flip()).flip();
    stream.entered(count);
    underWay.add(new Parcel(System.nanoTime() + delayNanos, stream, bytes));
  }

  private void deliver() {
    try {
      while (!closed) {
        var parcel = underWay.take();
        long leftNanos = parcel.dueNanos - System.nanoTime();
        while (leftNanos > 0 && !closed) {
          LockSupport.parkNanos(this, leftNanos);
          leftNanos = parcel.dueNanos - System.nanoTime();
        }
        parcel.stream.deliver(parcel.bytes);
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  /** Ends all connections at once; what is under way is lost. */
  @Override
  public void close() throws IOException {
    closed = true;
    deliverer.interrupt();
    selector.wakeup();
    try {
      reader.join();
      deliverer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (var key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
