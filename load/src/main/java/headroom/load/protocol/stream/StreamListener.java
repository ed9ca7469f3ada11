package headroom.load.protocol.stream;

import headroom.load.result.ErrorKind;

/**
 * Hears a stream of messages, on the event loop: {@code asking} once there is a connection, {@code
 * opened} when the target has agreed, messages, then {@code ended} or {@code failed}, after which
 * nothing follows.
 */
public interface StreamListener {
  /** The request is about to leave. */
  void asking(Stream stream);

  /** Messages may now go both ways, or come. */
  void opened();

  void message(String text);

  /** The target has ended the stream. */
  void ended();

  void failed(ErrorKind kind, String detail);

  /** An open stream as its listener uses it. */
  interface Stream {
    /** Sends a message; only on a WebSocket. */
    void send(String text);

    /** Ends the stream; nothing more is heard. */
    void close();
  }
}
