package headroom.load.protocol.stream;

import headroom.load.network.ByteCount;
import headroom.load.network.ConnectListener;
import headroom.load.network.ConnectTimes;
import headroom.load.network.Dialer;
import headroom.load.network.TrafficMeter;
import headroom.load.result.ErrorKind;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Streams of messages, each on a connection of its own: server-sent events and WebSockets. Lives on
 * one event loop; every call must come from there.
 */
public final class StreamClient {
  private static final int MAX_HANDSHAKE_BYTES = 65_536;
  private static final int MAX_MESSAGE_BYTES = 1 << 20;

  private final Dialer dialer;
  private final int maxOpen;
  private final ConnectListener listener;
  private final ByteCount traffic = new ByteCount();
  private final Set<StreamHandler> open = new HashSet<>();
  private int connecting;
  private boolean closed;

  /**
   * What is asked for.
   *
   * @param uri for a WebSocket with scheme {@code ws} or {@code wss}
   * @param target as it stands in the request line
   */
  public record Ask(URI uri, String target, Map<String, String> headers) {
    public Ask {
      headers = Map.copyOf(headers);
    }
  }

  /**
   * @param maxOpen streams at once, those being opened included
   */
  public StreamClient(Dialer dialer, int maxOpen, ConnectListener listener) {
    this.dialer = dialer;
    this.maxOpen = maxOpen;
    this.listener = listener;
  }

  /** Asks for server-sent events; false when too many streams are open. */
  public boolean events(Ask ask, StreamListener stream) {
    return dial(ask, stream, false);
  }

  /** Opens a WebSocket; false when too many streams are open. */
  public boolean socket(Ask ask, StreamListener stream) {
    return dial(ask, stream, true);
  }

  private boolean dial(Ask ask, StreamListener stream, boolean socket) {
    if (closed || open.size() + connecting >= maxOpen) {
      return false;
    }
    connecting++;
    dialer.dial(
        new Dialer.Listener() {
          @Override
          public void opened(Channel channel, ConnectTimes times) {
            connecting--;
            listener.connected(times);
            if (closed) {
              var unused = channel.close();
            } else if (socket) {
              openSocket(channel, ask, stream);
            } else {
              openEvents(channel, ask, stream);
            }
          }

          @Override
          public void failed(ErrorKind kind, String detail) {
            connecting--;
            if (!closed) {
              stream.failed(kind, detail);
            }
          }
        });
    return true;
  }

  private void openEvents(Channel channel, Ask ask, StreamListener stream) {
    var handler = new EventHandler(this, stream, channel);
    open.add(handler);
    channel.pipeline().addLast(new TrafficMeter(traffic), new HttpClientCodec(), handler);
    var request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, ask.target());
    ask.headers().forEach(request.headers()::add);
    if (!request.headers().contains(HttpHeaderNames.HOST)) {
      request.headers().set(HttpHeaderNames.HOST, ask.uri().getRawAuthority());
    }
    if (!request.headers().contains(HttpHeaderNames.ACCEPT)) {
      request.headers().set(HttpHeaderNames.ACCEPT, "text/event-stream");
    }
    stream.asking(handler);
    var unused = channel.writeAndFlush(request);
  }

  private void openSocket(Channel channel, Ask ask, StreamListener stream) {
    HttpHeaders headers = new DefaultHttpHeaders();
    ask.headers().forEach(headers::add);
    WebSocketClientHandshaker handshaker =
        WebSocketClientHandshakerFactory.newHandshaker(
            ask.uri(), WebSocketVersion.V13, null, false, headers, MAX_MESSAGE_BYTES);
    var handler = new SocketHandler(this, stream, channel, handshaker);
    open.add(handler);
    channel
        .pipeline()
        .addLast(
            new TrafficMeter(traffic),
            new HttpClientCodec(),
            new HttpObjectAggregator(MAX_HANDSHAKE_BYTES),
            handler);
    stream.asking(handler);
    var unused = handshaker.handshake(channel);
  }

  void closed(StreamHandler handler) {
    open.remove(handler);
  }

  /** Streams that are open now. */
  public int openStreams() {
    return open.size();
  }

  public ByteCount traffic() {
    return traffic;
  }

  /** Ends every stream; nobody hears anything more. */
  public void close() {
    closed = true;
    new ArrayList<>(open).forEach(StreamHandler::close);
  }
}
