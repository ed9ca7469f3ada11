package headroom.load.network;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The body of an answer as far as it was kept: the first {@link #MAX_KEPT} bytes. Its memory is
 * used again for the next one, so it is only valid as long as the answer.
 */
public final class KeptBody {
  /** The most that is kept of a body; what follows is read and dropped. */
  static final int MAX_KEPT = 1 << 20;

  /** One long answer must not hold its memory for as long as the connection lives. */
  private static final int MAX_REUSED = 1 << 16;

  private static final byte[] NONE = {};

  private byte[] bytes = NONE;
  private int length;

  /** Forgets what was kept. */
  public void clear() {
    length = 0;
    if (bytes.length > MAX_REUSED) {
      bytes = NONE;
    }
  }

  /** How many of so many further bytes are kept, and room for them. */
  private int makeRoom(int added) {
    int kept = Math.min(added, MAX_KEPT - length);
    if (length + kept > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + kept, Math.min(MAX_KEPT, 2 * bytes.length)));
    }
    return kept;
  }

  /** Adds bytes, as far as they are kept. */
  public void add(byte[] from, int offset, int count) {
    int kept = makeRoom(count);
    System.arraycopy(from, offset, bytes, length, kept);
    length += kept;
  }

  /** Adds what is readable, as far as it is kept; all of it is read. */
  public void add(ByteBuf from) {
    int count = from.readableBytes();
    int kept = makeRoom(count);
    from.getBytes(from.readerIndex(), bytes, length, kept);
    from.skipBytes(count);
    length += kept;
  }

  /** An array whose first {@link #length} bytes are the body; not to be changed. */
  public byte[] array() {
    return bytes;
  }

  public int length() {
    return length;
  }

  /** The body as a text. */
  public String text() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
