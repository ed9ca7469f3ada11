package headroom.ingest.otlp;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/**
 * Unpacks bodies up to a limit. What a body says about its own size is not believed: memory grows
 * only with what really comes out, and reading stops at the limit.
 *
 * <p>Not safe for use by several threads.
 */
public final class Unpacker {
  private static final int FIRST_BYTES = 64 << 10;

  /** A larger array is given back after use. */
  private static final int KEPT_BYTES = 4 << 20;

  /** zstd needs a window of memory outside the heap before anything comes out: 8 to 128 MiB. */
  private static final int MAX_ZSTD_WINDOW_LOG = 27;

  private static final int MIN_ZSTD_WINDOW_LOG = 23;

  private final int maxBytes;
  private byte[] buffer = new byte[FIRST_BYTES];

  /**
   * @param maxBytes the most that a body may unpack to
   */
  public Unpacker(int maxBytes) {
    if (maxBytes < 1) {
      throw new IllegalArgumentException("maxBytes must be >= 1, got " + maxBytes);
    }
    this.maxBytes = maxBytes;
  }

  /**
   * The unpacked body, valid until the next call. A body that is not packed is returned as it is.
   *
   * @throws OversizedTelemetryException when it unpacks to more than the limit
   */
  public ByteBuffer unpack(byte[] bytes, int offset, int length, Compression compression)
      throws MalformedTelemetryException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (compression == Compression.NONE) {
      if (length > maxBytes) {
        throw new OversizedTelemetryException(length, maxBytes);
      }
      return ByteBuffer.wrap(bytes, offset, length);
    }
    if (buffer.length > KEPT_BYTES) {
      buffer = new byte[FIRST_BYTES];
    }
    var packed = new ByteArrayInputStream(bytes, offset, length);
    int size = 0;
    try (InputStream in = open(packed, compression, maxBytes)) {
      while (true) {
        if (size == buffer.length) {
          buffer = Arrays.copyOf(buffer, (int) Math.min(2L * size, maxBytes + 1L));
        }
        int read = in.read(buffer, size, buffer.length - size);
        if (read < 0) {
          return ByteBuffer.wrap(buffer, 0, size);
        }
        size += read;
        if (size > maxBytes) {
          throw new OversizedTelemetryException(length, maxBytes);
        }
      }
    } catch (IOException e) {
      throw new MalformedTelemetryException(
          length - packed.available(),
          "a body packed with " + compression,
          "one that unpacks for " + size + " bytes, then: " + e.getMessage());
    }
  }

  /**
   * A stream that unpacks another.
   *
   * @param maxBytes the most that is expected to come out, which bounds zstd's window
   */
  public static InputStream open(InputStream packed, Compression compression, long maxBytes)
      throws IOException {
    return switch (compression) {
      case NONE -> packed;
      case GZIP -> new GZIPInputStream(packed, 16 << 10);
      case ZSTD -> {
        var zstd = new ZstdInputStreamNoFinalizer(packed);
        zstd.setLongMax(windowLog(maxBytes));
        yield zstd;
      }
    };
  }

  private static int windowLog(long maxBytes) {
    int log = Long.SIZE - Long.numberOfLeadingZeros(maxBytes - 1);
    return Math.max(MIN_ZSTD_WINDOW_LOG, Math.min(MAX_ZSTD_WINDOW_LOG, log));
  }
}
