package headroom.plan.draft;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** How requests show who they are: by environment variables, since a document holds no secrets. */
final class ApiSecurity {
  private final OpenApiDocument document;
  private final Map<String, String> common = new LinkedHashMap<>();
  private final TreeSet<String> variables = new TreeSet<>();

  ApiSecurity(OpenApiDocument document) {
    this.document = document;
    headers(document.root().path("security"), common);
  }

  /** Headers of every request. */
  Map<String, String> common() {
    return common;
  }

  /** The environment variables that the headers and parameters need. */
  List<String> variables() {
    return List.copyOf(variables);
  }

  /** Headers of an operation that has requirements of its own. */
  Map<String, String> own(JsonNode operation) {
    var headers = new LinkedHashMap<String, String>();
    headers(operation.path("security"), headers);
    headers.entrySet().removeIf(e -> e.getValue().equals(common.get(e.getKey())));
    return headers;
  }

  /** Query parameters that carry a key, ready to be put behind a path. */
  List<String> query(JsonNode operation) {
    JsonNode required =
        operation.has("security") ? operation.path("security") : document.root().path("security");
    var query = new ArrayList<String>();
    for (Map.Entry<String, JsonNode> scheme : schemes(required).entrySet()) {
      if (scheme.getValue().path("in").asText().equals("query")) {
        query.add(scheme.getValue().path("name").asText() + "=" + variable(scheme.getKey()));
      }
    }
    return query;
  }

  private void headers(JsonNode required, Map<String, String> into) {
    schemes(required)
        .forEach((name, scheme) -> {
          switch (scheme.path("type").asText()) {
            case "http" -> {
              boolean basic = scheme.path("scheme").asText().equalsIgnoreCase("basic");
              into.put("authorization", (basic ? "Basic " : "Bearer ") + variable(name));
            }
            case "oauth2", "openIdConnect" -> into.put("authorization", "Bearer " + variable(name));
            case "apiKey" -> {
              if (scheme.path("in").asText().equals("header")) {
                into.put(scheme.path("name").asText().toLowerCase(Locale.ROOT), variable(name));
              } else if (scheme.path("in").asText().equals("cookie")) {
                into.put("cookie", scheme.path("name").asText() + "=" + variable(name));
              }
            }
            default -> {
              // Mutual TLS is set in the plan's tls section.
            }
          }
        });
  }

  /** The schemes of the first alternative. */
  private Map<String, JsonNode> schemes(JsonNode required) {
    var schemes = new LinkedHashMap<String, JsonNode>();
    required
        .path(0)
        .properties()
        .forEach(entry ->
            schemes.put(
                entry.getKey(),
                document.resolved(
                    document
                        .root()
                        .path("components")
                        .path("securitySchemes")
                        .path(entry.getKey()))));
    return schemes;
  }

  private String variable(String scheme) {
    String name =
        scheme
            .replaceAll("([a-z])([A-Z])", "$1_$2")
            .replaceAll("[^A-Za-z0-9]+", "_")
            .toUpperCase(Locale.ROOT);
    String safe = name.matches("[A-Z_].*") ? name : "KEY_" + name;
    variables.add(safe);
    return "${env." + safe + "}";
  }
}
