package headroom.server.otlp;

import headroom.ingest.otlp.Compression;
import headroom.ingest.otlp.Encoding;
import headroom.ingest.otlp.Signal;
import headroom.ingest.pipeline.OtlpRequest;
import headroom.ingest.pipeline.UnusableRequestException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * gRPC's framing of the one message that a unary call carries each way:
 *
 * <pre>
 *  00 | 00 00 01 2c | 300 bytes of message
 *  ^ 1 when compressed as the header grpc-encoding says
 * </pre>
 *
 * Source: "gRPC over HTTP2" in the gRPC project's documents.
 */
final class GrpcFrame {
  static final int PREFIX = 5;

  private GrpcFrame() {}

  static byte[] wrap(byte[] message) {
    return ByteBuffer.allocate(PREFIX + message.length)
        .put((byte) 0)
        .putInt(message.length)
        .put(message)
        .array();
  }

  /** The message in a request's body, with the header {@code grpc-encoding}. */
  static OtlpRequest unwrap(Signal signal, @Nullable String grpcEncoding, byte[] body)
      throws UnusableRequestException {
    if (body.length < PREFIX) {
      throw malformed("a gRPC message begins with 5 bytes, got %d bytes in all", body.length);
    }
    long declared = Integer.toUnsignedLong(ByteBuffer.wrap(body, 1, 4).getInt());
    if (declared != body.length - PREFIX) {
      throw malformed(
          "the gRPC prefix announces %d bytes, the call carried %d",
          declared, body.length - PREFIX);
    }
    Compression compression =
        switch (body[0]) {
          case 0 -> Compression.NONE;
          case 1 -> compression(grpcEncoding);
          default ->
              throw malformed("the compressed flag of gRPC is 0 or 1, got %d", body[0] & 0xff);
        };
    byte[] message = Arrays.copyOfRange(body, PREFIX, body.length);
    return new OtlpRequest(signal, Encoding.PROTOBUF, compression, message);
  }

  private static Compression compression(@Nullable String grpcEncoding)
      throws UnusableRequestException {
    String name = grpcEncoding == null ? "identity" : grpcEncoding.toLowerCase(Locale.ROOT);
    return switch (name) {
      case "gzip" -> Compression.GZIP;
      case "identity" -> throw malformed("a compressed message needs the header grpc-encoding");
      default ->
          throw new UnusableRequestException(
              UnusableRequestException.Reason.UNSUPPORTED,
              "grpc-encoding must be gzip or identity, got " + name);
    };
  }

  private static UnusableRequestException malformed(String format, Object... values) {
    return new UnusableRequestException(
        UnusableRequestException.Reason.MALFORMED, format.formatted(values));
  }
}
