package headroom.plan.draft;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.HashSet;

/** An OpenAPI document whose references are followed. */
final class OpenApiDocument {
  private final JsonNode root;

  OpenApiDocument(JsonNode root) {
    this.root = root;
  }

  JsonNode root() {
    return root;
  }

  /** What a node refers to, or itself; nothing for a reference that leads out, nowhere or round. */
  JsonNode resolved(JsonNode node) {
    JsonNode at = node;
    var seen = new HashSet<String>();
    while (at.path("$ref").isTextual()) {
      String reference = at.path("$ref").asText();
      if (!reference.startsWith("#/") || !seen.add(reference)) {
        return MissingNode.getInstance();
      }
      at = root.at(reference.substring(1).replace("%7B", "{").replace("%7D", "}"));
    }
    return at;
  }
}
