package headroom.plan.draft;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes the operations of one tag as a journey: what an earlier step lists or makes is what a
 * later one looks at.
 */
final class ApiJourney {
  private static final Pattern PLACE = Pattern.compile("\\{([^}]+)}");
  private static final String PAUSE = "- think: 1s..3s";

  private final PlanText text;
  private final OpenApiDocument document;
  private final Examples examples;
  private final ApiSecurity security;
  private final Set<String> guessed;

  /** Variables by the place in a path that they fill: {@code /orders/{id}}. */
  private final Map<String, String> saved = new HashMap<>();

  /**
   * @param guessed receives the names of parameters for which nothing gives a value
   */
  ApiJourney(PlanText text, OpenApiDocument document, ApiSecurity security, Set<String> guessed) {
    this.text = text;
    this.document = document;
    this.examples = new Examples(document);
    this.security = security;
    this.guessed = guessed;
  }

  void write(List<Endpoint> endpoints) {
    for (int i = 0; i < endpoints.size(); i++) {
      if (i > 0) {
        text.line(PAUSE);
      }
      step(endpoints.get(i), endpoints);
    }
  }

  private void step(Endpoint endpoint, List<Endpoint> all) {
    String mark = endpoint.isWrite() ? "   # write" : "";
    text.line("- " + endpoint.method() + ": " + PlanText.block(target(endpoint)) + mark);
    text.in();
    body(document.resolved(endpoint.operation().path("requestBody")));
    Map<String, String> headers = new LinkedHashMap<>(security.own(endpoint.operation()));
    for (JsonNode parameter : endpoint.parameters()) {
      String name = parameter.path("name").asText();
      boolean wanted = parameter.path("in").asText().equals("header") && isRequired(parameter);
      if (wanted && !name.matches("(?i)accept|content-type|authorization")) {
        headers.put(name, value(parameter));
      }
    }
    if (!headers.isEmpty()) {
      text.map("headers", headers);
    }
    expected(endpoint);
    save(endpoint, all);
    text.out();
  }

  private static boolean isRequired(JsonNode parameter) {
    return parameter.path("required").asBoolean();
  }

  private String target(Endpoint endpoint) {
    var path = new StringBuilder();
    Matcher place = PLACE.matcher(endpoint.path());
    int at = 0;
    while (place.find()) {
      path.append(PlanText.literal(endpoint.path().substring(at, place.start())));
      String whole = endpoint.path().substring(0, place.end());
      String variable = saved.get(whole);
      path.append(
          variable != null
              ? "${" + variable + "}"
              : PlanText.percent(inPath(endpoint, place.group(1))));
      at = place.end();
    }
    path.append(PlanText.literal(endpoint.path().substring(at)));
    var query = new ArrayList<String>();
    for (JsonNode parameter : endpoint.parameters()) {
      if (parameter.path("in").asText().equals("query") && isRequired(parameter)) {
        query.add(
            PlanText.percent(PlanText.literal(parameter.path("name").asText()))
                + "="
                + PlanText.percent(value(parameter)));
      }
    }
    query.addAll(security.query(endpoint.operation()));
    return path + (query.isEmpty() ? "" : "?" + String.join("&", query));
  }

  private String inPath(Endpoint endpoint, String name) {
    for (JsonNode parameter : endpoint.parameters()) {
      if (parameter.path("in").asText().equals("path")
          && parameter.path("name").asText().equals(name)) {
        return value(parameter);
      }
    }
    guessed.add(name);
    return "1";
  }

  private String value(JsonNode parameter) {
    JsonNode schema = document.resolved(parameter.path("schema"));
    boolean told =
        parameter.has("example")
            || parameter.has("examples")
            || schema.has("example")
            || schema.has("default")
            || schema.has("enum")
            || schema.has("examples");
    if (!told) {
      guessed.add(parameter.path("name").asText());
    }
    JsonNode example = examples.of(parameter);
    return example.isArray() ? example.path(0).asText() : example.asText();
  }

  private void body(JsonNode request) {
    JsonNode content = request.path("content");
    for (Map.Entry<String, JsonNode> media : content.properties()) {
      if (media.getKey().matches("application/(.+\\+)?json.*")) {
        text.json("json", examples.of(media.getValue()));
        return;
      }
    }
    for (Map.Entry<String, JsonNode> media : content.properties()) {
      JsonNode example = examples.of(media.getValue());
      String type = media.getKey();
      boolean form = type.startsWith("application/x-www-form-urlencoded");
      if ((form || type.startsWith("multipart/")) && example.isObject()) {
        text.map(form ? "form" : "multipart", fields(example));
      } else {
        text.line(
            "body: { type: %s, text: %s }"
                .formatted(PlanText.quoted(type), PlanText.quoted(example.asText())));
      }
      return;
    }
  }

