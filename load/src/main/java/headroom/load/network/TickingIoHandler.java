package headroom.load.network;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.Ticker;

/** A transport that asks what is due before it waits for bytes, and waits no longer than that. */
final class TickingIoHandler implements IoHandler {
  private final IoHandler transport;
  private final EngineLoop.Ticks ticks;
  private final Ticker ticker;
  private final Waiting waiting = new Waiting();

  TickingIoHandler(IoHandler transport, EngineLoop.Ticks ticks, Ticker ticker) {
    this.transport = transport;
    this.ticks = ticks;
    this.ticker = ticker;
  }

  @Override
  public void initialize() {
    transport.initialize();
  }

  @Override
  public int run(IoHandlerContext context) {
    waiting.loop = context;
    waiting.dueNanos = ticks.tick(ticker.nanoTime());
    return transport.run(waiting);
  }

  @Override
  public void prepareToDestroy() {
    transport.prepareToDestroy();
  }

  @Override
  public void destroy() {
    transport.destroy();
  }

  @Override
  public IoRegistration register(IoHandle handle) throws Exception {
    return transport.register(handle);
  }

  @Override
  public void wakeup() {
    transport.wakeup();
  }

  @Override
  public boolean isCompatible(Class<? extends IoHandle> handleType) {
    return transport.isCompatible(handleType);
  }

  /** The loop's own deadline or ours, whichever comes first. */
  private final class Waiting implements IoHandlerContext {
    private IoHandlerContext loop = this;
    private long dueNanos;

    @Override
    public boolean canBlock() {
      return loop.canBlock() && (dueNanos == EngineLoop.NEVER || dueNanos > ticker.nanoTime());
    }

    @Override
    public long delayNanos(long currentTimeNanos) {
      long delay = loop.delayNanos(currentTimeNanos);
      if (dueNanos == EngineLoop.NEVER) {
        return delay;
      }
      return Math.min(delay, Math.max(0, dueNanos - (currentTimeNanos - ticker.initialNanoTime())));
    }

    @Override
    public long deadlineNanos() {
      long deadline = loop.deadlineNanos();
      if (dueNanos == EngineLoop.NEVER) {
        return deadline;
      }
      return deadline == -1 ? dueNanos : Math.min(deadline, dueNanos);
    }
  }
}
