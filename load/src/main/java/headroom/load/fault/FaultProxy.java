package headroom.load.fault;

import headroom.load.network.EngineLoop;
import headroom.plan.Fault;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * A TCP proxy in front of a dependency that works faithfully until it is told not to. Faults may be
 * changed at any time from any thread; they apply at once, to open connections too.
 */
public final class FaultProxy implements AutoCloseable {
  private static final long FLAP_CHECK_MILLIS = 5;

  private final EngineLoop loop = new EngineLoop("load-fault");
  private final InetSocketAddress target;
  private final SplittableRandom jitter;
  private final Channel server;
  private final Set<Relay> relays = new HashSet<>();
  private List<Fault> faults = List.of();
  private long sinceNanos;
  private long accepted;

  /**
   * Listens on a loopback port.
   *
   * @param port 0 for any free one
   * @param target whom to connect to for every connection accepted
   * @param seed of the jitter
   */
  public FaultProxy(int port, InetSocketAddress target, long seed) {
    this.target = target;
    this.jitter = new SplittableRandom(seed);
    this.server =
        loop.server()
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel client) {
                    accept(client);
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .syncUninterruptibly()
            .channel();
    loop.every(FLAP_CHECK_MILLIS, TimeUnit.MILLISECONDS, this::resetWhileDown);
  }

  public int port() {
    return ((InetSocketAddress) server.localAddress()).getPort();
  }

  /** Replaces the faults; none for a faithful proxy. Returns when they are in force. */
  public void set(Fault... next) {
    List<Fault> replaced = List.of(next);
    var unused =
        loop.submit(() -> {
          faults = replaced;
          sinceNanos = loop.nowNanos();
          resetWhileDown();
          return true;
        });
  }

  /** How many connections were accepted so far. */
  public long connectionsAccepted() {
    return loop.submit(() -> accepted).orElse(0L);
  }

  /** How many connections are open now. */
  public int openConnections() {
    return loop.submit(relays::size).orElse(0);
  }

  @Override
  public void close() {
    loop.close();
  }

  private void accept(Channel client) {
    accepted++;
    if (isDown()) {
      Relay.reset(client);
      return;
    }
    var relay = new Relay(this, client);
    relays.add(relay);
    relay.connect(loop.client(), target);
  }

  void closed(Relay relay) {
    relays.remove(relay);
  }

  private void resetWhileDown() {
    if (!relays.isEmpty() && isDown()) {
      List.copyOf(relays).forEach(Relay::reset);
    }
  }

  private boolean isDown() {
    long nanos = loop.nowNanos() - sinceNanos;
    for (Fault fault : faults) {
      if (fault instanceof Fault.Reset
          || (fault instanceof Fault.Flapping flapping && flapping.isDown(nanos))) {
        return true;
      }
    }
    return false;
  }

  /** What the present faults do to a piece of data. */
  Treatment treatment() {
    long delay = 0;
    long bytesPerSecond = Long.MAX_VALUE;
    long cutAfter = Long.MAX_VALUE;
    long closeDelay = 0;
    boolean lost = false;
    for (Fault fault : faults) {
      switch (fault) {
        case Fault.Latency latency ->
            delay +=
                latency.delay().toNanos()
                    + (long) (jitter.nextDouble() * latency.jitter().toNanos());
        case Fault.Bandwidth bandwidth ->
            bytesPerSecond = Math.min(bytesPerSecond, bandwidth.bytesPerSecond());
        case Fault.CutAfter cut -> cutAfter = Math.min(cutAfter, cut.bytes());
        case Fault.SlowClose slow -> closeDelay = Math.max(closeDelay, slow.delay().toNanos());
        case Fault.BlackHole hole -> lost = true;
        case Fault.Reset reset -> {}
        case Fault.Flapping flapping -> {}
      }
    }
    return new Treatment(delay, bytesPerSecond, cutAfter, closeDelay, lost);
  }

  record Treatment(
      long delayNanos, long bytesPerSecond, long cutAfter, long closeDelayNanos, boolean lost) {}

  long nowNanos() {
    return loop.nowNanos();
  }
}
