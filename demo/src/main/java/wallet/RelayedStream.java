package wallet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a relayed connection: what is due goes to the sink as fast as the sink takes it,
 * and the source is not read while too much is under way.
 */
final class RelayedStream {
  private static final Logger LOGGER = Logger.getLogger(RelayedStream.class.getName());
  private static final int MOST_BYTES_UNDER_WAY = 1 << 20;

  private final SelectionKey source;
  private final SelectionKey sink;
  // Due, but not yet taken by the sink.
  private final Queue<ByteBuffer> overdue = new ArrayDeque<>();
  private @Nullable RelayedStream opposite;
  private long bytesUnderWay;
  private boolean sourceEnded;
  private boolean ended;
  private boolean done;

  RelayedStream(SelectionKey source, SelectionKey sink) {
    this.source = source;
    this.sink = sink;
  }

  void pairWith(RelayedStream other) {
    opposite = other;
    other.opposite = this;
  }

  /** Bytes came in from the source; a negative count is the end of its stream. */
  synchronized void entered(int count) {
    bytesUnderWay += Math.max(count, 0);
    sourceEnded |= count < 0;
    if (sourceEnded || bytesUnderWay > MOST_BYTES_UNDER_WAY) {
      interest(source, SelectionKey.OP_READ, false);
    }
  }

  /** The bytes are due; none means that the stream ends here. */
  void deliver(ByteBuffer bytes) {
    synchronized (this) {
      if (bytes.hasRemaining()) {
        overdue.add(bytes);
      } else {
        ended = true;
      }
    }
    flush();
  }

  /** Gives the sink what is due, as far as it takes it now. */
  void flush() {
    try {
      if (writeOverdue() && finish() && opposite != null && opposite.isDone()) {
        closeBoth();
      }
    } catch (IOException | CancelledKeyException e) {
      LOGGER.log(Level.FINE, "a relayed connection broke", e);
      abort();
    }
  }

  /** Writes until the sink is full; true when nothing is left. */
  private synchronized boolean writeOverdue() throws IOException {
    var channel = (SocketChannel) sink.channel();
    for (var head = overdue.peek(); head != null; head = overdue.peek()) {
      bytesUnderWay -= channel.write(head);
      if (head.hasRemaining()) {
        interest(sink, SelectionKey.OP_WRITE, true);
        return false;
      }
      overdue.remove();
    }
    interest(sink, SelectionKey.OP_WRITE, false);
    if (!sourceEnded && bytesUnderWay <= MOST_BYTES_UNDER_WAY) {
      interest(source, SelectionKey.OP_READ, true);
    }
    return true;
  }

  /** Passes the end of the stream on, once; true when the stream is over. */
  private synchronized boolean finish() throws IOException {
    if (ended && !done) {
      done = true;
      ((SocketChannel) sink.channel()).shutdownOutput();
    }
    return done;
  }

  private synchronized boolean isDone() {
    return done;
  }

  /** Ends both directions at once, as after a reset. */
  void abort() {
    try {
      closeBoth();
    } catch (IOException e) {
      LOGGER.log(Level.FINE, "a relayed connection did not close", e);
    }
  }

  private void closeBoth() throws IOException {
    source.channel().close();
    sink.channel().close();
    source.selector().wakeup();
  }

  private static void interest(SelectionKey key, int operation, boolean wanted) {
    int before = wanted ? key.interestOpsOr(operation) : key.interestOpsAnd(~operation);
    boolean had = (before & operation) != 0;
    if (wanted && !had) {
      key.selector().wakeup();
    }
  }
}
