package headroom.ingest.otlp;

import headroom.model.SpanAttribute;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Finds a span attribute by the bytes of its name, without making a String of it. Most attributes
 * on the wire are not among the recognised ones, so a miss must be as quick as a hit.
 */
final class SpanAttributeKeys {
  /** One spelling of one attribute. */
  static final class Spelling {
    final SpanAttribute attribute;

    /** 0 for the newest spelling; where a span has several, the lowest wins. */
    final int rank;

    private final byte[] name;

    private Spelling(SpanAttribute attribute, int rank, byte[] name) {
      this.attribute = attribute;
      this.rank = rank;
      this.name = name;
    }
  }

  private static final int SLOTS = 1_024;
  private static final @Nullable Spelling[] TABLE = new @Nullable Spelling[SLOTS];

  static {
    for (SpanAttribute attribute : SpanAttribute.values()) {
      int rank = 0;
      for (String name : attribute.names()) {
        put(new Spelling(attribute, rank++, name.getBytes(StandardCharsets.UTF_8)));
      }
    }
  }

  private SpanAttributeKeys() {}

  static @Nullable Spelling find(byte[] bytes, int from, int length) {
    int slot = Bytes.hash(bytes, from, length) & (SLOTS - 1);
    while (true) {
      Spelling spelling = TABLE[slot];
      if (spelling == null) {
        return null;
      }
      byte[] name = spelling.name;
      if (name.length == length && Bytes.equal(name, 0, bytes, from, length)) {
        return spelling;
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
  }

  private static void put(Spelling spelling) {
    int slot = Bytes.hash(spelling.name, 0, spelling.name.length) & (SLOTS - 1);
    while (TABLE[slot] != null) {
      slot = (slot + 1) & (SLOTS - 1);
    }
    TABLE[slot] = spelling;
  }
}
