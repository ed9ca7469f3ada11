package headroom.ingest.prometheus;

import headroom.ingest.otlp.MalformedTelemetryException;
import headroom.ingest.otlp.OversizedTelemetryException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.compression.Snappy;

/** Bodies packed with Snappy in its block form, as remote write demands. */
final class SnappyBlock {
  private static final int MOST_LENGTH_BYTES = 5;

  private final int maxBytes;
  private final Snappy snappy = new Snappy();

  /**
   * @param maxBytes the most that a body may unpack to
   */
  SnappyBlock(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** The unpacked body. What it says about its size is checked before room is made for it. */
  byte[] unpack(byte[] body) throws MalformedTelemetryException {
    long length = length(body);
    if (length > maxBytes) {
      throw new OversizedTelemetryException(body.length, maxBytes);
    }
    if (length > 64L * body.length + 64) {
      throw new MalformedTelemetryException(
          0, "a body packed with Snappy", "one of " + body.length + " bytes for " + length);
    }
    byte[] unpacked = new byte[(int) length];
    ByteBuf in = Unpooled.wrappedBuffer(body);
    ByteBuf out = Unpooled.wrappedBuffer(unpacked).writerIndex(0);
    snappy.reset();
    try {
      snappy.decode(in, out);
    } catch (DecompressionException | IndexOutOfBoundsException e) {
      throw new MalformedTelemetryException(
          in.readerIndex(), "a body packed with Snappy", "one that ends in " + e.getMessage());
    }
    if (out.writerIndex() != unpacked.length || in.isReadable()) {
      throw new MalformedTelemetryException(
          in.readerIndex(),
          "a body packed with Snappy that unpacks to " + unpacked.length + " bytes",
          out.writerIndex() + " bytes");
    }
    return unpacked;
  }

  private static long length(byte[] body) throws MalformedTelemetryException {
    long length = 0;
    for (int i = 0; i < Math.min(MOST_LENGTH_BYTES, body.length); i++) {
      length |= (long) (body[i] & 0x7F) << (7 * i);
      if (body[i] >= 0) {
        return length;
      }
    }
    throw new MalformedTelemetryException(0, "the length of a body packed with Snappy", "none");
  }
}
