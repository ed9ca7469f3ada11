package headroom.plan.draft;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * One operation of an API.
 *
 * @param parameters those of the path and of the operation, references followed
 */
record Endpoint(
    String method,
    String path,
    String tag,
    JsonNode operation,
    List<JsonNode> parameters,
    Map<String, JsonNode> responses) {
  boolean isWrite() {
    return !method.equals("get") && !method.equals("head");
  }

  /** How deep into the collection it goes: {@code /orders/{id}/items} is 3. */
  int depth() {
    return (int) path.chars().filter(c -> c == '/').count();
  }

  /** The collection that a path is an element of: {@code /orders} for {@code /orders/{id}}. */
  static String collection(String path, String parameter) {
    int at = path.indexOf("/{" + parameter + "}");
    return at < 0 ? "" : path.substring(0, at);
  }

  /**
   * In the order in which a user could take them: look, make something, look at it, change it, and
   * take it away at the end.
   */
  int rank() {
    boolean ofElement = path.endsWith("}");
    return switch (method) {
      case "get", "head" -> path.contains("{") ? 2 : 0;
      case "post" -> path.contains("{") ? 3 : 1;
      case "put", "patch" -> 4;
      default -> ofElement ? 6 : 5;
    };
  }
}
