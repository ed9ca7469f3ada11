package headroom.load.protocol.stream;

import headroom.load.network.BadResponseException;
import headroom.load.result.ErrorKind;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;

/** A WebSocket after RFC 6455: messages of text, in pieces or whole. */
final class SocketHandler extends StreamHandler {
  private static final int MAX_MESSAGE = 1 << 20;

  private final WebSocketClientHandshaker handshaker;
  private final StringBuilder pieces = new StringBuilder();

  SocketHandler(
      StreamClient client,
      StreamListener listener,
      Channel channel,
      WebSocketClientHandshaker handshaker) {
    super(client, listener, channel);
    this.handshaker = handshaker;
  }

  @Override
  void read(Object message) throws BadResponseException {
    switch (message) {
      case FullHttpResponse response -> agreed(response);
      case PingWebSocketFrame ping -> {
        ChannelFuture unused =
            channel().writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
      }
      case CloseWebSocketFrame close -> end();
      case TextWebSocketFrame text -> piece(text);
      case BinaryWebSocketFrame binary -> piece(binary);
      case ContinuationWebSocketFrame more -> piece(more);
      default -> {}
    }
  }

  private void agreed(FullHttpResponse response) {
    if (response.status().code() != 101) {
      fail(ErrorKind.STATUS, "status " + response.status().code());
      return;
    }
    try {
      handshaker.finishHandshake(channel(), response);
    } catch (WebSocketHandshakeException e) {
      fail(ErrorKind.PROTOCOL, String.valueOf(e.getMessage()));
      return;
    }
    listener().opened();
  }

  private void piece(WebSocketFrame frame) throws BadResponseException {
    pieces.append(frame.content().toString(StandardCharsets.UTF_8));
    if (pieces.length() > MAX_MESSAGE) {
      throw new BadResponseException(true, "a message is longer than 2^20 characters");
    }
    if (frame.isFinalFragment()) {
      String whole = pieces.toString();
      pieces.setLength(0);
      listener().message(whole);
    }
  }

  @Override
  public void send(String text) {
    ChannelFuture unused = channel().writeAndFlush(new TextWebSocketFrame(text));
  }

  @Override
  public void close() {
    if (handshaker.isHandshakeComplete() && channel().isActive()) {
      ChannelFuture unused = channel().writeAndFlush(new CloseWebSocketFrame());
    }
    super.close();
  }
}
