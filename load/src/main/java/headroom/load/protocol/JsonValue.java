package headroom.load.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import headroom.plan.JsonPath;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds one value in a JSON text without building a tree of it. */
public final class JsonValue {
  private static final JsonFactory FACTORY = new JsonFactory();

  /** Values of one answer. */
  private static final int MOST = 10_000;

  private JsonValue() {}

  /**
   * The value at a path: a string without its quotes, any other as JSON. Absent when there is none,
   * when it is null, or when the text before it is no JSON.
   */
  public static @Nullable String find(byte[] text, JsonPath path) {
    return find(text, text.length, path);
  }

  /** As above, in the first bytes of an array. */
  public static @Nullable String find(byte[] text, int length, JsonPath path) {
    int at = JsonScan.find(text, length, path);
    if (at == JsonScan.ABSENT) {
      return null;
    }
    String plain = at == JsonScan.UNSURE ? null : JsonScan.plain(text, at, length);
    return plain == null ? parse(text, length, path) : plain;
  }

  /** As {@link #find}, with a whole parser. */
  static @Nullable String parse(byte[] text, int length, JsonPath path) {
    if (!path.isDefinite()) {
      List<String> all = all(text, length, path);
      return all.isEmpty() ? null : all.getFirst();
    }
    try (JsonParser parser = FACTORY.createParser(text, 0, length)) {
      JsonToken token = parser.nextToken();
      for (JsonPath.Element element : path.elements()) {
        token =
            switch (element) {
              case JsonPath.Name name -> descend(parser, token, name.name());
              case JsonPath.Index index -> descend(parser, token, index.index());
              case JsonPath.All all -> null;
              case JsonPath.Deep deep -> null;
            };
      }
      return token == null || token == JsonToken.VALUE_NULL ? null : show(parser, token);
    } catch (IOException malformed) {
      return null;
    }
  }

  /** The values at a path, as {@link #find} gives one, in their order; nulls are left out. */
  public static List<String> all(byte[] text, int length, JsonPath path) {
    var found = new ArrayList<String>();
    try (JsonParser parser = FACTORY.createParser(text, 0, length)) {
      JsonToken token = parser.nextToken();
      if (token != null) {
        collect(parser, token, path.elements(), found);
      }
    } catch (IOException malformed) {
      // What came before is good.
    }
    return found;
  }

  /** Takes the value that begins at this token, and leaves the parser at its end. */
  private static void collect(
      JsonParser parser, JsonToken token, List<JsonPath.Element> way, List<String> found)
      throws IOException {
    if (way.isEmpty()) {
      if (token == JsonToken.VALUE_NULL || found.size() >= MOST) {
        parser.skipChildren();
      } else {
        found.add(show(parser, token));
      }
      return;
    }
    if (!token.isStructStart()) {
      return;
    }
    JsonPath.Element element = way.getFirst();
    List<JsonPath.Element> rest = way.subList(1, way.size());
    boolean object = token == JsonToken.START_OBJECT;
    JsonToken next = parser.nextToken();
    for (int i = 0; next != null && !next.isStructEnd(); i++) {
      String name = object ? parser.currentName() : null;
      JsonToken value = object ? parser.nextToken() : next;
      if (value == null) {
        return;
      }
      boolean leads =
          switch (element) {
            case JsonPath.Name wanted -> wanted.name().equals(name);
            case JsonPath.Deep wanted -> wanted.name().equals(name);
            case JsonPath.Index wanted -> !object && wanted.index() == i;
            case JsonPath.All all -> true;
          };
      if (leads) {
        collect(parser, value, rest, found);
      } else if (element instanceof JsonPath.Deep) {
        collect(parser, value, way, found);
      } else {
        parser.skipChildren();
      }
      next = parser.nextToken();
    }
  }

  private static @Nullable JsonToken descend(JsonParser parser, @Nullable JsonToken at, String name)
      throws IOException {
    if (at != JsonToken.START_OBJECT) {
      return null;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean found = name.equals(parser.currentName());
      JsonToken value = parser.nextToken();
      if (found) {
        return value;
      }
      parser.skipChildren();
    }
    return null;
  }

  private static @Nullable JsonToken descend(JsonParser parser, @Nullable JsonToken at, int index)
      throws IOException {
    if (at != JsonToken.START_ARRAY) {
      return null;
    }
    JsonToken value = parser.nextToken();
    for (int i = 0; i < index && value != null && value != JsonToken.END_ARRAY; i++) {
      parser.skipChildren();
      value = parser.nextToken();
    }
    return value == JsonToken.END_ARRAY ? null : value;
  }

  private static String show(JsonParser parser, JsonToken token) throws IOException {
    if (!token.isStructStart()) {
      return parser.getText();
    }
    var text = new StringWriter();
    try (var generator = FACTORY.createGenerator(text)) {
      generator.copyCurrentStructure(parser);
    }
    return text.toString();
  }
}
