package headroom.server.otlp;

/**
 * One export request as it arrived: still compressed, not yet looked into.
 *
 * @param body the message without any framing; not copied, so nobody may change it
 */
@SuppressWarnings("ArrayRecordComponent") // megabytes a second: never copied, never compared
public record OtlpRequest(Signal signal, Encoding encoding, Compression compression, byte[] body) {
  /** How the message is written. */
  public enum Encoding {
    PROTOBUF,
    JSON
  }

  /** How the body is packed. */
  public enum Compression {
    NONE,
    GZIP
  }
}
