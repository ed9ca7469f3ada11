package headroom.load.http;

import headroom.load.result.ErrorKind;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keep-alive connections to one host, with a cap, and exchanges that wait for one in order. Lives
 * on one event loop; every call must come from there.
 */
public final class HttpClient {
  private static final int RECEIVE_BYTES = 16_384;

  private final EngineLoop loop;
  private final Settings settings;
  private final ConnectListener listener;
  private final Bootstrap bootstrap;

  /** The one used last is used first: fewer connections stay warm, the others may time out. */
  private final ArrayDeque<HttpConnection> idle = new ArrayDeque<>();

  private final Set<HttpConnection> open = new HashSet<>();
  private final ArrayDeque<Exchange> waiting = new ArrayDeque<>();
  private byte[] scratch = new byte[RECEIVE_BYTES];
  private int connecting;
  private long connected;
  private long stale;
  private boolean closed;

  /**
   * What a client may do.
   *
   * @param address where the target listens
   * @param host the name for TLS
   * @param tls absent for plain text
   * @param maxConnections cap on connections, those being opened included
   * @param maxWaiting how many exchanges may wait for a connection
   * @param maxBodyBytes the longest body that is read
   */
  public record Settings(
      InetSocketAddress address,
      String host,
      @Nullable SslContext tls,
      int maxConnections,
      int maxWaiting,
      long maxBodyBytes,
      Duration connectTimeout) {}

  /** Receives how long connecting took, the TLS handshake included. */
  @FunctionalInterface
  public interface ConnectListener {
    void connected(long nanos);
  }

  public HttpClient(EngineLoop loop, Settings settings, ConnectListener listener) {
    this.loop = loop;
    this.settings = settings;
    this.listener = listener;
    this.bootstrap =
        loop.client()
            .remoteAddress(settings.address())
            .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
            .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(RECEIVE_BYTES))
            .option(ChannelOption.TCP_NODELAY, true)
            .option(
                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                (int) Math.min(Integer.MAX_VALUE, settings.connectTimeout().toMillis()));
  }

  /**
   * Sends an exchange at once when a connection is free, or as soon as one is, those that waited
   * longer first; false when the queue was full and nothing was kept.
   */
  public boolean submit(Exchange exchange) {
    if (waiting.isEmpty()) {
      HttpConnection free = takeIdle();
      if (free != null) {
        free.send(exchange);
        return true;
      }
    }
    if (closed || waiting.size() >= settings.maxWaiting()) {
      return false;
    }
    waiting.add(exchange);
    connectAsNeeded();
    return true;
  }

  /** Opens connections before they are needed, up to the cap. */
  public void connectAhead(int connections) {
    while (open.size() + connecting < Math.min(connections, settings.maxConnections())) {
      connect();
    }
  }

  /** Closes every connection; those who wait for one are told, those under way hear nothing. */
  public void close() {
    closed = true;
    for (Exchange never = waiting.poll(); never != null; never = waiting.poll()) {
      never.failed(ErrorKind.UNFINISHED, "waited for a connection");
    }
    for (HttpConnection connection : new ArrayList<>(open)) {
      connection.abandon();
    }
  }

  /** Connections that are open now. */
  public int openConnections() {
    return open.size();
  }

  /** Exchanges that wait for a connection now. */
  public int waitingExchanges() {
    return waiting.size();
  }

  /** How many connections were opened so far. */
  public long connectionsOpened() {
    return connected;
  }

  /** How many requests were repeated because the target had closed the idle connection. */
  public long staleConnections() {
    return stale;
  }

  long maxBodyBytes() {
    return settings.maxBodyBytes();
  }

  /** Room to read into, valid until the next call. */
  byte[] scratch(int bytes) {
    if (scratch.length < bytes) {
      scratch = new byte[bytes];
    }
    return scratch;
  }

  void release(HttpConnection connection) {
    Exchange next = waiting.poll();
    if (next != null) {
      connection.send(next);
    } else {
      idle.addLast(connection);
    }
  }

  void resubmit(Exchange exchange) {
    stale++;
    exchange.requeued();
    if (!submit(exchange)) {
      exchange.failed(ErrorKind.QUEUE_FULL, "while repeating a request on a fresh connection");
      exchange.proceed();
    }
  }

  void disconnected(HttpConnection connection) {
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
        && open.size() + connecting < settings.maxConnections()) {
      connect();
    }
  }

  private void connect() {
    connecting++;
    long begun = loop.nowNanos();
    var connection = new HttpConnection(this);
    bootstrap
        .clone()
        .handler(pipeline(connection))
        .connect()
        .addListener((ChannelFuture future) -> {
          if (!future.isSuccess()) {
            notConnected(future.cause(), ErrorKind.CONNECT);
          } else if (settings.tls() == null) {
            ready(connection, begun);
          } else {
            secure(future.channel(), connection, begun);
          }
        });
  }

  private ChannelHandler pipeline(HttpConnection connection) {
    SslContext tls = settings.tls();
    if (tls == null) {
      return connection;
    }
    return new ChannelInitializer<Channel>() {
      @Override
      protected void initChannel(Channel channel) {
        int port = settings.address().getPort();
        channel.pipeline().addLast(tls.newHandler(channel.alloc(), settings.host(), port));
        channel.pipeline().addLast(connection);
      }
    };
  }

  private void secure(Channel channel, HttpConnection connection, long begun) {
    channel
        .pipeline()
        .get(SslHandler.class)
        .handshakeFuture()
        .addListener(handshake -> {
          if (handshake.isSuccess()) {
            ready(connection, begun);
          } else {
            ChannelFuture unused = channel.close();
            notConnected(handshake.cause(), ErrorKind.TLS);
          }
        });
  }

  private void ready(HttpConnection connection, long begun) {
    if (!connection.isUsable()) {
      notConnected(new IOException("the connection was closed at once"), ErrorKind.CONNECT);
      return;
    }
    connecting--;
    connected++;
    listener.connected(loop.nowNanos() - begun);
    if (closed) {
      connection.close();
      return;
    }
    open.add(connection);
    release(connection);
  }

  /** One attempt failed: so does the exchange that has waited longest, the others try on. */
  private void notConnected(Throwable cause, ErrorKind kind) {
    connecting--;
    Exchange failed = waiting.poll();
    if (failed != null) {
      failed.failed(isLocal(cause) ? ErrorKind.LOCAL : kind, describe(cause));
      failed.proceed();
    }
    connectAsNeeded();
  }

  private static boolean isLocal(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return cause instanceof BindException
        || message.contains("Cannot assign requested address")
        || message.contains("Too many open files");
  }

  private static String describe(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
