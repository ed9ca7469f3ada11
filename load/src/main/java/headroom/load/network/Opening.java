package headroom.load.network;

import headroom.load.result.ErrorKind;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The steps from an open socket to a connection that is ready, as the last handler of its channel
 * until then:
 *
 * <pre>
 *   connected ─┬────────────────────────────────────► ready          http
 *              ├─► [CONNECT to the proxy] ─► handshake ─► ready      https
 *              └─ any of them fails or takes too long ─► failed
 * </pre>
 */
final class Opening extends ChannelInboundHandlerAdapter {
  private final EngineLoop loop;
  private final Route route;
  private final long begunNanos;
  private final Dialer.Listener listener;
  private long connectedNanos;
  private long handshakeNanos;
  private long handshakeMillis;
  private @Nullable ResponseParser tunnel;
  private @Nullable Future<?> limit;
  private boolean done;

  Opening(EngineLoop loop, Route route, long begunNanos, Dialer.Listener listener) {
    this.loop = loop;
    this.route = route;
    this.begunNanos = begunNanos;
    this.listener = listener;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    connectedNanos = loop.nowNanos();
    SslContext tls = route.tls();
    if (tls == null) {
      ready(context, OptionalLong.empty(), false);
      return;
    }
    Channel channel = context.channel();
    limit =
        channel
            .eventLoop()
            .schedule(
                () -> fail(channel, ErrorKind.TLS, "no handshake in time"),
                route.connectTimeout().toMillis(),
                TimeUnit.MILLISECONDS);
    if (route.proxy().isPresent()) {
      askForTunnel(context, route.proxy().get());
    } else {
      shakeHands(context, tls);
    }
  }

  private void askForTunnel(ChannelHandlerContext context, Route.Proxy proxy) {
    var parser = new ResponseParser(1 << 16);
    parser.begin(true, false, List.of());
    tunnel = parser;
    String place = route.host() + ":" + route.port();
    String ask =
        "CONNECT %s HTTP/1.1\r\nhost: %s\r\n%s\r\n"
            .formatted(
                place,
                place,
                proxy.authorization().isEmpty()
                    ? ""
                    : "proxy-authorization: " + proxy.authorization() + "\r\n");
    ByteBuf out = context.alloc().buffer(ask.length());
    out.writeCharSequence(ask, StandardCharsets.ISO_8859_1);
    ChannelFuture unused = context.writeAndFlush(out);
  }

  private void shakeHands(ChannelHandlerContext context, SslContext tls) {
    handshakeNanos = loop.nowNanos();
    handshakeMillis = System.currentTimeMillis();
    SslHandler handler = tls.newHandler(context.alloc(), route.host(), route.port());
    handler.setHandshakeTimeoutMillis(Math.max(1, route.connectTimeout().toMillis()));
    // Added to a channel that is active already, it begins at once.
    context.pipeline().addFirst(handler);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf in = (ByteBuf) message;
    byte[] bytes = new byte[in.readableBytes()];
    in.readBytes(bytes);
    in.release();
    ResponseParser parser = tunnel;
    if (parser == null) {
      fail(context.channel(), ErrorKind.PROTOCOL, "the target spoke before it was asked");
      return;
    }
    try {
      parser.read(bytes, 0, bytes.length);
    } catch (BadResponseException e) {
      fail(context.channel(), ErrorKind.CONNECT, "the proxy: " + e.getMessage());
      return;
    }
    SslContext tls = route.tls();
    if (!parser.isDone() || tls == null) {
      return;
    }
    if (parser.status() / 100 == 2) {
      tunnel = null;
      shakeHands(context, tls);
    } else {
      fail(
          context.channel(),
          ErrorKind.CONNECT,
          "the proxy refuses to connect to %s:%d: status %d"
              .formatted(route.host(), route.port(), parser.status()));
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (!(event instanceof SslHandshakeCompletionEvent handshake)) {
      context.fireUserEventTriggered(event);
      return;
    }
    if (!handshake.isSuccess()) {
      fail(context.channel(), ErrorKind.TLS, TlsTrouble.explain(handshake.cause()));
      return;
    }
    SslHandler secure = context.pipeline().get(SslHandler.class);
    String agreed = secure.applicationProtocol();
    if (!route.protocol().isEmpty() && !route.protocol().equals(agreed)) {
      fail(
          context.channel(),
          ErrorKind.TLS,
          "the target does not offer %s%s"
              .formatted(route.protocol(), agreed == null ? "" : ", it agreed on " + agreed));
      return;
    }
    // A session that is older than the handshake was taken up again.
    boolean resumed = secure.engine().getSession().getCreationTime() < handshakeMillis;
    ready(context, OptionalLong.of(loop.nowNanos() - handshakeNanos), resumed);
  }

  private void ready(ChannelHandlerContext context, OptionalLong handshake, boolean resumed) {
    if (done) {
      return;
    }
    finish();
    context.pipeline().remove(this);
    listener.opened(
        context.channel(),
        new ConnectTimes(
            loop.nowNanos() - begunNanos, connectedNanos - begunNanos, handshake, resumed));
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    fail(
        route.tls() == null ? ErrorKind.CONNECT : ErrorKind.TLS,
        tunnel == null ? "the connection was closed at once" : "the proxy closed the connection");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    fail(
        context.channel(),
        TlsTrouble.isReason(cause) ? ErrorKind.TLS : ErrorKind.CONNECT,
        Dialer.describe(cause));
  }

  private void fail(Channel channel, ErrorKind kind, String detail) {
    fail(kind, detail);
    ChannelFuture unused = channel.close();
  }

  /** The first failure is told, what follows from it is not. */
  void fail(ErrorKind kind, String detail) {
    if (!done) {
      finish();
      listener.failed(kind, detail);
    }
  }

  private void finish() {
    done = true;
    if (limit != null) {
      limit.cancel(false);
    }
  }
}
