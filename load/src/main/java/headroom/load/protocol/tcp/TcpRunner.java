package headroom.load.protocol.tcp;

import headroom.load.network.ByteCount;
import headroom.load.network.ConnectTimes;
import headroom.load.network.Dialer;
import headroom.load.network.Route;
import headroom.load.network.TrafficMeter;
import headroom.load.protocol.Action;
import headroom.load.protocol.Actor;
import headroom.load.protocol.Complaint;
import headroom.load.protocol.Protocol.Lane;
import headroom.load.protocol.Runner;
import headroom.load.protocol.Transmission;
import headroom.load.result.ConnectionStats;
import headroom.load.result.ErrorKind;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one event loop's users, each over a connection of its own; those beyond the cap on
 * connections wait in order.
 */
final class TcpRunner implements Runner {
  private final Lane lane;
  private final Map<String, Dialer> dialers = new HashMap<>();
  private final ByteCount traffic = new ByteCount();
  private final Set<Line> open = new HashSet<>();
  private final ArrayDeque<Line> waiting = new ArrayDeque<>();

  /**
   * @param routes by host and port
   */
  TcpRunner(Lane lane, Map<String, Route> routes) {
    this.lane = lane;
    routes.forEach(
        (place, route) -> dialers.put(place, new Dialer(lane.loop(), route, lane.index())));
  }

  @Override
  public boolean begin(Actor actor, Action action) {
    CompiledTcp what = (CompiledTcp) action;
    Dialer dialer = dialers.get(what.place());
    if (dialer == null || waiting.size() >= lane.limits().maxWaiting()) {
      return false;
    }
    waiting.add(new Line(actor, what, dialer));
    connectAsNeeded();
    return true;
  }

  private void connectAsNeeded() {
    while (!waiting.isEmpty() && open.size() < lane.limits().maxConnections()) {
      Line next = waiting.remove();
      open.add(next);
      next.dialer.dial(next);
    }
  }

  @Override
  public void close(ConnectionStats into) {
    var unconnected = new ArrayList<>(waiting);
    waiting.clear();
    for (Line line : new ArrayList<>(open)) {
      if (line.channel == null) {
        unconnected.add(line);
      }
      line.abandon();
    }
    for (Line line : unconnected) {
      line.actor.failed(ErrorKind.UNFINISHED, "waited for a connection");
    }
    into.addTraffic(traffic.sentBytes(), traffic.receivedBytes());
  }

  /** One text and the line that answers it; tells at most one outcome. */
  private final class Line extends ChannelInboundHandlerAdapter
      implements Dialer.Listener, Transmission {
    private final Actor actor;
    private final CompiledTcp what;
    private final Dialer dialer;
    private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
    private @Nullable Channel channel;
    private boolean over;

    Line(Actor actor, CompiledTcp what, Dialer dialer) {
      this.actor = actor;
      this.what = what;
      this.dialer = dialer;
    }

    @Override
    public void opened(Channel connected, ConnectTimes times) {
      lane.connects().connected(times);
      if (over) {
        ChannelFuture unused = connected.close();
        return;
      }
      channel = connected;
      connected.pipeline().addLast(new TrafficMeter(traffic), this);
      ByteBuf text = connected.alloc().buffer();
      what.text().writeTo(text, actor.values());
      actor.sent(this, lane.loop().nowNanos());
      ChannelFuture unused = connected.pipeline().writeAndFlush(text);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf bytes = (ByteBuf) message;
      try {
        if (!over) {
          read(bytes);
        }
      } finally {
        bytes.release();
      }
    }

    private void read(ByteBuf bytes) {
      int length = bytes.bytesBefore((byte) '\n');
      boolean whole = length >= 0;
      byte[] more = new byte[whole ? length : bytes.readableBytes()];
      bytes.readBytes(more);
      answer.writeBytes(more);
      if (whole) {
        actor.received(answer.size() + 1);
        // As a whole, for a character may have come in two reads.
        String line = answer.toString(StandardCharsets.UTF_8).stripTrailing();
        end(
            line.startsWith(what.expect())
                ? null
                : new Complaint(ErrorKind.CHECK, "the answer is '" + line + "'"));
      } else if (answer.size() > lane.limits().maxBodyBytes()) {
        end(new Complaint(ErrorKind.TOO_LARGE, "a line without an end"));
      }
    }

    private void end(@Nullable Complaint failure) {
      if (!over) {
        abandon();
        actor.ended(lane.loop().nowNanos(), failure);
        actor.proceed();
      }
    }

    @Override
    public void failed(ErrorKind kind, String detail) {
      if (!over) {
        abandon();
        actor.failed(kind, detail);
        actor.proceed();
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      end(
          new Complaint(
              ErrorKind.CLOSED, answer.size() == 0 ? "before the answer" : "within the answer"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      end(new Complaint(ErrorKind.BROKEN, Dialer.describe(cause)));
    }

    @Override
    public void abandon() {
      over = true;
      open.remove(this);
      if (channel != null) {
        ChannelFuture unused = channel.close();
      }
      connectAsNeeded();
    }
  }
}
