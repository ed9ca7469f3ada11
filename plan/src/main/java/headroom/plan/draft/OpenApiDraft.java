package headroom.plan.draft;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A plan with a journey for each tag of an OpenAPI 3 document. */
final class OpenApiDraft {
  private static final List<String> METHODS =
      List.of("get", "head", "post", "put", "patch", "delete");
  private static final int MOST_OPERATIONS = 2_000;

  private final String name;
  private final OpenApiDocument document;
  private final DraftOptions options;
  private final Map<String, Integer> dropped = new TreeMap<>();
  private final List<String> notes = new ArrayList<>();

  OpenApiDraft(String name, JsonNode root, DraftOptions options) {
    this.name = name;
    this.document = new OpenApiDocument(root);
    this.options = options;
  }

  Draft draft() {
    Map<String, List<Endpoint>> byTag = new LinkedHashMap<>();
    for (Endpoint endpoint : endpoints()) {
      byTag.computeIfAbsent(endpoint.tag(), tag -> new ArrayList<>()).add(endpoint);
    }
    if (byTag.isEmpty()) {
      throw new IllegalArgumentException(
          "%s describes no operation that a load test could make; left out: %s"
              .formatted(name, dropped));
    }
    var security = new ApiSecurity(document);
    var steps = new PlanText();
    var guessed = new HashSet<String>();
    steps.in();
    byTag.forEach((tag, endpoints) -> {
      endpoints.sort(Comparator.comparingInt(Endpoint::rank).thenComparingInt(Endpoint::depth));
      steps.line(PlanText.block(tag) + ":");
      steps.in();
      new ApiJourney(steps, document, security, guessed).write(endpoints);
      steps.out();
    });
    notes(byTag, security, guessed);
    return new Draft(plan(steps, byTag.keySet(), security), notes);
  }

  private List<Endpoint> endpoints() {
    var endpoints = new ArrayList<Endpoint>();
    document
        .root()
        .path("paths")
        .properties()
        .forEach(path -> {
          JsonNode item = document.resolved(path.getValue());
          item.properties()
              .forEach(entry -> {
                String method = entry.getKey().toLowerCase(Locale.ROOT);
                if (METHODS.contains(method)
                    && isKept(method, entry.getValue(), endpoints.size())) {
                  endpoints.add(endpoint(method, path.getKey(), item, entry.getValue()));
                }
              });
        });
    return endpoints;
  }

  private boolean isKept(String method, JsonNode operation, int already) {
    if (operation.path("deprecated").asBoolean()) {
      return drop("deprecated operations");
    }
    if (options.readsOnly() && !method.equals("get") && !method.equals("head")) {
      return drop("operations that change something");
    }
    return already < MOST_OPERATIONS || drop("operations beyond " + MOST_OPERATIONS);
  }

  private boolean drop(String why) {
    dropped.merge(why, 1, Integer::sum);
    return false;
  }

  private Endpoint endpoint(String method, String path, JsonNode item, JsonNode operation) {
    Map<String, JsonNode> parameters = new LinkedHashMap<>();
    for (JsonNode list : List.of(item.path("parameters"), operation.path("parameters"))) {
      for (JsonNode each : list) {
        JsonNode parameter = document.resolved(each);
        // The operation's own replaces that of the path.
        parameters.put(
            parameter.path("in").asText() + " " + parameter.path("name").asText(), parameter);
      }
    }
    var responses = new LinkedHashMap<String, JsonNode>();
    operation
        .path("responses")
        .properties()
        .forEach(entry -> responses.put(entry.getKey(), document.resolved(entry.getValue())));
    return new Endpoint(
        method, path, tag(path, operation), operation, List.copyOf(parameters.values()), responses);
  }

  private static String tag(String path, JsonNode operation) {
    String tag = operation.path("tags").path(0).asText();
    if (!tag.isBlank()) {
      return tag;
    }
    for (String segment : path.split("/")) {
      if (!segment.isEmpty() && !segment.startsWith("{") && !segment.matches("api|v\\d+")) {
        return segment;
      }
    }
    return "root";
  }

  private void notes(Map<String, List<Endpoint>> byTag, ApiSecurity security, Set<String> guessed) {
    dropped.forEach((why, count) -> notes.add("Left out: %d %s.".formatted(count, why)));
    long writes = byTag.values().stream().flatMap(List::stream).filter(Endpoint::isWrite).count();
    if (writes > 0) {
      notes.add(
          "%d steps change something and are marked '# write': run this where that does no harm."
              .formatted(writes));
    }
    if (!security.variables().isEmpty()) {
      notes.add(
          "Set these environment variables before the run: "
              + String.join(", ", security.variables())
              + ".");
    }
    if (!guessed.isEmpty()) {
      notes.add(
          "Nothing in the document gives a value for: %s. Put real ones in."
              .formatted(String.join(", ", PlanText.sorted(guessed))));
    }
    notes.add("Values are the document's examples, or made up from its schemas.");
  }

  private String plan(PlanText steps, Set<String> tags, ApiSecurity security) {
    var text = new PlanText();
    String title = document.root().path("info").path("title").asText();
    text.comment(
        "Drafted from %s%s: read it, then set the load."
            .formatted(name, title.isBlank() ? "" : " (" + title + ")"));
    notes.forEach(text::comment);
    text.line("target: " + PlanText.block(target()));
    if (!security.common().isEmpty()) {
      text.map("headers", security.common());
    }
    text.line("journeys:");
    var tail = new PlanText();
    var shares = new ArrayList<String>();
    tags.forEach(tag -> shares.add(PlanText.flow(tag) + ": 1"));
    if (tags.size() > 1) {
      tail.line("mix: { " + String.join(", ", shares) + " }      # shares of the arrivals");
    }
    return text + steps.toString() + tail + DraftTail.TEXT;
  }

  private String target() {
    String given = options.target();
    if (given != null) {
      return given;
    }
    JsonNode server = document.root().path("servers").path(0);
    String url = server.path("url").asText();
    for (Map.Entry<String, JsonNode> variable : server.path("variables").properties()) {
      url =
          url.replace("{" + variable.getKey() + "}", variable.getValue().path("default").asText());
    }
    if (url.matches("https?://.+")) {
      return url;
    }
    notes.add("The document names no server: set the target.");
    return "http://127.0.0.1:8080" + (url.startsWith("/") && url.length() > 1 ? url : "");
  }
}
