package headroom.load.protocol.stream;

import headroom.load.network.BadResponseException;
import headroom.load.result.ErrorKind;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;

/** Server-sent events as they come. */
final class EventHandler extends StreamHandler {
  private final EventParser parser;

  EventHandler(StreamClient client, StreamListener listener, Channel channel) {
    super(client, listener, channel);
    this.parser =
        new EventParser(event -> {
          if (!isOver()) {
            listener.message(event);
          }
        });
  }

  @Override
  void read(Object message) throws BadResponseException {
    if (message instanceof HttpResponse response) {
      head(response);
    }
    if (!isOver() && message instanceof HttpContent content) {
      ByteBuf in = content.content();
      byte[] bytes = new byte[in.readableBytes()];
      in.readBytes(bytes);
      parser.read(bytes);
      if (message instanceof LastHttpContent) {
        end();
      }
    }
  }

  private void head(HttpResponse response) {
    if (response.decoderResult().isFailure()) {
      fail(ErrorKind.PROTOCOL, String.valueOf(response.decoderResult().cause().getMessage()));
      return;
    }
    String type = response.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
    if (response.status().code() != 200) {
      fail(ErrorKind.STATUS, "status " + response.status().code());
    } else if (!type.startsWith("text/event-stream")) {
      fail(ErrorKind.CHECK, "content-type '%s' is no text/event-stream".formatted(type));
    } else {
      listener().opened();
    }
  }

  @Override
  public void send(String text) {
    throw new IllegalStateException("events only come");
  }
}
