package headroom.ingest.protobuf;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One message of protobuf while it is written; messages within are written by one below it. */
public final class ProtobufMessage {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH = 2;

  private byte[] bytes = new byte[256];
  private int length;
  private @Nullable ProtobufMessage below;

  /** A message within this one. */
  public void message(int field, Consumer<ProtobufMessage> content) {
    ProtobufMessage inner = below == null ? new ProtobufMessage() : below;
    below = inner;
    inner.length = 0;
    content.accept(inner);
    bytes(field, inner.bytes, inner.length);
  }

  /** A text; an empty one is left out, as protobuf does. */
  public void text(int field, String value) {
    if (!value.isEmpty()) {
      byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
      bytes(field, encoded, encoded.length);
    }
  }

  private void bytes(int field, byte[] value, int count) {
    varint((long) field << 3 | LENGTH);
    varint(count);
    room(count);
    System.arraycopy(value, 0, bytes, length, count);
    length += count;
  }

  /** Ids, whose first byte is the highest. */
  public void id(int field, long... words) {
    byte[] value = new byte[Long.BYTES * words.length];
    for (int i = 0; i < value.length; i++) {
      value[i] = (byte) (words[i / Long.BYTES] >>> (56 - 8 * (i % Long.BYTES)));
    }
    bytes(field, value, value.length);
  }

  /** A whole number; 0 is left out, as protobuf does. */
  public void integer(int field, long value) {
    if (value != 0) {
      variable(field, value);
    }
  }

  private void variable(int field, long value) {
    varint((long) field << 3 | VARINT);
    varint(value);
  }

  /** A whole number in zigzag form. */
  public void signed(int field, int value) {
    variable(field, (value << 1 ^ value >> 31) & 0xFFFFFFFFL);
  }

  /** Eight bytes, the lowest first. */
  public void fixed(int field, long value) {
    varint((long) field << 3 | FIXED64);
    room(Long.BYTES);
    for (int i = 0; i < Long.BYTES; i++) {
      bytes[length++] = (byte) (value >>> (8 * i));
    }
  }

  /** A double. */
  public void number(int field, double value) {
    fixed(field, Double.doubleToRawLongBits(value));
  }

  /** Numbers one after the other, without a tag each. */
  public void packed(int field, long[] values) {
    message(
        field,
        inner -> {
          for (long value : values) {
            inner.varint(value);
          }
        });
  }

  /** What was written, copied. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  private void varint(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[length++] = (byte) ((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  private void room(int count) {
    if (bytes.length - length < count) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
    }
  }
}
