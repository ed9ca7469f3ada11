package headroom.load.protocol.http;

import headroom.load.network.ConnectListener;
import headroom.load.network.ConnectTimes;
import headroom.load.network.Dialer;
import headroom.load.protocol.Protocol;
import headroom.load.result.ErrorKind;
import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Requests as streams on few connections. The target says how many streams it takes at once on
 * each; beyond that another connection is opened, up to the cap, and then exchanges wait in order.
 * Lives on one event loop.
 */
public final class Http2Client extends QueuedClient {
  /** Streams that a target is taken to allow until it says so; RFC 9113 wants at least these. */
  private static final int STREAMS_GUESS = 100;

  private final int spread;
  private final Set<Http2Connection> open = new HashSet<>();

  /** Connections with room for another stream, in turn. */
  private final ArrayDeque<Http2Connection> free = new ArrayDeque<>();

  private int connecting;

  /**
   * @param spread over how many connections requests are spread even where fewer would do
   */
  public Http2Client(Dialer dialer, Protocol.Limits limits, int spread, ConnectListener listener) {
    super(dialer, limits, listener);
    this.spread = spread;
  }

  @Override
  public boolean submit(Exchange exchange) {
    if (closed) {
      return false;
    }
    Http2Connection connection = waiting.isEmpty() ? next() : null;
    if (connection != null) {
      connection.send(exchange);
      offer(connection);
      return true;
    }
    if (!enqueue(exchange)) {
      return false;
    }
    connectAsNeeded();
    return true;
  }

  private @Nullable Http2Connection next() {
    while (true) {
      Http2Connection candidate = free.pollFirst();
      if (candidate == null) {
        return null;
      }
      candidate.offered = false;
      if (candidate.hasRoom()) {
        return candidate;
      }
    }
  }

  private void offer(Http2Connection connection) {
    if (connection.hasRoom() && !connection.offered) {
      connection.offered = true;
      free.addLast(connection);
    }
  }

  private void connectAsNeeded() {
    while (!closed
        && !waiting.isEmpty()
        && open.size() + connecting < limits.maxConnections()
        && (open.size() + connecting < spread || connecting <= waiting.size() / STREAMS_GUESS)) {
      connect();
    }
  }

  private void connect() {
    connecting++;
    dialer.dial(
        new Dialer.Listener() {
          @Override
          public void opened(Channel channel, ConnectTimes times) {
            listener.connected(times);
            new Http2Connection(Http2Client.this).addTo(channel);
          }

          @Override
          public void failed(ErrorKind kind, String detail) {
            notReady(kind, detail);
          }
        });
  }

  /** The target has told its settings: streams may begin. */
  void ready(Http2Connection connection) {
    connecting--;
    if (closed) {
      connection.close();
      return;
    }
    open.add(connection);
    freed(connection);
  }

  /** One attempt failed: so does the exchange that has waited longest, the others try on. */
  void notReady(ErrorKind kind, String detail) {
    connecting--;
    failFirst(kind, detail);
    connectAsNeeded();
  }

  /** A connection has room again. */
  void freed(Http2Connection connection) {
    while (connection.hasRoom() && !waiting.isEmpty()) {
      connection.send(waiting.remove());
    }
    offer(connection);
  }

  void disconnected(Http2Connection connection) {
    open.remove(connection);
    connectAsNeeded();
  }

  @Override
  public void close() {
    closed = true;
    giveUpWaiting();
    for (Http2Connection connection : new ArrayList<>(open)) {
      connection.forgetAll();
      connection.close();
    }
  }

  @Override
  public int openConnections() {
    return open.size();
  }
}
