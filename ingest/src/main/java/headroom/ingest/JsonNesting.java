package headroom.ingest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Where in a JSON document a byte stands: how deep, in a string or not, in which array. */
final class JsonNesting {
  /** What a byte means for the document. */
  enum Meaning {
    GOES_ON,
    STRING_ENDS,
    /** A whole element of an array of resources has been read. */
    ELEMENT_ENDS,
    ENDS,
    /** No document has such a byte here. */
    BROKEN
  }

  private static final int MAX_DEPTH = 64;
  private static final List<byte[]> RESOURCES =
      List.of(utf8("resourceSpans"), utf8("resourceMetrics"), utf8("resourceLogs"));

  /** What the resources of a document begin with, and a document that is nothing but one. */
  private static final List<byte[]> OF_A_RESOURCE =
      List.of(
          utf8("resource"),
          utf8("scopeSpans"),
          utf8("scopeMetrics"),
          utf8("scopeLogs"),
          utf8("instrumentationLibrarySpans"),
          utf8("instrumentationLibraryMetrics"),
          utf8("instrumentationLibraryLogs"));

  /** By depth: whether an object is open there, rather than an array. */
  private final boolean[] isObject = new boolean[MAX_DEPTH];

  /** The last byte that is not white space; a quotation mark for any string. */
  private byte last;

  private boolean outside = true;
  private int depth;
  private boolean inString;
  private boolean escaped;
  private int stringStart;
  private boolean resourcesKey;

  /** Within an array of resources of the document. */
  private boolean inResources;

  private byte[] arrayHead = {};
  private boolean skipsComma;

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A document begins with the next byte. */
  void begin() {
    outside = false;
    depth = 0;
    inString = false;
    escaped = false;
    last = 0;
    resourcesKey = false;
    inResources = false;
    skipsComma = false;
  }

  /** What there was of a document has ended. */
  void end() {
    outside = true;
  }

  boolean isOutside() {
    return outside;
  }

  boolean isInString() {
    return inString;
  }

  /** Where the string that ended last began, its quotation mark included. */
  int stringStart() {
    return stringStart;
  }

  /** Whether the string that ended last names an array of resources. */
  boolean isResourcesKey() {
    return resourcesKey;
  }

  /** Whether an object may begin where the document stands. */
  boolean mayOpen() {
    return switch (last) {
      case '[', ':' -> true;
      case ',' -> !isObject[depth - 1];
      default -> depth == 0;
    };
  }

  /**
   * Whether the string that ends here is the first key of a resource that is in no array of them,
   * when it is the first of its object.
   */
  boolean isKeyOfBareResource(byte[] buffer, int position) {
    return !(inResources && depth == 3)
        && OF_A_RESOURCE.stream().anyMatch(name -> is(name, buffer, position));
  }

  /** What a document begins with that has nothing but the present array of resources. */
  byte[] arrayHead() {
    return arrayHead;
  }

  /** Elements were taken out: the comma behind them must go too. */
  void skipComma() {
    skipsComma = true;
  }

  /** The places of all that was read are so many bytes nearer to the beginning of the buffer. */
  void shift(int bytes) {
    stringStart -= bytes;
  }

  Meaning take(byte one, byte[] buffer, int position) {
    if (inString) {
      return inString(one, buffer, position);
    }
    if (one > ' ') {
      last = one;
    }
    return switch (one) {
      case '"' -> {
        if (depth == 0) {
          yield Meaning.BROKEN;
        }
        inString = true;
        stringStart = position;
        yield Meaning.GOES_ON;
      }
      case '{' -> open(true);
      case '[' -> {
        if (depth == 1 && resourcesKey && stringStart > 0) {
          inResources = true;
          arrayHead = Arrays.copyOfRange(buffer, stringStart - 1, position + 1);
          arrayHead[0] = '{';
        }
        yield depth == 0 ? Meaning.BROKEN : open(false);
      }
      case '}' -> close(true);
      case ']' -> close(false);
      case ',' -> {
        if (skipsComma && depth == 2) {
          buffer[position] = ' ';
        }
        skipsComma = false;
        yield Meaning.GOES_ON;
      }
      default -> depth == 0 ? Meaning.BROKEN : Meaning.GOES_ON;
    };
  }

  private Meaning inString(byte one, byte[] buffer, int position) {
    if (escaped) {
      escaped = false;
    } else if (one == '\\') {
      escaped = true;
    } else if (one == '"') {
      inString = false;
      resourcesKey = RESOURCES.stream().anyMatch(name -> is(name, buffer, position));
      return Meaning.STRING_ENDS;
    }
    return Meaning.GOES_ON;
  }

  private boolean is(byte[] name, byte[] buffer, int position) {
    return stringStart > 0
        && position - stringStart - 1 == name.length
        && Arrays.equals(buffer, stringStart + 1, position, name, 0, name.length);
  }

  private Meaning open(boolean object) {
    if (depth == MAX_DEPTH) {
      return Meaning.BROKEN;
    }
    isObject[depth++] = object;
    return Meaning.GOES_ON;
  }

  private Meaning close(boolean object) {
    if (depth == 0 || isObject[depth - 1] != object) {
      return Meaning.BROKEN;
    }
    depth--;
    skipsComma &= depth >= 2;
    if (depth == 0) {
      return Meaning.ENDS;
    }
    if (depth == 1) {
      inResources = false;
    }
    return inResources && depth == 2 ? Meaning.ELEMENT_ENDS : Meaning.GOES_ON;
  }
}
