package headroom.ingest.otlp;

import java.util.Locale;
import java.util.Optional;

/** How a body is packed. */
public enum Compression {
  NONE,
  GZIP,
  ZSTD;

  /** How many first bytes tell. */
  public static final int MAGIC_BYTES = 4;

  /**
   * The compression that HTTP's {@code Content-Encoding} or gRPC's {@code grpc-encoding} names,
   * empty for one that is not understood.
   */
  public static Optional<Compression> named(String encoding) {
    return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
      case "", "identity" -> Optional.of(NONE);
      case "gzip", "x-gzip" -> Optional.of(GZIP);
      case "zstd" -> Optional.of(ZSTD);
      default -> Optional.empty();
    };
  }

  /** The compression that a body's first bytes tell, {@link #NONE} when they tell none. */
  public static Compression detect(byte[] bytes, int offset, int length) {
    if (length >= 3
        && (bytes[offset] & 0xFF) == 0x1F
        && (bytes[offset + 1] & 0xFF) == 0x8B
        && bytes[offset + 2] == 8) {
      return GZIP;
    }
    boolean isZstd = length >= MAGIC_BYTES && Bytes.littleInt(bytes, offset) == 0xFD2FB528;
    return isZstd ? ZSTD : NONE;
  }
}
