package headroom.server.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import headroom.model.Event;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Events as JSON: {@code {"kind": "deploy", "at": "2026-11-21T10:00:00Z", "subject": "ledger",
 * "attributes": {"version": "4f2c"}}}.
 */
final class EventsJson {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final Set<String> FIELDS = Set.of("kind", "at", "subject", "attributes");
  private static final String EXAMPLE =
      "Send {\"kind\":\"deploy\",\"subject\":\"SERVICE\",\"attributes\":{\"version\":\"VERSION\"}};"
          + " \"at\" is a time in ISO 8601 and may be left out for now.";
  private static final int LONGEST_TEXT = 1_000;
  private static final int MOST_ATTRIBUTES = 32;

  private EventsJson() {}

  static ObjectNode write(List<Event> events) {
    ObjectNode document = JSON.createObjectNode();
    ArrayNode array = document.putArray("events");
    events.forEach(event -> array.add(write(event)));
    return document;
  }

  static ObjectNode write(Event event) {
    ObjectNode node = JSON.createObjectNode();
    node.put("kind", event.kind()).put("at", event.at().toString());
    node.put("subject", event.subject());
    ObjectNode attributes = node.putObject("attributes");
    new TreeMap<>(event.attributes()).forEach(attributes::put);
    return node;
  }

  /** The event in a body; without a time it is {@code now}. */
  static Event read(String body, Instant now) {
    JsonNode json = parse(body);
    json.fieldNames()
        .forEachRemaining(name -> {
          if (!FIELDS.contains(name)) {
            throw bad("an event has no field '" + shorten(name) + "'");
          }
        });
    String kind = text(json, "kind");
    if (kind == null) {
      throw bad("an event needs a kind");
    }
    String subject = text(json, "subject");
    try {
      return new Event(kind, at(json, now), subject == null ? "" : subject, attributes(json));
    } catch (IllegalArgumentException broken) {
      throw bad(String.valueOf(broken.getMessage()));
    }
  }

  private static JsonNode parse(String body) {
    try {
      JsonNode json = JSON.readTree(body);
      if (json != null && json.isObject()) {
        return json;
      }
    } catch (JsonProcessingException broken) {
      throw bad("the body is not JSON: " + broken.getOriginalMessage());
    }
    throw bad("the body must be one JSON object");
  }

  private static Instant at(JsonNode json, Instant now) {
    String at = text(json, "at");
    try {
      return at == null ? now : Instant.parse(at);
    } catch (DateTimeException broken) {
      throw bad("at must be a time in ISO 8601, got '" + shorten(String.valueOf(at)) + "'");
    }
  }

  private static Map<String, String> attributes(JsonNode json) {
    JsonNode attributes = json.path("attributes");
    if (attributes.isMissingNode()) {
      return Map.of();
    }
    if (!attributes.isObject() || attributes.size() > MOST_ATTRIBUTES) {
      throw bad("attributes must be an object of at most " + MOST_ATTRIBUTES + " texts");
    }
    Map<String, String> texts = new LinkedHashMap<>();
    attributes
        .fieldNames()
        .forEachRemaining(name -> {
          String value = text(attributes, name);
          if (name.length() > LONGEST_TEXT || value == null) {
            throw bad("attribute '" + shorten(name) + "' must be a text of sensible length");
          }
          texts.put(name, value);
        });
    return texts;
  }

  private static @Nullable String text(JsonNode json, String name) {
    JsonNode value = json.path(name);
    if (value.isMissingNode()) {
      return null;
    }
    if (!value.isTextual() || value.textValue().length() > LONGEST_TEXT) {
      throw bad("%s must be a text of at most %d characters".formatted(name, LONGEST_TEXT));
    }
    return value.textValue();
  }

  private static String shorten(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }

  private static ApiException bad(String message) {
    return ApiException.badRequest(message, EXAMPLE);
  }
}
