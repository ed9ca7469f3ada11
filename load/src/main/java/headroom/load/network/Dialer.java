package headroom.load.network;

import headroom.load.result.ErrorKind;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import java.net.BindException;
import java.net.InetSocketAddress;

/**
 * Opens connections along a route: looks up the name if it must, picks the address to come from,
 * goes through the proxy, shakes hands. Lives on one event loop.
 */
public final class Dialer {
  public static final int RECEIVE_BYTES = 16_384;

  private final EngineLoop loop;
  private final Route route;
  private final Bootstrap bootstrap;
  private int nextSource;

  /** Hears what came of one attempt, on the event loop. */
  public interface Listener {
    /** The connection is ready for the first request; whoever listens adds their handlers now. */
    void opened(Channel channel, ConnectTimes times);

    void failed(ErrorKind kind, String detail);
  }

  /**
   * @param firstSource where to begin among the addresses to come from
   */
  public Dialer(EngineLoop loop, Route route, int firstSource) {
    this.loop = loop;
    this.route = route;
    this.nextSource = firstSource;
    this.bootstrap =
        loop.client()
            .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
            .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(RECEIVE_BYTES))
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeoutMillis());
    if (!route.sources().isEmpty() && Epoll.isAvailable()) {
      // The kernel picks the port when it knows the other end, so each can be used for each of
      // them.
      bootstrap.option(EpollChannelOption.IP_BIND_ADDRESS_NO_PORT, true);
    }
  }

  private int timeoutMillis() {
    return (int) Math.min(Integer.MAX_VALUE, Math.max(1, route.connectTimeout().toMillis()));
  }

  /** Begins an attempt. */
  public void dial(Listener listener) {
    long begun = loop.nowNanos();
    if (route.proxy().isPresent()) {
      connect(route.proxy().get().address(), begun, listener);
    } else if (route.address() != null) {
      connect(route.address(), begun, listener);
    } else {
      AddressBook.lookUp(
          route.host(),
          route.port(),
          found -> loop.execute(() -> connect(found, begun, listener)),
          reason -> loop.execute(() -> listener.failed(ErrorKind.CONNECT, reason)));
    }
  }

  private void connect(InetSocketAddress address, long begun, Listener listener) {
    var opening = new Opening(loop, route, begun, listener);
    Bootstrap attempt = bootstrap.clone();
    attempt.handler(
        new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel channel) {
            channel.pipeline().addLast(opening);
          }
        });
    ChannelFuture connecting =
        route.sources().isEmpty() ? attempt.connect(address) : attempt.connect(address, source());
    connecting.addListener((ChannelFuture future) -> {
      if (!future.isSuccess()) {
        opening.fail(kind(future.cause()), describe(future.cause()));
      }
    });
  }

  private InetSocketAddress source() {
    int index = nextSource++ % route.sources().size();
    return new InetSocketAddress(route.sources().get(index), 0);
  }

  private static ErrorKind kind(Throwable cause) {
    return isLocal(cause) ? ErrorKind.LOCAL : ErrorKind.CONNECT;
  }

  private static boolean isLocal(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return cause instanceof BindException
        || message.contains("Cannot assign requested address")
        || message.contains("Too many open files");
  }

  public static String describe(Throwable cause) {
    if (TlsTrouble.isReason(cause)) {
      return TlsTrouble.explain(cause);
    }
    String message = cause.getMessage();
    // Of what the system said, the call that it said it to is of no use to anyone.
    return message == null
        ? cause.getClass().getSimpleName()
        : message.replaceFirst("^\\S+ failed with error\\(-?\\d+\\): ", "");
  }
}
