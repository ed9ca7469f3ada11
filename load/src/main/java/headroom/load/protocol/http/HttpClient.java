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
 * Keep-alive connections to one host, with a cap, and exchanges that wait for one in order. Lives
 * on one event loop; every call must come from there.
 */
public final class HttpClient extends QueuedClient implements ConnectionOwner {
  /** The one used last is used first: fewer connections stay warm, the others may time out. */
  private final ArrayDeque<HttpConnection> idle = new ArrayDeque<>();

  private final Set<HttpConnection> open = new HashSet<>();
  private int connecting;

  public HttpClient(Dialer dialer, Protocol.Limits limits, ConnectListener listener) {
    super(dialer, limits, listener);
  }

  /**
   * Sends an exchange at once when a connection is free, or as soon as one is, those that waited
   * longer first; false when the queue was full and nothing was kept.
   */
  @Override
  public boolean submit(Exchange exchange) {
    if (waiting.isEmpty()) {
      HttpConnection free = takeIdle();
      if (free != null) {
        free.send(exchange);
        return true;
      }
    }
    if (closed || !enqueue(exchange)) {
      return false;
    }
    connectAsNeeded();
    return true;
  }

  /** Closes every connection; those who wait for one are told, those under way hear nothing. */
  @Override
  public void close() {
    closed = true;
    giveUpWaiting();
    for (HttpConnection connection : new ArrayList<>(open)) {
      connection.abandon();
    }
  }

  /** Connections that are open now. */
  @Override
  public int openConnections() {
    return open.size();
  }

  @Override
  public void release(HttpConnection connection) {
    Exchange next = waiting.poll();
    if (next != null) {
      connection.send(next);
    } else {
      idle.addLast(connection);
    }
  }

  @Override
  public void disconnected(HttpConnection connection) {
    if (open.remove(connection)) {
      idle.remove(connection);
    }
    connectAsNeeded();
  }

  private @Nullable HttpConnection takeIdle() {
    while (true) {
      HttpConnection candidate = idle.pollLast();
      if (candidate == null || candidate.isUsable()) {
        return candidate;
      }
    }
  }

  private void connectAsNeeded() {
    while (!closed
        && connecting < waiting.size()
        && open.size() + connecting < limits.maxConnections()) {
      connect();
    }
  }

  private void connect() {
    connecting++;
    dialer.dial(
        new Dialer.Listener() {
          @Override
          public void opened(Channel channel, ConnectTimes times) {
            connecting--;
            ready(channel);
            listener.connected(times);
          }

          @Override
          public void failed(ErrorKind kind, String detail) {
            connecting--;
            notConnected(kind, detail);
          }
        });
  }

  private void ready(Channel channel) {
    var connection = new HttpConnection(this);
    channel.pipeline().addLast(connection);
    if (closed) {
      connection.close();
      return;
    }
    open.add(connection);
    release(connection);
  }

  /** One attempt failed: so does the exchange that has waited longest, the others try on. */
  private void notConnected(ErrorKind kind, String detail) {
    failFirst(kind, detail);
    connectAsNeeded();
  }
}
