package headroom.load.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import headroom.load.journey.JsonPath;
import java.io.IOException;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/** Finds one value in a JSON text without building a tree of it. */
final class JsonValue {
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonValue() {}

  /**
   * The value at a path: a string without its quotes, any other as JSON. Absent when there is none,
   * when it is null, or when the text before it is no JSON.
   */
  static @Nullable String find(byte[] text, JsonPath path) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      JsonToken token = parser.nextToken();
      for (JsonPath.Element element : path.elements()) {
        token =
            switch (element) {
              case JsonPath.Name name -> descend(parser, token, name.name());
              case JsonPath.Index index -> descend(parser, token, index.index());
            };
      }
      return token == null || token == JsonToken.VALUE_NULL ? null : show(parser, token);
    } catch (IOException malformed) {
      return null;
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
