package headroom.plan.draft;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashSet;
import java.util.Set;

/** Values that a schema would accept: the author's own example where there is one. */
final class Examples {
  private static final int DEEPEST = 6;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final OpenApiDocument document;

  Examples(OpenApiDocument document) {
    this.document = document;
  }

  /** A value for a parameter, or for the body of a media type. */
  JsonNode of(JsonNode holder) {
    if (holder.has("example")) {
      return literal(holder.path("example"));
    }
    for (JsonNode example : holder.path("examples")) {
      JsonNode value = document.resolved(example).path("value");
      if (!value.isMissingNode()) {
        return literal(value);
      }
    }
    return ofSchema(holder.path("schema"), 0);
  }

  JsonNode ofSchema(JsonNode unresolved, int depth) {
    JsonNode schema = document.resolved(unresolved);
    for (String key : new String[] {"example", "default", "const"}) {
      if (schema.has(key)) {
        return literal(schema.path(key));
      }
    }
    for (String key : new String[] {"examples", "enum"}) {
      if (schema.path(key).isArray() && !schema.path(key).isEmpty()) {
        return literal(schema.path(key).get(0));
      }
    }
    if (depth > DEEPEST) {
      return NODES.nullNode();
    }
    if (schema.has("allOf")) {
      return all(schema, depth);
    }
    for (String key : new String[] {"oneOf", "anyOf"}) {
      if (schema.path(key).isArray() && !schema.path(key).isEmpty()) {
        return ofSchema(schema.path(key).get(0), depth + 1);
      }
    }
    return switch (type(schema)) {
      case "object" -> object(schema, depth);
      case "array" -> array(schema, depth);
      case "integer" -> NODES.numberNode((long) number(schema));
      case "number" -> NODES.numberNode(number(schema));
      case "boolean" -> NODES.booleanNode(true);
      case "null" -> NODES.nullNode();
      default -> TextNode.valueOf(text(schema));
    };
  }

  /** OpenAPI 3.1 has lists of types: the first that is not null. */
  private static String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    if (type.isArray()) {
      for (JsonNode each : type) {
        if (!each.asText().equals("null")) {
          return each.asText();
        }
      }
    }
    if (type.isTextual()) {
      return type.asText();
    }
    return schema.has("properties") ? "object" : schema.has("items") ? "array" : "string";
  }

  private JsonNode all(JsonNode schema, int depth) {
    ObjectNode merged = NODES.objectNode();
    for (JsonNode part : schema.path("allOf")) {
      if (ofSchema(part, depth + 1) instanceof ObjectNode object) {
        merged.setAll(object);
      }
    }
    if (schema.has("properties")) {
      merged.setAll(object(schema, depth));
    }
    return merged;
  }

  /** Required properties always, optional ones as long as it is not deep. */
  private ObjectNode object(JsonNode schema, int depth) {
    Set<String> required = new HashSet<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    ObjectNode object = NODES.objectNode();
    schema
        .path("properties")
        .properties()
        .forEach(entry -> {
          JsonNode property = document.resolved(entry.getValue());
          boolean wanted = required.contains(entry.getKey()) || depth < 2;
          if (wanted && !property.path("readOnly").asBoolean()) {
            object.set(PlanText.literal(entry.getKey()), ofSchema(entry.getValue(), depth + 1));
          }
        });
    return object;
  }

  private ArrayNode array(JsonNode schema, int depth) {
    ArrayNode array = NODES.arrayNode();
    int least = Math.clamp(schema.path("minItems").asInt(1), 1, 10);
    for (int i = 0; i < least; i++) {
      array.add(ofSchema(schema.path("items"), depth + 1));
    }
    return array;
  }

  private static double number(JsonNode schema) {
    double low = schema.path("minimum").asDouble(schema.path("exclusiveMinimum").asDouble(0) + 1);
    double high = schema.path("maximum").asDouble(Double.POSITIVE_INFINITY);
    double step = schema.path("multipleOf").asDouble(0);
    double value = Math.min(Math.max(1, low), high);
    return step > 0 ? Math.ceil(value / step) * step : value;
  }

  private static String text(JsonNode schema) {
    return switch (schema.path("format").asText()) {
      case "date-time" -> "2026-01-31T12:00:00Z";
      case "date" -> "2026-01-31";
      case "time" -> "12:00:00Z";
      case "uuid" -> "${uuid}";
      case "email" -> "user-${user}@example.com";
      case "uri", "url" -> "https://example.com/";
      case "hostname" -> "example.com";
      case "ipv4" -> "192.0.2.1";
      case "ipv6" -> "2001:db8::1";
      case "byte" -> "aGVsbG8=";
      default -> {
        int least = Math.clamp(schema.path("minLength").asInt(0), 0, 1_000);
        int most = Math.max(0, schema.path("maxLength").asInt(Integer.MAX_VALUE));
        String word = "text".repeat(Math.max(1, Math.ceilDiv(least, 4)));
        yield word.substring(0, Math.min(most, Math.max(least, 4)));
      }
    };
  }

  /** An author's example is no template. */
  private static JsonNode literal(JsonNode node) {
    if (node.isTextual()) {
      return TextNode.valueOf(PlanText.literal(node.asText()));
    }
    if (node.isObject()) {
      ObjectNode object = NODES.objectNode();
      node.properties()
          .forEach(e -> object.set(PlanText.literal(e.getKey()), literal(e.getValue())));
      return object;
    }
    if (node.isArray()) {
      ArrayNode array = NODES.arrayNode();
      node.forEach(element -> array.add(literal(element)));
      return array;
    }
    return node;
  }
}
