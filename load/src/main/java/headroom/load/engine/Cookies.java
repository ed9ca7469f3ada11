package headroom.load.engine;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The cookies of one user, kept as the header that sends them: {@code a=1; b=2}. All of them go to
 * the one target of a plan, whatever path they were set for.
 */
public final class Cookies {
  /** The longest header; what is oldest is dropped to keep within it. */
  static final int MOST_CHARACTERS = 8_192;

  private Cookies() {}

  /**
   * What is sent from now on, null for nothing.
   *
   * @param jar what was sent until now
   * @param setCookie the values of the answer's headers, each on a line of its own
   */
  public static @Nullable String after(@Nullable String jar, String setCookie) {
    Map<String, String> kept = new LinkedHashMap<>();
    if (jar != null) {
      for (String cookie : jar.split("; ")) {
        put(kept, cookie);
      }
    }
    for (String line : setCookie.split("\n")) {
      int end = line.indexOf(';');
      String cookie = (end < 0 ? line : line.substring(0, end)).strip();
      if (isOver(end < 0 ? "" : line.substring(end))) {
        kept.remove(name(cookie));
      } else {
        put(kept, cookie);
      }
    }
    return header(kept);
  }

  private static void put(Map<String, String> kept, String cookie) {
    if (cookie.indexOf('=') > 0 && cookie.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
      kept.put(name(cookie), cookie);
    }
  }

  private static String name(String cookie) {
    int equals = cookie.indexOf('=');
    return equals < 0 ? cookie : cookie.substring(0, equals).strip();
  }

  /** Whether the attributes say that it is to be forgotten; dates only as servers write them. */
  private static boolean isOver(String attributes) {
    String text = attributes.toLowerCase(Locale.ROOT).replace(" ", "");
    return text.contains(";max-age=0")
        || text.contains(";max-age=-")
        || text.matches("(?s).*;expires=[a-z]{3},?01[-]?jan[-]?1970.*");
  }

  private static @Nullable String header(Map<String, String> kept) {
    while (true) {
      String header = String.join("; ", kept.values());
      if (header.length() <= MOST_CHARACTERS) {
        return header.isEmpty() ? null : header;
      }
      kept.remove(kept.keySet().iterator().next());
    }
  }
}
