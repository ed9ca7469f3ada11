package headroom.ingest.otlp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads numbers out of byte arrays, and hashes ranges of them. */
final class Bytes {
  private static final VarHandle LITTLE_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LITTLE_INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle BIG_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** Odd numbers with well spread bits: 2^64 over the golden ratio, and one of the same kind. */
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private static final long MIX_TAIL = 0xC2B2AE3D27D4EB4FL;

  private Bytes() {}

  static long littleLong(byte[] bytes, int at) {
    return (long) LITTLE_LONG.get(bytes, at);
  }

  static int littleInt(byte[] bytes, int at) {
    return (int) LITTLE_INT.get(bytes, at);
  }

  static long bigLong(byte[] bytes, int at) {
    return (long) BIG_LONG.get(bytes, at);
  }

  /** Compares short ranges: eight bytes at a time, the last eight may overlap the ones before. */
  static boolean equal(byte[] one, int oneFrom, byte[] other, int otherFrom, int length) {
    if (length < Long.BYTES) {
      return upToSevenBytes(one, oneFrom, length) == upToSevenBytes(other, otherFrom, length);
    }
    int last = length - Long.BYTES;
    for (int i = 0; i < last; i += Long.BYTES) {
      if (littleLong(one, oneFrom + i) != littleLong(other, otherFrom + i)) {
        return false;
      }
    }
    return littleLong(one, oneFrom + last) == littleLong(other, otherFrom + last);
  }

  /** Eight bytes at a time; the last eight may overlap the ones before. */
  static int hash(byte[] bytes, int from, int length) {
    long hash = length * MIX;
    if (length >= Long.BYTES) {
      int last = from + length - Long.BYTES;
      for (int i = from; i < last; i += Long.BYTES) {
        hash = (hash ^ littleLong(bytes, i)) * MIX;
        hash ^= hash >>> 29;
      }
      hash = (hash ^ littleLong(bytes, last)) * MIX_TAIL;
    } else {
      hash = (hash ^ upToSevenBytes(bytes, from, length)) * MIX_TAIL;
    }
    // A product's low bits know nothing of a factor's high ones, where the last characters are.
    hash ^= hash >>> 32;
    return (int) ((hash * MIX) >>> 32);
  }

  private static long upToSevenBytes(byte[] bytes, int from, int length) {
    long value = 0;
    for (int i = from + length - 1; i >= from; i--) {
      value = value << 8 | (bytes[i] & 0xFF);
    }
    return value;
  }
}
