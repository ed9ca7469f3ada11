package headroom.load.protocol;

import headroom.plan.JsonPath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds a value in the bytes of a JSON text without a parser and without garbage: answers come by
 * the thousand a second, and what is saved of them is mostly a short text not far down.
 *
 * <p>It only answers where it is certain. Whatever is rare or might be wrong (a value with escapes,
 * a value that is a list or an object, bytes that are not UTF-8, anything that is no JSON, other
 * encodings) is {@link #UNSURE} and left to a whole parser; so nothing here has to be lenient.
 *
 * <p>Functions that pass over something return the index behind it, or {@link #UNSURE}. Source: RFC
 * 8259; RFC 3629 for UTF-8.
 */
final class JsonScan {
  static final int UNSURE = -1;

  /** There is no value at the path, or it is null. */
  static final int ABSENT = -2;

  private static final int DEEPEST = 64;

  /** Longer names and numbers are left to the parser, which has limits of its own. */
  private static final int LONGEST = 500;

  private JsonScan() {}

  /**
   * Where the value at a path begins, {@link #ABSENT} or {@link #UNSURE}.
   *
   * @param length how many bytes of the array are the text
   */
  static int find(byte[] text, int length, JsonPath path) {
    List<JsonPath.Element> way = path.elements();
    if (way.isEmpty()) {
      return UNSURE;
    }
    int at = skipSpace(text, 0, length);
    if (at < length && text[at] != '{' && text[at] != '[') {
      // Perhaps a byte order mark, or no UTF-8 at all.
      return UNSURE;
    }
    for (int i = 0; i < way.size() && at >= 0; i++) {
      JsonPath.Element element = way.get(i);
      if (element instanceof JsonPath.Name name) {
        at = member(text, at, length, name.name());
      } else if (element instanceof JsonPath.Index index) {
        at = element(text, at, length, index.index());
      } else {
        return UNSURE;
      }
    }
    return at >= 0 && isAt(text, at, length, "null") ? ABSENT : at;
  }

  /**
   * The plain value that begins at an index: a string without escapes, a number, true or false.
   *
   * @return null when it is anything else or its end is in doubt
   */
  static @Nullable String plain(byte[] text, int at, int length) {
    if (at >= length) {
      return null;
    }
    if (text[at] == '"') {
      int end = skipString(text, at, length);
      return end < 0 || hasEscape(text, at, end)
          ? null
          : new String(text, at + 1, end - at - 2, StandardCharsets.UTF_8);
    }
    if (isAt(text, at, length, "true")) {
      return "true";
    }
    if (isAt(text, at, length, "false")) {
      return "false";
    }
    int end = skipNumber(text, at, length);
    return end < 0 ? null : new String(text, at, end - at, StandardCharsets.US_ASCII);
  }

  /** Where the value of that name begins in what should be an object. */
  private static int member(byte[] text, int from, int end, String wanted) {
    if (from >= end) {
      return UNSURE;
    }
    if (text[from] != '{') {
      return ABSENT;
    }
    int at = skipSpace(text, from + 1, end);
    if (at < end && text[at] == '}') {
      return ABSENT;
    }
    while (true) {
      int nameEnd = skipName(text, at, end);
      int value = skipColon(text, nameEnd, end);
      if (value < 0) {
        return UNSURE;
      }
      int match = matches(text, at + 1, nameEnd - 1, wanted);
      if (match != 0) {
        return match < 0 ? UNSURE : value;
      }
      at = skipSpace(text, skipValue(text, value, end, 0), end);
      if (at < 0 || at >= end) {
        return UNSURE;
      }
      if (text[at] == '}') {
        return ABSENT;
      }
      if (text[at] != ',') {
        return UNSURE;
      }
      at = skipSpace(text, at + 1, end);
    }
  }

  /** Whether a name is the one that is wanted: 1 if so, 0 if not, {@link #UNSURE}. */
  private static int matches(byte[] text, int from, int to, String wanted) {
    if (hasEscape(text, from, to)) {
      return UNSURE;
    }
    for (int i = 0; i < wanted.length(); i++) {
      if (wanted.charAt(i) >= 0x80) {
        return UNSURE;
      }
      if (from + i >= to || text[from + i] != wanted.charAt(i)) {
        return 0;
      }
    }
    return to - from == wanted.length() ? 1 : 0;
  }

  /** Where the element of that index begins in what should be a list. */
  private static int element(byte[] text, int from, int end, int index) {
    if (from >= end) {
      return UNSURE;
    }
    if (text[from] != '[') {
      return ABSENT;
    }
    int at = skipSpace(text, from + 1, end);
    if (at < end && text[at] == ']') {
      return ABSENT;
    }
    for (int i = 0; i < index; i++) {
      at = skipSpace(text, skipValue(text, at, end, 0), end);
      if (at < 0 || at >= end) {
        return UNSURE;
      }
      if (text[at] == ']') {
        return ABSENT;
      }
      if (text[at] != ',') {
        return UNSURE;
      }
      at = skipSpace(text, at + 1, end);
    }
    return at < end ? at : UNSURE;
  }

  private static int skipValue(byte[] text, int at, int end, int depth) {
    if (at < 0 || at >= end || depth > DEEPEST) {
      return UNSURE;
    }
    return switch (text[at]) {
      case '"' -> skipString(text, at, end);
      case '{' -> skipMembers(text, at + 1, end, depth + 1);
      case '[' -> skipElements(text, at + 1, end, depth + 1);
      case 't' -> isAt(text, at, end, "true") ? at + 4 : UNSURE;
      case 'f' -> isAt(text, at, end, "false") ? at + 5 : UNSURE;
      case 'n' -> isAt(text, at, end, "null") ? at + 4 : UNSURE;
      default -> skipNumber(text, at, end);
    };
  }

  private static int skipMembers(byte[] text, int from, int end, int depth) {
    int at = skipSpace(text, from, end);
    if (at < end && text[at] == '}') {
      return at + 1;
    }
    while (true) {
      int value = skipColon(text, skipName(text, at, end), end);
      at = skipSpace(text, skipValue(text, value, end, depth), end);
      if (at < 0 || at >= end) {
        return UNSURE;
      }
      if (text[at] != ',') {
        return text[at] == '}' ? at + 1 : UNSURE;
      }
      at = skipSpace(text, at + 1, end);
    }
  }

  private static int skipElements(byte[] text, int from, int end, int depth) {
    int at = skipSpace(text, from, end);
    if (at < end && text[at] == ']') {
      return at + 1;
    }
    while (true) {
      at = skipSpace(text, skipValue(text, at, end, depth), end);
      if (at < 0 || at >= end) {
        return UNSURE;
      }
      if (text[at] != ',') {
        return text[at] == ']' ? at + 1 : UNSURE;
      }
      at = skipSpace(text, at + 1, end);
    }
  }

  private static int skipSpace(byte[] text, int from, int end) {
    int at = from;
    while (at >= 0 && at < end && isSpace(text[at])) {
      at++;
    }
    return at;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private static int skipName(byte[] text, int at, int end) {
    if (at >= end || text[at] != '"') {
      return UNSURE;
    }
    int behind = skipString(text, at, end);
    return behind - at > LONGEST ? UNSURE : behind;
  }

  private static int skipColon(byte[] text, int from, int end) {
    int at = skipSpace(text, from, end);
    return at < 0 || at >= end || text[at] != ':' ? UNSURE : skipSpace(text, at + 1, end);
  }

  private static int skipString(byte[] text, int quote, int end) {
    int at = quote + 1;
    while (at < end) {
      int b = text[at];
      if (b == '"') {
        return at + 1;
      }
      if (b == '\\') {
        at = skipEscape(text, at, end);
      } else if (b >= ' ') {
        at++;
      } else if (b < 0) {
        at = skipUtf8(text, at, end);
      } else {
        return UNSURE;
      }
      if (at < 0) {
        return UNSURE;
      }
    }
    return UNSURE;
  }

  private static boolean hasEscape(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text[i] == '\\') {
        return true;
      }
    }
    return false;
  }

  private static int skipEscape(byte[] text, int at, int end) {
    if (at + 1 >= end) {
      return UNSURE;
    }
    return switch (text[at + 1]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at + 2;
      case 'u' -> {
        for (int i = at + 2; i < at + 6; i++) {
          if (i >= end || Character.digit(text[i], 16) < 0) {
            yield UNSURE;
          }
        }
        yield at + 6;
      }
      default -> UNSURE;
    };
  }

  /** Passes over a character of several bytes, the shortest form of a scalar value. */
  private static int skipUtf8(byte[] text, int at, int end) {
    int lead = text[at] & 0xFF;
    int length = lead < 0xC2 || lead > 0xF4 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (length == 0 || at + length > end) {
      return UNSURE;
    }
    int second = text[at + 1] & 0xFF;
    int least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    int most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (second < least || second > most) {
      return UNSURE;
    }
    for (int i = 2; i < length; i++) {
      if ((text[at + i] & 0xC0) != 0x80) {
        return UNSURE;
      }
    }
    return at + length;
  }

  private static int skipNumber(byte[] text, int from, int end) {
    int at = from < end && text[from] == '-' ? from + 1 : from;
    boolean zero = at < end && text[at] == '0';
    int whole = skipDigits(text, at, end);
    if (whole == at || (zero && whole > at + 1)) {
      return UNSURE;
    }
    at = whole;
    if (at < end && text[at] == '.') {
      int fraction = skipDigits(text, at + 1, end);
      if (fraction == at + 1) {
        return UNSURE;
      }
      at = fraction;
    }
    if (at < end && (text[at] == 'e' || text[at] == 'E')) {
      int sign = at + 1 < end && (text[at + 1] == '+' || text[at + 1] == '-') ? at + 2 : at + 1;
      int exponent = skipDigits(text, sign, end);
      if (exponent == sign) {
        return UNSURE;
      }
      at = exponent;
    }
    return at - from > LONGEST || !isEnd(text, at, end) ? UNSURE : at;
  }

  private static int skipDigits(byte[] text, int from, int end) {
    int at = from;
    while (at < end && text[at] >= '0' && text[at] <= '9') {
      at++;
    }
    return at;
  }

  /** Whether this word begins there and ends as a value does. */
  private static boolean isAt(byte[] text, int at, int end, String word) {
    if (at + word.length() >= end) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (text[at + i] != word.charAt(i)) {
        return false;
      }
    }
    return isEnd(text, at + word.length(), end);
  }

  /** Whether a value that has no end of its own ends before this index. */
  private static boolean isEnd(byte[] text, int at, int end) {
    return at < end && (isSpace(text[at]) || text[at] == ',' || text[at] == '}' || text[at] == ']');
  }
}
