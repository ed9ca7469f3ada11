package headroom.load.protocol.http;

import headroom.load.network.KeptBody;
import headroom.load.protocol.Transmission;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One request and its answer as a stream of a connection. */
final class Http2Call implements Answer, Transmission {
  private final Http2Connection connection;
  private final Exchange exchange;
  private final Http2FrameStream stream;
  private final long maxBodyBytes;
  private int status;
  private long bodyBytes;
  private final KeptBody body = new KeptBody();
  private @Nullable String location;
  private @Nullable String[] found = new String[0];

  Http2Call(
      Http2Connection connection, Exchange exchange, Http2FrameStream stream, long maxBodyBytes) {
    this.connection = connection;
    this.exchange = exchange;
    this.stream = stream;
    this.maxBodyBytes = maxBodyBytes;
  }

  Exchange exchange() {
    return exchange;
  }

  Http2FrameStream stream() {
    return stream;
  }

  /** Takes the head, or trailers after it; false for an interim answer. */
  boolean headers(Http2Headers headers) {
    if (status != 0) {
      return true;
    }
    int said = status(headers.status());
    if (said < 200) {
      return false;
    }
    status = said;
    if (said >= 300 && said < 400) {
      CharSequence to = headers.get("location");
      location = to == null ? null : to.toString();
    }
    List<String> wanted = exchange.wantedHeaders();
    if (!wanted.isEmpty()) {
      found = new String[wanted.size()];
      for (int i = 0; i < found.length; i++) {
        List<CharSequence> values = headers.getAll(wanted.get(i));
        found[i] = values.isEmpty() ? null : String.join("\n", values);
      }
    }
    return true;
  }

  private static int status(@Nullable CharSequence text) {
    if (text == null || text.length() != 3) {
      return 0;
    }
    int code = 0;
    for (int i = 0; i < 3; i++) {
      code = code * 10 + text.charAt(i) - '0';
    }
    return code;
  }

  /** Takes a piece of the body; false when that is more than is read. */
  boolean data(ByteBuf content) {
    int length = content.readableBytes();
    bodyBytes += length;
    if (bodyBytes > maxBodyBytes) {
      return false;
    }
    if (exchange.wantsBody()) {
      body.add(content);
    }
    return true;
  }

  String tooLong() {
    return "the body is longer than " + maxBodyBytes + " bytes";
  }

  @Override
  public void abandon() {
    connection.abandon(this);
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public long bodyBytes() {
    return bodyBytes;
  }

  @Override
  public KeptBody body() {
    return body;
  }

  @Override
  public @Nullable String header(int index) {
    return found[index];
  }

  @Override
  public @Nullable String location() {
    return location;
  }
}
