package headroom.ingest.otlp;

import headroom.model.Resource;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Gives the same String for the same bytes without making a new one, as long as it is remembered:
 * names and values repeat in almost every span.
 *
 * <p>It is a cache of fixed size, so senders that never repeat themselves cannot make it grow: they
 * get Strings that are not retained. Values live in sets of eight:
 *
 * <pre>
 *   hash ─► set 517:  [ "GET /balance" 3 | "jdbc" 3 | "user-8812" 0 | … | empty ]
 * </pre>
 *
 * The number says how often an entry was asked for again, up to three. A new value takes a free
 * place or that of an entry with a zero; where all were asked for again, they all lose one and the
 * new value is turned away. So a flood of values that come once fights over one place per set.
 *
 * <p>Safe for use by several threads without locks: entries are immutable but for their use count,
 * and a lost update of that or of a slot only costs a repeated decoding.
 */
public final class Interner {
  private static final int WAYS = 8;
  private static final int MAX_SHORT_BYTES = 128;
  private static final int MAX_RESOURCES = 10_000;

  /** Status codes, ports, most sizes; filled as they come. */
  private static final @Nullable String[] NUMBERS = new @Nullable String[65_536];

  private final Entry[] shortEntries;
  private final Entry[] longEntries;
  private final ConcurrentHashMap<Resource, Resource> resources = new ConcurrentHashMap<>();
  private final LongAdder overflows = new LongAdder();

  /** Room for 32,768 values of up to 128 bytes and 2,048 longer ones. */
  public Interner() {
    this(32_768, 2_048);
  }

  /**
   * @param shortValues how many values of up to 128 bytes are remembered
   * @param longValues how many longer ones; both are rounded up to a power of two
   */
  public Interner(int shortValues, int longValues) {
    shortEntries = new Entry[slots(shortValues)];
    longEntries = new Entry[slots(longValues)];
  }

  /** How many values were not retained because their place was taken by ones in use. */
  public long overflows() {
    return overflows.sum();
  }

  /** The text of a range of UTF-8; what is not UTF-8 becomes U+FFFD. */
  public String intern(byte[] bytes, int from, int length) {
    if (length == 0) {
      return "";
    }
    int hash = Bytes.hash(bytes, from, length);
    Entry[] entries = length <= MAX_SHORT_BYTES ? shortEntries : longEntries;
    int set = hash & (entries.length - WAYS);
    for (int i = set; i < set + WAYS; i++) {
      Entry entry = entries[i];
      if (entry != null && entry.is(hash, bytes, from, length)) {
        entry.touch();
        return entry.text;
      }
    }
    return add(entries, set, hash, bytes, from, length);
  }

  /** The decimal digits of a number; those of small ones are kept. */
  static String digits(long number) {
    if (number < 0 || number >= NUMBERS.length) {
      return Long.toString(number);
    }
    String digits = NUMBERS[(int) number];
    if (digits == null) {
      digits = Long.toString(number);
      NUMBERS[(int) number] = digits;
    }
    return digits;
  }

  Resource intern(Resource resource) {
    Resource known = resources.get(resource);
    if (known != null) {
      return known;
    }
    if (resources.size() >= MAX_RESOURCES) {
      overflows.increment();
      return resource;
    }
    Resource raced = resources.putIfAbsent(resource, resource);
    return raced != null ? raced : resource;
  }

  private String add(Entry[] entries, int set, int hash, byte[] bytes, int from, int length) {
    var text = new String(bytes, from, length, StandardCharsets.UTF_8);
    int place = -1;
    for (int i = set; i < set + WAYS; i++) {
      Entry entry = entries[i];
      if (entry == null) {
        place = i;
        break;
      }
      if (entry.uses == 0) {
        place = i;
      }
    }
    if (place >= 0) {
      entries[place] = new Entry(hash, Arrays.copyOfRange(bytes, from, from + length), text);
      return text;
    }
    overflows.increment();
    for (int i = set; i < set + WAYS; i++) {
      entries[i].age();
    }
    return text;
  }

  private static int slots(int values) {
    if (values < 1 || values > 1 << 24) {
      throw new IllegalArgumentException("values must be within 1..2^24, got " + values);
    }
    return Math.max(WAYS, Integer.highestOneBit(values * 2 - 1));
  }

  private static final class Entry {
    private static final byte MOST_USES = 3;

    final int hash;
    final byte[] bytes;
    final String text;
    byte uses;

    Entry(int hash, byte[] bytes, String text) {
      this.hash = hash;
      this.bytes = bytes;
      this.text = text;
    }

    boolean is(int otherHash, byte[] other, int from, int length) {
      return hash == otherHash
          && bytes.length == length
          && Arrays.equals(bytes, 0, length, other, from, from + length);
    }

    void touch() {
      if (uses < MOST_USES) {
        uses++;
      }
    }

    void age() {
      if (uses > 0) {
        uses--;
      }
    }
  }
}
