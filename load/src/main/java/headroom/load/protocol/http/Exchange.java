package headroom.load.protocol.http;

import headroom.load.protocol.Transmission;
import headroom.load.result.ErrorKind;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.List;

/**
 * One request and what becomes of it, as the client sees its caller. All calls come on the client's
 * event loop, in this order:
 *
 * <pre>
 *   writeTo, sending ─┬─► answered ─► proceed
 *                     ├─► failed ───► proceed
 *                     └─► requeued, and again from the beginning
 * </pre>
 */
public interface Exchange {
  /** Whose it is: whoever has a connection of its own has it for all its exchanges. */
  Object owner();

  /** Writes the request for HTTP/1.1: head and body. */
  void writeTo(ByteBuf out);

  /**
   * The head of the request as fields of HTTP/2.
   *
   * @param bodyBytes the length of the body; below zero for none
   */
  Http2Headers fields(int bodyBytes);

  /** Writes the body for HTTP/2; false when there is none. */
  boolean writeBody(ByteBuf out);

  /** Whether the answer has no body whatever it says. */
  boolean isHead();

  /** Whether to keep the body of the answer. */
  boolean wantsBody();

  /** The headers of the answer to keep, lower case. */
  List<String> wantedHeaders();

  /** Whether a second sending has no second effect. */
  boolean isSafeToRepeat();

  /** The request is about to leave. */
  void sending(Transmission transmission);

  /** The idle connection it was sent on had been closed: it waits for another. */
  void requeued();

  /** The answer is complete. It is only valid during this call, which must send nothing. */
  void answered(Answer answer);

  /** There will be no answer. This call must send nothing. */
  void failed(ErrorKind kind, String detail);

  /** The outcome has been told and the connection is free again: time to send what follows. */
  void proceed();
}