  private static Map<String, String> fields(JsonNode object) {
    var fields = new LinkedHashMap<String, String>();
    object
        .properties()
        .forEach(entry -> {
          JsonNode value = entry.getValue();
          fields.put(entry.getKey(), value.isContainerNode() ? value.toString() : value.asText());
        });
    return fields;
  }

  /** The first success that the document promises. */
  private void expected(Endpoint endpoint) {
    String status = success(endpoint);
    if (status != null && status.matches("[23]\\d\\d")) {
      text.line("expect: { status: " + status + " }");
    }
  }

  private static @Nullable String success(Endpoint endpoint) {
    return endpoint.responses().keySet().stream()
        .filter(status -> status.matches("[23](\\d\\d|XX|xx)"))
        .sorted()
        .findFirst()
        .orElse(null);
  }

  /** Keeps the id of what was made or listed, for the operations below this path. */
  private void save(Endpoint endpoint, List<Endpoint> all) {
    boolean gives = endpoint.method().equals("post") || endpoint.method().equals("get");
    for (Endpoint other : gives ? all : List.<Endpoint>of()) {
      Matcher place = PLACE.matcher(other.path());
      while (place.find()) {
        String whole = other.path().substring(0, place.end());
        String parameter = place.group(1);
        boolean below = Endpoint.collection(other.path(), parameter).equals(endpoint.path());
        if (below && !saved.containsKey(whole)) {
          String path = identifier(endpoint, parameter);
          if (path != null) {
            String variable = variable(endpoint, parameter);
            saved.put(whole, variable);
            text.line("save: { " + variable + ": " + quotedPath(path) + " }");
            return;
          }
        }
      }
    }
  }

  private static String quotedPath(String path) {
    return path.matches("\\$[A-Za-z0-9_.]*") ? path : PlanText.quoted(path);
  }

  private String variable(Endpoint endpoint, String parameter) {
    String own = parameter.replaceAll("[^A-Za-z0-9_]+", "_");
    String segment = endpoint.path().replaceAll(".*/", "").replaceAll("[^A-Za-z0-9_]+", "_");
    String name =
        own.matches("(?i)id|uuid|key") ? CarriedValues.singular(segment) + "_" + own : own;
    String safe = name.matches("[A-Za-z_].*") ? name : "id_" + name;
    return saved.containsValue(safe) || safe.matches("user|uuid|random")
        ? safe + "_" + saved.size()
        : safe;
  }

  /** Where an answer has the id that a path asks for; null when the document does not say. */
  private @Nullable String identifier(Endpoint endpoint, String parameter) {
    String status = success(endpoint);
    JsonNode response =
        status == null
            ? MissingNode.getInstance()
            : endpoint.responses().getOrDefault(status, MissingNode.getInstance());
    for (Map.Entry<String, JsonNode> media : response.path("content").properties()) {
      if (media.getKey().contains("json")) {
        return identifier(document.resolved(media.getValue().path("schema")), "$", parameter, 0);
      }
    }
    return null;
  }

  private @Nullable String identifier(JsonNode schema, String path, String parameter, int depth) {
    if (depth > 4) {
      return null;
    }
    if (schema.path("type").asText().equals("array")) {
      JsonNode element = document.resolved(schema.path("items"));
      return identifier(element, path + "[0]", parameter, depth + 1);
    }
    for (JsonNode part : schema.path("allOf")) {
      String found = identifier(document.resolved(part), path, parameter, depth + 1);
      if (found != null) {
        return found;
      }
    }
    JsonNode properties = schema.path("properties");
    for (String candidate : List.of(parameter, "id", "uuid", "key")) {
      if (properties.has(candidate)) {
        return path + "." + candidate;
      }
    }
    for (Map.Entry<String, JsonNode> property : properties.properties()) {
      JsonNode inner = document.resolved(property.getValue());
      String found =
          inner.path("type").asText().matches("array|object")
              ? identifier(inner, path + "." + property.getKey(), parameter, depth + 1)
              : null;
      if (found != null) {
        return found;
      }
    }
    return null;
  }
}
