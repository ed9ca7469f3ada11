package headroom.load.http;

import headroom.load.result.ErrorKind;
import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.OptionalLong;

/**
 * A connection for every user, opened with the first request and closed when the user leaves. Users
 * beyond the cap wait until another has left. Lives on one event loop.
 */
public final class UserConnections implements RequestClient, ConnectionOwner {
  private final Dialer dialer;
  private final HttpClient.Settings settings;
  private final ConnectListener listener;
  private final Traffic traffic = new Traffic();
  private final IdentityHashMap<Exchange, HttpConnection> ofUser = new IdentityHashMap<>();
  private final IdentityHashMap<HttpConnection, Exchange> owners = new IdentityHashMap<>();
  private final ArrayDeque<Exchange> waiting = new ArrayDeque<>();
  private final IdentityHashMap<Exchange, Boolean> connecting = new IdentityHashMap<>();
  private byte[] scratch = new byte[Dialer.RECEIVE_BYTES];
  private long stale;
  private boolean closed;

  public UserConnections(Dialer dialer, HttpClient.Settings settings, ConnectListener listener) {
    this.dialer = dialer;
    this.settings = settings;
    this.listener = listener;
  }

  @Override
  public boolean submit(Exchange exchange) {
    HttpConnection own = ofUser.get(exchange);
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
    if (owners.size() + connecting.size() < settings.maxConnections()) {
      connect(exchange);
      return true;
    }
    if (waiting.size() >= settings.maxWaiting()) {
      return false;
    }
    waiting.add(exchange);
    return true;
  }

  private void connect(Exchange user) {
    connecting.put(user, true);
    dialer.dial(
        new Dialer.Listener() {
          @Override
          public void opened(Channel channel, long nanos, OptionalLong handshakeNanos) {
            listener.connected(nanos, handshakeNanos);
            var connection = new HttpConnection(UserConnections.this);
            channel.pipeline().addLast(connection);
            if (connecting.remove(user) == null) {
              connection.close();
              return;
            }
            ofUser.put(user, connection);
            owners.put(connection, user);
            connection.send(user);
          }

          @Override
          public void failed(ErrorKind kind, String detail) {
            if (connecting.remove(user) != null) {
              user.failed(kind, detail);
              user.proceed();
              connectNext();
            }
          }
        });
  }

  private void connectNext() {
    while (!closed
        && !waiting.isEmpty()
        && owners.size() + connecting.size() < settings.maxConnections()) {
      connect(waiting.remove());
    }
  }

  @Override
  public void leave(Exchange user) {
    HttpConnection own = ofUser.get(user);
    if (own != null) {
      forget(own);
      own.abandon();
      connectNext();
    }
  }

  private void forget(HttpConnection connection) {
    Exchange user = owners.remove(connection);
    if (user != null) {
      ofUser.remove(user, connection);
    }
  }

  @Override
  public void close() {
    closed = true;
    waiting.addAll(connecting.keySet());
    connecting.clear();
    for (Exchange never = waiting.poll(); never != null; never = waiting.poll()) {
      never.failed(ErrorKind.UNFINISHED, "waited for a connection");
    }
    for (HttpConnection connection : new ArrayList<>(owners.keySet())) {
      connection.abandon();
    }
  }

  @Override
  public int openConnections() {
    return owners.size();
  }

  @Override
  public long staleConnections() {
    return stale;
  }

  @Override
  public Traffic traffic() {
    return traffic;
  }

  @Override
  public long maxBodyBytes() {
    return settings.maxBodyBytes();
  }

  @Override
  public byte[] scratch(int bytes) {
    if (scratch.length < bytes) {
      scratch = new byte[bytes];
    }
    return scratch;
  }

  /** It stays with its user. */
  @Override
  public void release(HttpConnection connection) {}

  @Override
  public void resubmit(Exchange exchange) {
    stale++;
    exchange.requeued();
    if (!submit(exchange)) {
      exchange.failed(ErrorKind.QUEUE_FULL, "while repeating a request on a fresh connection");
      exchange.proceed();
    }
  }

  @Override
  public void disconnected(HttpConnection connection) {
    forget(connection);
    connectNext();
  }
}
