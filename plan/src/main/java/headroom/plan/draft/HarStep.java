package headroom.plan.draft;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Writes one recorded exchange as a step. */
final class HarStep {
  /**
   * What a browser or the connection adds by itself, and what would make the answer depend on it.
   */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "host",
          "connection",
          "content-length",
          "content-type",
          "cookie",
          "user-agent",
          "accept-encoding",
          "accept-language",
          "origin",
          "referer",
          "cache-control",
          "pragma",
          "dnt",
          "te",
          "priority",
          "upgrade-insecure-requests",
          "if-none-match",
          "if-modified-since",
          "transfer-encoding",
          "keep-alive",
          "proxy-connection");

  private final PlanText text;
  private final CarriedValues correlation;
  private final Secrets secrets;
  private final int step;

  HarStep(PlanText text, CarriedValues correlation, Secrets secrets, int step) {
    this.text = text;
    this.correlation = correlation;
    this.secrets = secrets;
    this.step = step;
  }

  void write(Recorded exchange) {
    String method = exchange.method().toLowerCase(Locale.ROOT);
    String mark = exchange.isWrite() ? "   # write" : "";
    text.line("- " + method + ": " + PlanText.block(target(exchange)) + mark);
    text.in();
    body(exchange);
    Map<String, String> headers = headers(exchange);
    if (!headers.isEmpty()) {
      text.map("headers", headers);
    }
    // Conditions were left out, so that an answer "not modified" comes whole.
    if (exchange.status() >= 300 && exchange.status() != 304) {
      text.line("expect: { status: " + exchange.status() + " }");
    }
    List<CarriedValues.Link> saved = correlation.savedBy(step);
    if (!saved.isEmpty()) {
      text.line("save:");
      text.in();
      saved.forEach(link -> text.line(link.name() + ": " + link.place().yaml()));
      text.out();
    }
    text.out();
  }

  private String target(Recorded exchange) {
    var path = new StringBuilder();
    for (String segment : Requests.segments(exchange)) {
      String decoded = Recorded.decode(segment.replace("+", "%2B"));
      path.append('/');
      path.append(
          correlation.touches(step, decoded)
              ? PlanText.percent(correlation.fill(step, decoded))
              : PlanText.literal(segment));
    }
    String raw = String.valueOf(exchange.uri().getRawPath());
    if (path.isEmpty() || raw.endsWith("/")) {
      path.append('/');
    }
    var query = new ArrayList<String>();
    for (Recorded.Field field : Requests.query(exchange)) {
      query.add(
          PlanText.percent(PlanText.literal(field.name()))
              + "="
              + PlanText.percent(value(field.name(), field.value())));
    }
    return path + (query.isEmpty() ? "" : "?" + String.join("&", query));
  }

  /** A value carried over, or a secret's stand-in, or the value itself. */
  private String value(String name, String value) {
    boolean secret = Secrets.isSecretField(name) && !correlation.touches(step, value);
    return secret ? secrets.standIn(name, value) : correlation.fill(step, value);
  }

  private Map<String, String> headers(Recorded exchange) {
    var headers = new LinkedHashMap<String, String>();
    for (Recorded.Field header : exchange.headers()) {
      String name = header.name().toLowerCase(Locale.ROOT);
      boolean plainAccept = name.equals("accept") && header.value().contains("*/*");
      if (name.startsWith(":")
          || name.startsWith("sec-")
          || LEFT_OUT.contains(name)
          || plainAccept
          || header.value().isEmpty()) {
        continue;
      }
      headers.put(name, header(name, header.value()));
    }
    String type = exchange.requestType();
    if (!type.isEmpty()
        && !type.matches("(application/(json|x-www-form-urlencoded)|multipart/).*")) {
      headers.put("content-type", PlanText.literal(type));
    } else if (type.matches("application/json.+")) {
      headers.put("content-type", PlanText.literal(type));
    }
    return headers;
  }

  private String header(String name, String value) {
    if (correlation.touches(step, value)) {
      return correlation.fill(step, value);
    }
    int space = value.indexOf(' ');
    if (space > 0 && correlation.touches(step, value.substring(space + 1))) {
      return PlanText.literal(value.substring(0, space + 1))
          + correlation.fill(step, value.substring(space + 1));
    }
    return Secrets.isSecretHeader(name)
        ? secrets.standInForHeader(name, value)
        : PlanText.literal(value);
  }

  private void body(Recorded exchange) {
    String type = exchange.requestType();
    if (type.contains("x-www-form-urlencoded") && !exchange.form().isEmpty()) {
      text.map("form", fields(exchange));
    } else if (type.startsWith("multipart/") && !exchange.form().isEmpty()) {
      text.map("multipart", fields(exchange));
    } else if (Requests.json(exchange).isPresent()) {
      text.json("json", filled("", Requests.json(exchange).get()));
    } else if (!exchange.requestBody().isEmpty()) {
      text.line("body: " + PlanText.quoted(correlation.fill(step, exchange.requestBody())));
    }
  }

  private Map<String, String> fields(Recorded exchange) {
    var fields = new LinkedHashMap<String, String>();
    exchange.form().forEach(field -> fields.put(field.name(), value(field.name(), field.value())));
    return fields;
  }

  /** A JSON body with variables in it. */
  private JsonNode filled(String name, JsonNode node) {
    if (node.isObject()) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      node.properties()
          .forEach(entry ->
              object.set(
                  PlanText.literal(entry.getKey()), filled(entry.getKey(), entry.getValue())));
      return object;
    }
    if (node.isArray()) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      node.forEach(element -> array.add(filled(name, element)));
      return array;
    }
    if (node.isTextual()) {
      return JsonNodeFactory.instance.textNode(value(name, node.asText()));
    }
    boolean carried = node.isNumber() && correlation.carried(step, node.asText()) != null;
    return carried ? JsonNodeFactory.instance.textNode(correlation.fill(step, node)) : node;
  }
}
