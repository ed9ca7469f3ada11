package headroom.load.protocol.http;

import headroom.load.network.Dialer;
import headroom.load.network.TlsTrouble;
import headroom.load.network.TrafficMeter;
import headroom.load.result.ErrorKind;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2ChannelDuplexHandler;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2FrameStreamException;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection of HTTP/2, as frames: no channel per stream, only an entry in a map. Lives on its
 * event loop. Source: RFC 9113.
 */
final class Http2Connection extends Http2ChannelDuplexHandler {
  /** Streams at once where the target sets no limit. */
  private static final int MOST_STREAMS = 1_000;

  /** What the target may send of one body before it hears that it was read. */
  private static final int STREAM_WINDOW = 1 << 20;

  private static final int CONNECTION_WINDOW = 1 << 24;
  private static final int HEADERS_BYTES = 1 << 18;
  private static final Logger log = LoggerFactory.getLogger(Http2Connection.class);

  private final Http2Client client;
  private final IdentityHashMap<Http2FrameStream, Http2Call> calls = new IdentityHashMap<>();
  private @Nullable ChannelHandlerContext context;
  private int maxStreams;

  /** Streams that are over for us, while the codec still counts them. */
  private int ending;

  private boolean ready;
  private boolean leaving;
  private boolean closed;
  private boolean ended;

  /** Whether the client has it in its turn. */
  boolean offered;

  Http2Connection(Http2Client client) {
    this.client = client;
  }

  /** Takes its place at the end of a channel that is ready. */
  void addTo(Channel channel) {
    Http2Settings settings =
        Http2Settings.defaultSettings()
            .pushEnabled(false)
            .initialWindowSize(STREAM_WINDOW)
            .maxHeaderListSize(HEADERS_BYTES);
    channel.pipeline().addLast(new TrafficMeter(client.traffic()));
    channel
        .pipeline()
        .addLast(Http2FrameCodecBuilder.forClient().initialSettings(settings).build());
    channel.pipeline().addLast(this);
  }

  @Override
  protected void handlerAdded0(ChannelHandlerContext added) {
    context = added;
    ChannelFuture unused =
        added.writeAndFlush(new DefaultHttp2WindowUpdateFrame(CONNECTION_WINDOW));
  }

  boolean hasRoom() {
    return ready && !leaving && !closed && calls.size() + ending < maxStreams;
  }

  void send(Exchange exchange) {
    ChannelHandlerContext at = context();
    Http2FrameStream stream = newStream();
    ByteBuf body = at.alloc().buffer();
    boolean hasBody = exchange.writeBody(body);
    Http2Headers fields = exchange.fields(hasBody ? body.readableBytes() : -1);
    var call = new Http2Call(this, exchange, stream, client.maxBodyBytes());
    calls.put(stream, call);
    exchange.sending(call);
    at.write(new DefaultHttp2HeadersFrame(fields, !hasBody).stream(stream))
        .addListener(written -> {
          if (!written.isSuccess()) {
            notWritten(stream, written.cause());
          }
        });
    if (hasBody) {
      ChannelFuture unused = at.write(new DefaultHttp2DataFrame(body, true).stream(stream));
    } else {
      body.release();
    }
    at.flush();
  }

  private void notWritten(Http2FrameStream stream, Throwable cause) {
    if (cause instanceof Http2Exception refused && refused.error() == Http2Error.REFUSED_STREAM) {
      // One more than the target allows, such as while it is lowering that.
      Http2Call call = calls.remove(stream);
      if (call != null) {
        ending = maxStreams;
        client.resubmit(call.exchange());
      }
    } else {
      fail(stream, ErrorKind.BROKEN, Dialer.describe(cause));
      context().executor().execute(this::settle);
    }
  }

  /** Every frame that was read has had its effect in the codec. */
  @Override
  public void channelReadComplete(ChannelHandlerContext at) {
    settle();
    at.fireChannelReadComplete();
  }

  private void settle() {
    if (ending > 0) {
      ending = 0;
      client.freed(this);
    }
  }

  private ChannelHandlerContext context() {
    ChannelHandlerContext present = context;
    if (present == null) {
      throw new IllegalStateException("not connected yet");
    }
    return present;
  }

  @Override
  public void channelRead(ChannelHandlerContext at, Object frame) {
    try {
      switch (frame) {
        case Http2HeadersFrame headers -> headers(headers);
        case Http2DataFrame data -> data(at, data);
        case Http2ResetFrame reset ->
            fail(reset.stream(), ErrorKind.BROKEN, "stream reset: " + error(reset.errorCode()));
        case Http2SettingsFrame settings -> settings(settings.settings());
        case Http2GoAwayFrame away -> goAway(away);
        default -> {}
      }
    } finally {
      ReferenceCountUtil.release(frame);
    }
  }

