package headroom.cli;

import headroom.server.otlp.OtlpRequest;
import headroom.server.otlp.UnusableRequestException;
import headroom.server.otlp.UnusableRequestException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/** Unpacks the body of a request, within a limit that no declared size can widen. */
final class Decompression {
  private static final int MAX_BYTES = 64 << 20;

  private Decompression() {}

  static byte[] unpack(OtlpRequest request) throws UnusableRequestException {
    return switch (request.compression()) {
      case NONE -> request.body();
      case GZIP -> gunzip(request.body());
    };
  }

  private static byte[] gunzip(byte[] packed) throws UnusableRequestException {
    try (var stream = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      byte[] body = stream.readNBytes(MAX_BYTES + 1);
      if (body.length > MAX_BYTES) {
        throw new UnusableRequestException(
            Reason.TOO_LARGE,
            "the body is larger than %d MiB once decompressed".formatted(MAX_BYTES >> 20));
      }
      return body;
    } catch (IOException e) {
      throw new UnusableRequestException(Reason.MALFORMED, "not valid gzip: " + e.getMessage());
    }
  }
}
