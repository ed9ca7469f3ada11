package headroom.load.network;

import java.nio.charset.StandardCharsets;

/**
 * Reads names, numbers and texts out of the bytes of a head, mostly without making texts of them.
 */
final class HeadBytes {
  private static final int MOST_SHOWN = 60;

  private HeadBytes() {}

  /** The index of a byte, {@code end} where it is not. */
  static int indexOf(byte[] bytes, int from, int end, char wanted) {
    int at = from;
    while (at < end && bytes[at] != wanted) {
      at++;
    }
    return at;
  }

  /** Whether the bytes are this lower-case name, whatever their case. */
  static boolean is(byte[] bytes, int from, String name) {
    for (int i = 0; i < name.length(); i++) {
      int b = bytes[from + i];
      if (b >= 'A' && b <= 'Z') {
        b += 'a' - 'A';
      }
      if (b != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** As {@link #is}, for all that lies between two indexes but the spaces around it. */
  static boolean isValue(byte[] bytes, int from, int end, String name) {
    int first = skipSpace(bytes, from, end);
    return trimSpace(bytes, first, end) - first == name.length() && is(bytes, first, name);
  }

  static boolean isSpace(byte b) {
    return b == ' ' || b == '\t';
  }

  private static int skipSpace(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end && isSpace(bytes[at])) {
      at++;
    }
    return at;
  }

  private static int trimSpace(byte[] bytes, int from, int end) {
    int last = end;
    while (last > from && isSpace(bytes[last - 1])) {
      last--;
    }
    return last;
  }

  /** A length in decimal digits with spaces around them. */
  static long length(byte[] bytes, int from, int end) throws BadResponseException {
    int first = skipSpace(bytes, from, end);
    int last = trimSpace(bytes, first, end);
    if (first == last || last - first > 18) {
      throw malformed("not a content-length", bytes, from, end);
    }
    long value = 0;
    for (int at = first; at < last; at++) {
      if (bytes[at] < '0' || bytes[at] > '9') {
        throw malformed("not a content-length", bytes, from, end);
      }
      value = value * 10 + bytes[at] - '0';
    }
    return value;
  }

  /** The length that the line before a chunk gives, in hexadecimal digits. */
  static long chunkSize(byte[] bytes, int from, int end) throws BadResponseException {
    long size = 0;
    int at = from;
    while (at < end) {
      int digit = Character.digit(bytes[at], 16);
      if (digit < 0) {
        break;
      }
      if (at - from >= 15) {
        throw new BadResponseException(true, "a chunk of more than 2^60 bytes");
      }
      size = size * 16 + digit;
      at++;
    }
    if (at == from || (at < end && bytes[at] != ';' && !isSpace(bytes[at]))) {
      throw malformed("not a chunk size", bytes, from, end);
    }
    return size;
  }

  /** The status in a line such as {@code HTTP/1.1 200 OK}. */
  static int status(byte[] bytes, int from, int end) throws BadResponseException {
    if (end - from < 12
        || bytes[from] != 'H'
        || bytes[from + 1] != 'T'
        || bytes[from + 2] != 'T'
        || bytes[from + 3] != 'P'
        || bytes[from + 4] != '/'
        || bytes[from + 5] != '1'
        || bytes[from + 8] != ' ') {
      throw malformed("not a status line", bytes, from, end);
    }
    int code = 0;
    for (int i = from + 9; i < from + 12; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        throw malformed("not a status line", bytes, from, end);
      }
      code = code * 10 + bytes[i] - '0';
    }
    if (code < 100) {
      throw new BadResponseException(false, "no such status: " + code);
    }
    return code;
  }

  /** The bytes as a text, without the spaces around it. */
  static String value(byte[] bytes, int from, int end) {
    return new String(bytes, from, end - from, StandardCharsets.ISO_8859_1).strip();
  }

  /** What is wrong, and the bytes in which it is. */
  static BadResponseException malformed(String what, byte[] bytes, int from, int end) {
    int shown = Math.min(MOST_SHOWN, end - from);
    String text = new String(bytes, from, shown, StandardCharsets.ISO_8859_1);
    return new BadResponseException(false, what + ": '" + text.replaceAll("[^ -~]", "?") + "'");
  }
}
