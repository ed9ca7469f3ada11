package headroom.server;

import com.linecorp.armeria.common.Flags;
import com.linecorp.armeria.common.util.ThreadFactories;
import com.linecorp.armeria.common.util.TransportType;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The threads that accept connections and move bytes. */
final class Loops {
  private static final long PATIENCE_SECONDS = 5;

  private Loops() {}

  /** One thread that ends when it is told to; Netty's default waits two more seconds for work. */
  static EventLoopGroup one(String name) {
    var transport =
        Flags.transportType() == TransportType.EPOLL
            ? EpollIoHandler.newFactory()
            : NioIoHandler.newFactory();
    var threads = ThreadFactories.newEventLoopThreadFactory(name, true);
    return new MultiThreadIoEventLoopGroup(1, threads, transport) {
      @Override
      public Future<?> shutdownGracefully() {
        return shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
    };
  }
}