  private void settings(Http2Settings settings) {
    Long most = settings.maxConcurrentStreams();
    if (most != null) {
      maxStreams = (int) Math.min(MOST_STREAMS, most);
    } else if (!ready) {
      maxStreams = MOST_STREAMS;
    }
    if (ready) {
      client.freed(this);
    } else {
      ready = true;
      client.ready(this);
    }
  }

  private void headers(Http2HeadersFrame frame) {
    Http2Call call = calls.get(frame.stream());
    if (call != null && call.headers(frame.headers()) && frame.isEndStream()) {
      complete(call);
    }
  }

  private void data(ChannelHandlerContext at, Http2DataFrame frame) {
    Http2FrameStream stream = frame.stream();
    int consumed = frame.initialFlowControlledBytes();
    Http2Call call = calls.get(stream);
    boolean tooLong = call != null && !call.data(frame.content());
    if (call != null && tooLong) {
      abandon(call);
      call.exchange().failed(ErrorKind.TOO_LARGE, call.tooLong());
      call.exchange().proceed();
    } else if (call != null && frame.isEndStream()) {
      complete(call);
    } else if (consumed > 0) {
      ChannelFuture unused =
          at.writeAndFlush(new DefaultHttp2WindowUpdateFrame(consumed).stream(stream));
    }
  }

  private void complete(Http2Call call) {
    calls.remove(call.stream());
    ending++;
    call.exchange().answered(call);
    call.exchange().proceed();
    closeWhenDone();
  }

  private void fail(Http2FrameStream stream, ErrorKind kind, String detail) {
    Http2Call call = calls.remove(stream);
    if (call != null) {
      ending++;
      call.exchange().failed(kind, detail);
      call.exchange().proceed();
      closeWhenDone();
    }
  }

  /** Gives up on a stream, not on the connection. */
  void abandon(Http2Call call) {
    if (calls.remove(call.stream()) != null && !closed) {
      ChannelFuture unused =
          context()
              .writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.CANCEL).stream(call.stream()));
      client.freed(this);
      closeWhenDone();
    }
  }

  /** What the target says it has not looked at goes elsewhere. */
  private void goAway(Http2GoAwayFrame away) {
    leaving = true;
    if (away.errorCode() != Http2Error.NO_ERROR.code()) {
      log.debug(
          "the target ends a connection: {} {}",
          error(away.errorCode()),
          away.content().toString(StandardCharsets.UTF_8));
    }
    for (Http2Call call : new ArrayList<>(calls.values())) {
      if (call.stream().id() > away.lastStreamId()) {
        calls.remove(call.stream());
        client.resubmit(call.exchange());
      }
    }
    if (!ready) {
      close();
    }
    closeWhenDone();
  }

  private void closeWhenDone() {
    if (leaving && calls.isEmpty()) {
      close();
    }
  }

  private static String error(long code) {
    Http2Error error = Http2Error.valueOf(code);
    return error == null ? Long.toString(code) : error.name();
  }

  @Override
  public void channelInactive(ChannelHandlerContext at) {
    end(ErrorKind.CLOSED, "before the answer was complete");
    at.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext at, Throwable cause) {
    if (cause instanceof Http2FrameStreamException one) {
      fail(one.stream(), ErrorKind.PROTOCOL, String.valueOf(one.getMessage()));
    } else if (TlsTrouble.isReason(cause)) {
      end(ErrorKind.BROKEN, "TLS: " + TlsTrouble.explain(cause));
    } else if (cause instanceof IOException) {
      end(ErrorKind.BROKEN, String.valueOf(cause.getMessage()));
    } else {
      Throwable reason = cause instanceof Http2Exception ? cause : cause.getCause();
      end(ErrorKind.PROTOCOL, String.valueOf(reason == null ? cause : reason.getMessage()));
    }
  }

  /** The connection is over: so is everything on it. */
  private void end(ErrorKind kind, String detail) {
    if (ended) {
      return;
    }
    ended = true;
    close();
    if (!ready) {
      client.notReady(ErrorKind.CONNECT, "no HTTP/2: " + detail);
      return;
    }
    var lost = new ArrayList<>(calls.values());
    calls.clear();
    for (Http2Call call : lost) {
      call.exchange().failed(kind, detail);
      call.exchange().proceed();
    }
    client.disconnected(this);
  }

  /** Nobody is to hear anything more. */
  void forgetAll() {
    calls.clear();
  }

  void close() {
    closed = true;
    ChannelFuture unused = context().close();
  }
}
