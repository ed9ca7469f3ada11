package headroom.load.protocol.http;

import headroom.load.network.ByteCount;
import headroom.load.network.ConnectListener;
import headroom.load.network.Dialer;
import headroom.load.protocol.Protocol;
import headroom.load.result.ErrorKind;
import java.util.ArrayDeque;

/**
 * What clients have in common, however they use their connections: exchanges that wait in order,
 * bounded, and what was counted. Lives on one event loop.
 */
abstract class QueuedClient implements RequestClient {
  final Dialer dialer;
  final Protocol.Limits limits;
  final ConnectListener listener;
  final ArrayDeque<Exchange> waiting = new ArrayDeque<>();
  boolean closed;

  private final ByteCount traffic = new ByteCount();
  private byte[] scratch = new byte[Dialer.RECEIVE_BYTES];
  private long stale;

  QueuedClient(Dialer dialer, Protocol.Limits limits, ConnectListener listener) {
    this.dialer = dialer;
    this.limits = limits;
    this.listener = listener;
  }

  /** Lets an exchange wait; false when too many do. */
  final boolean enqueue(Exchange exchange) {
    if (waiting.size() >= limits.maxWaiting()) {
      return false;
    }
    waiting.add(exchange);
    return true;
  }

  /** An attempt to connect has failed: so does the exchange that has waited longest. */
  final void failFirst(ErrorKind kind, String detail) {
    Exchange failed = waiting.poll();
    if (failed != null) {
      failed.failed(kind, detail);
      failed.proceed();
    }
  }

  /** Tells all who wait that their turn will not come. */
  final void giveUpWaiting() {
    for (Exchange never = waiting.poll(); never != null; never = waiting.poll()) {
      never.failed(ErrorKind.UNFINISHED, "waited for a connection");
    }
  }

  /** The request never reached the target, for the connection had been closed before. */
  public final void resubmit(Exchange exchange) {
    stale++;
    exchange.requeued();
    if (!submit(exchange)) {
      exchange.failed(ErrorKind.QUEUE_FULL, "while repeating a request on a fresh connection");
      exchange.proceed();
    }
  }

  /** Connections belong to all users, unless a client says otherwise. */
  @Override
  public void leave(Object owner) {}

  @Override
  public final long staleConnections() {
    return stale;
  }

  @Override
  public final ByteCount traffic() {
    return traffic;
  }

  /** The longest body that is read. */
  public final long maxBodyBytes() {
    return limits.maxBodyBytes();
  }

  /** Room to read into, valid until the next call. */
  public final byte[] scratch(int bytes) {
    if (scratch.length < bytes) {
      scratch = new byte[bytes];
    }
    return scratch;
  }
}
