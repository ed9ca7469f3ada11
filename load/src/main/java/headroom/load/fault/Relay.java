package headroom.load.fault;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One connection through the proxy: a client, the target, and what is under way between them. */
final class Relay {
  private final FaultProxy proxy;
  private final Channel client;
  private @Nullable Channel target;
  private boolean closed;
  private int finished;

  Relay(FaultProxy proxy, Channel client) {
    this.proxy = proxy;
    this.client = client;
  }

  void connect(Bootstrap bootstrap, InetSocketAddress address) {
    bootstrap
        .option(ChannelOption.AUTO_READ, false)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .handler(new Direction(true, client))
        .connect(address)
        .addListener((ChannelFuture connected) -> {
          if (!connected.isSuccess()) {
            reset();
            return;
          }
          Channel opened = connected.channel();
          target = opened;
          client.pipeline().addLast(new Direction(false, opened));
          client.read();
          opened.read();
        });
  }

  /** Ends both sides the hard way. */
  void reset() {
    close();
    reset(client);
    if (target != null) {
      reset(target);
    }
  }

  static void reset(Channel channel) {
    if (channel.isOpen()) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
      ChannelFuture unused = channel.close();
    }
  }

  private void close() {
    if (!closed) {
      closed = true;
      proxy.closed(this);
    }
  }

  /** What comes from one side and goes to the other, in order, when its time has come. */
  private final class Direction extends ChannelInboundHandlerAdapter {
    private final boolean fromTarget;
    private final Channel to;
    private long lastDueNanos;
    private long passed;

    Direction(boolean fromTarget, Channel to) {
      this.fromTarget = fromTarget;
      this.to = to;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf bytes = (ByteBuf) message;
      FaultProxy.Treatment treatment = proxy.treatment();
      if (treatment.lost()) {
        bytes.release();
        context.read();
        return;
      }
      passed += bytes.readableBytes();
      long now = proxy.nowNanos();
      long begin = Math.max(now + treatment.delayNanos(), lastDueNanos);
      lastDueNanos = begin + nanosFor(bytes.readableBytes(), treatment.bytesPerSecond());
      long cut = fromTarget ? treatment.cutAfter() : Long.MAX_VALUE;
      if (passed > cut) {
        bytes.writerIndex(
            Math.max(
                bytes.readerIndex(),
                bytes.writerIndex() - (int) Math.min(passed - cut, bytes.readableBytes())));
      }
      boolean ends = passed >= cut;
      at(context, lastDueNanos - now, () -> forward(context, bytes, ends));
    }

    private static long nanosFor(int bytes, long perSecond) {
      return perSecond == Long.MAX_VALUE ? 0 : (long) (bytes * 1e9 / perSecond);
    }

    /** Reads on only when this piece has gone, so that no more than one is held. */
    private void forward(ChannelHandlerContext from, ByteBuf bytes, boolean ends) {
      if (ends) {
        to.writeAndFlush(bytes).addListener(done -> reset());
      } else {
        to.writeAndFlush(bytes)
            .addListener(done -> {
              if (done.isSuccess()) {
                from.read();
              } else {
                reset();
              }
            });
      }
    }

    /** One side has said all it had to say: the other learns of it, after what is under way. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof ChannelInputShutdownEvent) {
        long delay = Math.max(lastDueNanos - proxy.nowNanos(), proxy.treatment().closeDelayNanos());
        at(context, delay, this::finish);
      }
    }

    private void finish() {
      ChannelFuture unused = ((DuplexChannel) to).shutdownOutput();
      if (++finished == 2) {
        close();
        ChannelFuture unusedClient = client.close();
        if (target != null) {
          ChannelFuture unusedTarget = target.close();
        }
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (!closed) {
        reset();
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      reset();
    }

    private static void at(ChannelHandlerContext context, long delayNanos, Runnable task) {
      if (delayNanos <= 0) {
        task.run();
      } else {
        var unused = context.executor().schedule(task, delayNanos, TimeUnit.NANOSECONDS);
      }
    }
  }
}
