package headroom.plan.draft;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Drafts plans from HAR 1.2 and from OpenAPI 3, as JSON or YAML. */
public final class Drafts {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int MOST_CODE_POINTS = 50_000_000;

  private Drafts() {}

  /**
   * A plan from a text in either format.
   *
   * @param name of the file, for comments and messages
   * @throws IllegalArgumentException when the text is neither, or holds nothing to load
   */
  public static Draft of(String name, String text, DraftOptions options) {
    JsonNode root = read(name, text);
    if (root.path("log").path("entries").isArray()) {
      return new HarDraft(name, options).of(root.path("log"));
    }
    if (root.has("swagger")) {
      throw new IllegalArgumentException(
          "%s is Swagger %s: convert it to OpenAPI 3 first, which most editors do"
              .formatted(name, root.path("swagger").asText()));
    }
    if (root.path("openapi").asText().startsWith("3.")) {
      return new OpenApiDraft(name, root, options).draft();
    }
    throw new IllegalArgumentException(
        name
            + " is neither a HAR recording (log.entries) nor an OpenAPI 3 document (openapi: 3.x)");
  }

  private static JsonNode read(String name, String text) {
    String trimmed = text.startsWith("\uFEFF") ? text.substring(1) : text;
    try {
      if (trimmed.stripLeading().startsWith("{")) {
        return MAPPER.readTree(trimmed);
      }
      LoadSettings settings = LoadSettings.builder().setCodePointLimit(MOST_CODE_POINTS).build();
      return MAPPER.valueToTree(new Load(settings).loadFromString(trimmed));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "%s is no JSON: line %d, column %d: %s"
              .formatted(
                  name,
                  e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                  e.getLocation() == null ? 0 : e.getLocation().getColumnNr(),
                  e.getOriginalMessage()),
          e);
    } catch (YamlEngineException | IllegalArgumentException e) {
      throw new IllegalArgumentException(name + " is no YAML: " + e.getMessage(), e);
    }
  }
}
