package headroom.ingest.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of protobuf's JSON mapping from a stream of tokens: 64-bit integers as numbers
 * or strings, enums as numbers or names, ids in hexadecimal, {@code null} for what is not there.
 *
 * <p>Each {@code read…} is called with the value's first token current and leaves its last one
 * current.
 */
final class JsonReader {
  private static final int MAX_DEPTH = 64;
  private static final int MAX_STRING_CHARACTERS = 4 << 20;

  /** Recognition of UTF-16 and UTF-32 is off: OTLP is UTF-8, and offsets are meant in bytes. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(MAX_STRING_CHARACTERS)
                  .build())
          .build();

  private final TextReader texts;
  private byte[] scratch = new byte[256];

  JsonReader(TextReader texts) {
    this.texts = texts;
  }

  static JsonParser parse(byte[] bytes, int from, int length) throws IOException {
    return FACTORY.createParser(bytes, from, length);
  }

  /** Whether an object begins here; false for null. */
  static boolean isObject(JsonParser json, String what) throws IOException {
    return begins(json, JsonToken.START_OBJECT, "an object", what);
  }

  /** Whether an array begins here; false for null. */
  static boolean isArray(JsonParser json, String what) throws IOException {
    return begins(json, JsonToken.START_ARRAY, "an array", what);
  }

  /** Text, cut and interned; the empty text for null. */
  String readText(JsonParser json, String what) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return "";
    }
    require(json, JsonToken.VALUE_STRING, "a string", what);
    int length = json.getTextLength();
    char[] characters = json.getTextCharacters();
    int from = json.getTextOffset();
    if (length > scratch.length) {
      if (length > 1 << 16) {
        return texts.read(json.getText());
      }
      scratch = new byte[Integer.highestOneBit(length) << 1];
    }
    for (int i = 0; i < length; i++) {
      char character = characters[from + i];
      if (character >= 0x80) {
        return texts.read(json.getText());
      }
      scratch[i] = (byte) character;
    }
    return texts.read(scratch, 0, length);
  }

  /** A 64-bit integer, signed or not; 0 for null. */
  static long readLong(JsonParser json, String what) throws IOException {
    return switch (json.currentToken()) {
      case VALUE_NULL -> 0;
      case VALUE_NUMBER_INT -> readInteger(json, what);
      case VALUE_NUMBER_FLOAT -> integral(json, json.getDoubleValue(), what);
      case VALUE_STRING -> parseLong(json, json.getText(), what);
      default -> throw unexpected(json, "an integer", what);
    };
  }

  static int readInt(JsonParser json, String what) throws IOException {
    long value = readLong(json, what);
    if (value != (int) value) {
      throw bad(json, what + " must fit into 32 bits, got " + value);
    }
    return (int) value;
  }

  /** A number, also as text: "NaN", "Infinity", "-Infinity". */
  static double readDouble(JsonParser json, String what) throws IOException {
    return switch (json.currentToken()) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getDoubleValue();
      case VALUE_STRING -> parseDouble(json, json.getText(), what);
      default -> throw unexpected(json, "a number", what);
    };
  }

  static boolean readBoolean(JsonParser json, String what) throws IOException {
    return switch (json.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE, VALUE_NULL -> false;
      default -> throw unexpected(json, "true or false", what);
    };
  }

  /**
   * An enum's number.
   *
   * @param names by number; a name that is not among them counts as 0, as an unknown number would
   */
  static int readEnum(JsonParser json, String what, String... names) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      return readInt(json, what);
    }
    String name = json.getText();
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    return 0;
  }

  /** A scalar value as text; null for anything else, which is skipped. */
  @Nullable String readScalar(JsonParser json, String field) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    return switch (field) {
      case "stringValue" -> readText(json, field);
      case "boolValue" -> Boolean.toString(readBoolean(json, field));
      case "intValue" -> Interner.digits(readLong(json, field));
      case "doubleValue" -> Double.toString(readDouble(json, field));
      default -> {
        json.skipChildren();
        yield null;
      }
    };
  }

  /**
   * Reads hexadecimal digits.
   *
   * @return whether there are exactly {@code 16 * target.length} of them, which are then in {@code
   *     target}
   */
  static boolean readHex(JsonParser json, long[] target, String what) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return false;
    }
    require(json, JsonToken.VALUE_STRING, "a string", what);
    if (json.getTextLength() != 16 * target.length) {
      return false;
    }
    char[] characters = json.getTextCharacters();
    int from = json.getTextOffset();
    for (int i = 0; i < target.length; i++) {
      long value = 0;
      for (int j = 0; j < 16; j++) {
        char character = characters[from + 16 * i + j];
        int digit = character < 0x80 ? Character.digit(character, 16) : -1;
        if (digit < 0) {
          return false;
        }
        value = value << 4 | digit;
      }
      target[i] = value;
    }
    return true;
  }

  static IOException bad(JsonParser json, String message) {
    return new JsonParseException(json, message, json.currentTokenLocation());
  }

  private static boolean begins(JsonParser json, JsonToken token, String shape, String what)
      throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return false;
    }
    require(json, token, shape, what);
    return true;
  }

  private static void require(JsonParser json, JsonToken token, String shape, String what)
      throws IOException {
    if (json.currentToken() != token) {
      throw unexpected(json, shape, what);
    }
  }

  private static IOException unexpected(JsonParser json, String shape, String what) {
    return bad(json, what + " must be " + shape + ", got " + json.currentToken());
  }

  private static long readInteger(JsonParser json, String what) throws IOException {
    if (json.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      return json.getLongValue();
    }
    BigInteger value = json.getBigIntegerValue();
    if (value.signum() < 0 || value.bitLength() > Long.SIZE) {
      throw bad(json, what + " must fit into 64 bits");
    }
    return value.longValue();
  }

  private static long integral(JsonParser json, double value, String what) throws IOException {
    if (value != Math.rint(value) || Math.abs(value) >= 0x1p63) {
      throw bad(json, what + " must be an integer of 64 bits, got " + value);
    }
    return (long) value;
  }

  private static long parseLong(JsonParser json, String text, String what) throws IOException {
    try {
      return text.startsWith("-") ? Long.parseLong(text) : Long.parseUnsignedLong(text);
    } catch (NumberFormatException e) {
      throw bad(json, what + " must be an integer of 64 bits, got '" + start(text) + "'");
    }
  }

  private static double parseDouble(JsonParser json, String text, String what) throws IOException {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw bad(json, what + " must be a number, got '" + start(text) + "'");
    }
  }

  private static String start(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
