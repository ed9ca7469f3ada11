package headroom.load.protocol.http;

import headroom.load.network.ConnectListener;
import headroom.load.network.ConnectTimes;
import headroom.load.network.Dialer;
import headroom.load.protocol.Protocol;
import headroom.load.result.ErrorKind;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.IdentityHashMap;

/**
 * A connection for every user, opened with the first request and closed when the user leaves. Users
 * beyond the cap wait until another has left. Lives on one event loop.
 */
public final class UserConnections extends QueuedClient implements ConnectionOwner {
  private final IdentityHashMap<Object, HttpConnection> ofUser = new IdentityHashMap<>();
  private final IdentityHashMap<HttpConnection, Object> owners = new IdentityHashMap<>();
  private final IdentityHashMap<Exchange, Boolean> connecting = new IdentityHashMap<>();

  public UserConnections(Dialer dialer, Protocol.Limits limits, ConnectListener listener) {
    super(dialer, limits, listener);
  }

  @Override
  public boolean submit(Exchange exchange) {
    HttpConnection own = ofUser.get(exchange.owner());
    if (own != null) {
      if (own.isUsable()) {
        own.send(exchange);
        return true;
      }
      forget(own);
    }
    if (closed) {
      return false;
    }
    if (owners.size() + connecting.size() < limits.maxConnections()) {
      connect(exchange);
      return true;
    }
    return enqueue(exchange);
  }

  private void connect(Exchange first) {
    connecting.put(first, true);
    dialer.dial(
        new Dialer.Listener() {
          @Override
          public void opened(Channel channel, ConnectTimes times) {
            listener.connected(times);
            var connection = new HttpConnection(UserConnections.this);
            channel.pipeline().addLast(connection);
            if (connecting.remove(first) == null) {
              connection.close();
              return;
            }
            ofUser.put(first.owner(), connection);
            owners.put(connection, first.owner());
            connection.send(first);
          }

          @Override
          public void failed(ErrorKind kind, String detail) {
            if (connecting.remove(first) != null) {
              first.failed(kind, detail);
              first.proceed();
              connectNext();
            }
          }
        });
  }

  private void connectNext() {
    while (!closed
        && !waiting.isEmpty()
        && owners.size() + connecting.size() < limits.maxConnections()) {
      connect(waiting.remove());
    }
  }

  @Override
  public void leave(Object owner) {
    HttpConnection own = ofUser.get(owner);
    if (own != null) {
      forget(own);
      own.abandon();
      connectNext();
    }
  }

  private void forget(HttpConnection connection) {
    Object user = owners.remove(connection);
    if (user != null) {
      ofUser.remove(user, connection);
    }
  }

  @Override
  public void close() {
    closed = true;
    waiting.addAll(connecting.keySet());
    connecting.clear();
    giveUpWaiting();
    for (HttpConnection connection : new ArrayList<>(owners.keySet())) {
      connection.abandon();
    }
  }

  @Override
  public int openConnections() {
    return owners.size();
  }

  /** It stays with its user. */
  @Override
  public void release(HttpConnection connection) {}

  @Override
  public void disconnected(HttpConnection connection) {
    forget(connection);
    connectNext();
  }
}
