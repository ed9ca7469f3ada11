package headroom.ingest.otlp;

import java.nio.charset.StandardCharsets;

/** Turns ranges of UTF-8 into interned text of limited length. */
final class TextReader {
  private final Interner interner;
  private final int maxBytes;
  private final Tally tally;

  TextReader(Interner interner, IngestLimits limits, Tally tally) {
    this.interner = interner;
    this.maxBytes = limits.maxValueBytes();
    this.tally = tally;
  }

  String read(byte[] bytes, int from, int length) {
    return length <= maxBytes ? interner.intern(bytes, from, length) : readStart(bytes, from);
  }

  String read(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return read(bytes, 0, bytes.length);
  }

  /** Cuts between characters: a byte 10xxxxxx continues the character before it. */
  private String readStart(byte[] bytes, int from) {
    tally.shorten();
    int length = maxBytes;
    while (length > 0 && (bytes[from + length] & 0xC0) == 0x80) {
      length--;
    }
    return interner.intern(bytes, from, length);
  }
}
