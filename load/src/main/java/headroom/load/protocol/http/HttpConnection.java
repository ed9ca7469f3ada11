package headroom.load.protocol.http;

import headroom.load.network.BadResponseException;
import headroom.load.network.KeptBody;
import headroom.load.network.ResponseParser;
import headroom.load.network.TlsTrouble;
import headroom.load.protocol.Transmission;
import headroom.load.result.ErrorKind;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One connection: an exchange at a time, then back to the pool. Lives on its event loop. */
final class HttpConnection extends ChannelInboundHandlerAdapter implements Answer, Transmission {
  private static final int REQUEST_BYTES = 512;

  private final ConnectionOwner client;
  private final ResponseParser parser;
  private @Nullable Channel channel;
  private @Nullable Exchange exchange;
  private boolean closed;
  private long exchanges;

  HttpConnection(ConnectionOwner client) {
    this.client = client;
    this.parser = new ResponseParser(client.maxBodyBytes());
  }

  void send(Exchange next) {
    Channel open = channel;
    if (open == null) {
      throw new IllegalStateException("not connected yet");
    }
    exchange = next;
    exchanges++;
    parser.begin(next.isHead(), next.wantsBody(), next.wantedHeaders());
    ByteBuf request = open.alloc().directBuffer(REQUEST_BYTES);
    next.writeTo(request);
    client.traffic().sent(request.readableBytes());
    next.sending(this);
    ChannelFuture unused = open.writeAndFlush(request, open.voidPromise());
  }

  @Override
  public void abandon() {
    exchange = null;
    close();
  }

  void close() {
    closed = true;
    if (channel != null) {
      ChannelFuture unused = channel.close();
    }
  }

  boolean isUsable() {
    return !closed && channel != null && channel.isActive();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    channel = context.channel();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf in = (ByteBuf) message;
    int length = in.readableBytes();
    byte[] bytes = client.scratch(length);
    in.readBytes(bytes, 0, length);
    in.release();
    client.traffic().received(length);
    if (exchange == null) {
      // Nobody asked: an answer to an abandoned request, or a server that speaks first.
      close();
      return;
    }
    try {
      int used = parser.read(bytes, 0, length);
      if (parser.isDone()) {
        complete(used == length);
      }
    } catch (BadResponseException bad) {
      fail(bad.isTooLarge() ? ErrorKind.TOO_LARGE : ErrorKind.PROTOCOL, bad);
    }
  }

  /** Hands over the answer, then the connection, and only then lets the caller go on. */
  private void complete(boolean clean) {
    Exchange answered = exchange;
    exchange = null;
    if (answered == null) {
      return;
    }
    answered.answered(this);
    if (parser.keepAlive() && clean && !closed) {
      client.release(this);
    } else {
      close();
    }
    answered.proceed();
  }

  private void fail(ErrorKind kind, Throwable cause) {
    fail(kind, String.valueOf(cause.getMessage()));
  }

  private void fail(ErrorKind kind, String detail) {
    Exchange failed = exchange;
    exchange = null;
    close();
    if (failed != null) {
      failed.failed(kind, detail);
      failed.proceed();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    closed = true;
    Exchange open = exchange;
    if (open != null && parser.hasBegun() && parser.closed()) {
      complete(true);
    } else if (open != null && exchanges > 1 && !parser.hasBegun() && open.isSafeToRepeat()) {
      // The target closed an idle connection just as it was used again: no fault of the request.
      exchange = null;
      client.resubmit(open);
    } else {
      fail(ErrorKind.CLOSED, parser.hasBegun() ? "within the answer" : "before the answer");
    }
    client.disconnected(this);
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof IOException && exchanges > 1 && !parser.hasBegun()) {
      // A reset is how a closed idle connection may show as well; what follows decides.
      close();
    } else if (TlsTrouble.isReason(cause)) {
      fail(ErrorKind.BROKEN, "TLS: " + TlsTrouble.explain(cause));
    } else {
      fail(cause instanceof IOException ? ErrorKind.BROKEN : ErrorKind.PROTOCOL, cause);
    }
  }

  @Override
  public int status() {
    return parser.status();
  }

  @Override
  public long bodyBytes() {
    return parser.bodyBytes();
  }

  @Override
  public KeptBody body() {
    return parser.body();
  }

  @Override
  public @Nullable String header(int index) {
    return parser.header(index);
  }

  @Override
  public @Nullable String location() {
    return parser.location();
  }
}
