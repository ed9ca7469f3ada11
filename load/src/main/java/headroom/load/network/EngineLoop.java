package headroom.load.network;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Ticker;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A thread that moves bytes and, between two rounds of that, asks what is due. One question for
 * everything that is due costs less than a timer per request, and starts are exact to what the
 * kernel's timers give: epoll with nanosecond timeouts where it is there.
 */
public final class EngineLoop implements AutoCloseable {
  /** What {@link Ticks#tick} returns when nothing is planned. */
  public static final long NEVER = Long.MAX_VALUE;

  private final EventLoopGroup group;
  private final Ticker ticker = Ticker.systemTicker();
  private final long threadId;
  private volatile Ticks ticks = now -> NEVER;

  /** Is asked what is due. */
  @FunctionalInterface
  public interface Ticks {
    /**
     * Does what is due at {@code nowNanos}, in the loop's own time, and returns when to be asked
     * again at the latest. Must not throw.
     */
    long tick(long nowNanos);
  }

  public EngineLoop(String name) {
    IoHandlerFactory transport =
        Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    IoHandlerFactory ticking =
        executor ->
            new TickingIoHandler(transport.newHandler(executor), now -> ticks.tick(now), ticker);
    group = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory(name, true), ticking);
    threadId =
        submit(
                () -> {
                  TimerSlack.minimise();
                  return Thread.currentThread().threadId();
                })
            .orElseThrow();
  }

  /** Sets who is asked, from the loop's next round on. */
  public void ticks(Ticks next) {
    execute(() -> ticks = next);
  }

  /** Nanoseconds since some moment before the first loop began. */
  public long nowNanos() {
    return ticker.nanoTime();
  }

  /** What {@link #nowNanos} of every loop tells; safe for use by several threads. */
  public static long currentNanos() {
    return Ticker.systemTicker().nanoTime();
  }

  /** Runs a task on the loop's thread; does nothing when the loop has been closed. */
  public void execute(Runnable task) {
    try {
      group.execute(task);
    } catch (RejectedExecutionException closed) {
      // What the task would have acted on is gone.
      return;
    }
  }

  /** Computes something on the loop's thread and waits for it; empty when the loop is closed. */
  public <T> Optional<T> submit(Supplier<T> task) {
    var result = new CompletableFuture<T>();
    try {
      group.execute(() -> {
        try {
          result.complete(task.get());
        } catch (RuntimeException | Error failure) {
          result.completeExceptionally(failure);
        }
      });
    } catch (RejectedExecutionException closed) {
      group.terminationFuture().awaitUninterruptibly();
      return Optional.empty();
    }
    return Optional.of(result.join());
  }

  /** CPU time of the loop's thread so far, 0 where the JVM cannot tell. */
  public long cpuNanos() {
    return Math.max(0, ManagementFactory.getThreadMXBean().getThreadCpuTime(threadId));
  }

  /** Runs a task again and again on the loop's thread, until it is closed. */
  public void every(long period, TimeUnit unit, Runnable task) {
    var unused = group.scheduleAtFixedRate(task, period, period, unit);
  }

  /** Runs a task once on the loop's thread, so long from now. */
  public void after(long nanos, Runnable task) {
    var unused = group.schedule(task, nanos, TimeUnit.NANOSECONDS);
  }

  /** What opens connections on this loop. */
  public Bootstrap client() {
    ChannelFactory<Channel> channels =
        Epoll.isAvailable() ? EpollSocketChannel::new : NioSocketChannel::new;
    return new Bootstrap().group(group).channelFactory(channels);
  }

  /** What accepts connections on this loop. */
  public ServerBootstrap server() {
    ChannelFactory<ServerChannel> channels =
        Epoll.isAvailable() ? EpollServerSocketChannel::new : NioServerSocketChannel::new;
    return new ServerBootstrap().group(group).channelFactory(channels);
  }

  /** Ends the thread; what is still open is closed. */
  @Override
  public void close() {
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3_000);
  }
}
