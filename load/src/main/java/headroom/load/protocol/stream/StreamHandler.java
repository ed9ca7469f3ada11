package headroom.load.protocol.stream;

import headroom.load.network.BadResponseException;
import headroom.load.network.Dialer;
import headroom.load.network.TlsTrouble;
import headroom.load.result.ErrorKind;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;

/** The end of a stream's channel: tells its listener at most one end. */
abstract class StreamHandler extends ChannelInboundHandlerAdapter implements StreamListener.Stream {
  private final StreamClient client;
  private final StreamListener listener;
  private final Channel channel;
  private boolean over;

  StreamHandler(StreamClient client, StreamListener listener, Channel channel) {
    this.client = client;
    this.listener = listener;
    this.channel = channel;
  }

  /** Takes what has come; it is released afterwards. */
  abstract void read(Object message) throws BadResponseException;

  Channel channel() {
    return channel;
  }

  StreamListener listener() {
    return listener;
  }

  boolean isOver() {
    return over;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (!over) {
        read(message);
      }
    } catch (BadResponseException bad) {
      fail(
          bad.isTooLarge() ? ErrorKind.TOO_LARGE : ErrorKind.PROTOCOL,
          String.valueOf(bad.getMessage()));
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    end();
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (TlsTrouble.isReason(cause)) {
      fail(ErrorKind.BROKEN, "TLS: " + TlsTrouble.explain(cause));
    } else {
      fail(
          cause instanceof IOException ? ErrorKind.BROKEN : ErrorKind.PROTOCOL,
          Dialer.describe(cause));
    }
  }

  void fail(ErrorKind kind, String detail) {
    if (!over) {
      close();
      listener.failed(kind, detail);
    }
  }

  void end() {
    if (!over) {
      close();
      listener.ended();
    }
  }

  @Override
  public void close() {
    over = true;
    client.closed(this);
    ChannelFuture unused = channel.close();
  }
}
