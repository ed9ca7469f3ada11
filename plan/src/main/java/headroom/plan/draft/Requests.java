package headroom.plan.draft;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes requests apart into the values that they carry. */
final class Requests {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Requests() {}

  /**
   * A value in a request.
   *
   * @param name the field, parameter or header; for a segment of a path what the segment before it
   *     suggests
   */
  record Part(String name, String value, boolean isPath) {}

  static List<Part> parts(Recorded exchange) {
    var parts = new ArrayList<Part>();
    String before = "path";
    for (String segment : segments(exchange)) {
      String value = Recorded.decode(segment.replace("+", "%2B"));
      parts.add(new Part(CarriedValues.singular(before) + "_id", value, true));
      before = value;
    }
    for (Recorded.Field field : query(exchange)) {
      parts.add(new Part(field.name(), field.value(), false));
    }
    for (Recorded.Field header : exchange.headers()) {
      String value = header.value();
      parts.add(new Part(header.name(), value, false));
      int space = value.indexOf(' ');
      if (space > 0) {
        parts.add(new Part(header.name(), value.substring(space + 1), false));
      }
    }
    exchange.form().forEach(field -> parts.add(new Part(field.name(), field.value(), false)));
    json(exchange).ifPresent(body -> scalars("body", body, parts));
    return parts;
  }

  static List<String> segments(Recorded exchange) {
    var segments = new ArrayList<String>();
    String path = exchange.uri().getRawPath();
    for (String segment : (path == null ? "" : path).split("/")) {
      if (!segment.isEmpty()) {
        segments.add(segment);
      }
    }
    return segments;
  }

  /** The parameters of the query, decoded, in order. */
  static List<Recorded.Field> query(Recorded exchange) {
    var fields = new ArrayList<Recorded.Field>();
    String query = exchange.uri().getRawQuery();
    for (String pair : query == null || query.isEmpty() ? new String[0] : query.split("&")) {
      int equals = pair.indexOf('=');
      fields.add(
          new Recorded.Field(
              Recorded.decode(equals < 0 ? pair : pair.substring(0, equals)),
              equals < 0 ? "" : Recorded.decode(pair.substring(equals + 1))));
    }
    return fields;
  }

  /** The body, where it is JSON. */
  static Optional<JsonNode> json(Recorded exchange) {
    return exchange.requestType().contains("json")
        ? parse(exchange.requestBody())
        : Optional.empty();
  }

  static Optional<JsonNode> parse(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      return node == null || node.isMissingNode() ? Optional.empty() : Optional.of(node);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static void scalars(String name, JsonNode node, List<Part> into) {
    if (node.isObject()) {
      node.properties().forEach(entry -> scalars(entry.getKey(), entry.getValue(), into));
    } else if (node.isArray()) {
      node.forEach(element -> scalars(name, element, into));
    } else if (node.isTextual() || node.isNumber()) {
      into.add(new Part(name, node.asText(), false));
    }
  }
}
