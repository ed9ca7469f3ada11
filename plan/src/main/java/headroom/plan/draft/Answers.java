package headroom.plan.draft;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where in an answer a value can be found again. */
final class Answers {
  private static final int MOST_VALUES = 20_000;
  private static final int LONGEST_PAGE = 1 << 20;
  private static final int CONTEXT = 24;

  private Answers() {}

  /**
   * A place in an answer.
   *
   * @param yaml as {@code save} takes it
   * @param name of the field; empty when it has none
   * @param parent the field around it; empty at the top
   */
  record Place(String yaml, String name, String parent) {
    boolean namesAnIdentifier() {
      return Answers.namesAnIdentifier(name);
    }
  }

  static boolean namesAnIdentifier(String name) {
    return name.matches("(?i).*(id|uuid|key|ref|number|token|code|nonce|version|etag|slug)");
  }

  /** The values of a JSON body by what they are, each at its first place. */
  static Map<String, Place> values(Recorded exchange) {
    Map<String, Place> found = new LinkedHashMap<>();
    if (exchange.responseType().contains("json")) {
      Requests.parse(exchange.responseBody()).ifPresent(body -> collect(body, "$", "", "", found));
    }
    return new HashMap<>(found);
  }

  private static void collect(
      JsonNode node, String path, String name, String parent, Map<String, Place> found) {
    if (found.size() >= MOST_VALUES) {
      return;
    }
    if (node.isObject()) {
      node.properties()
          .forEach(entry -> {
            String key = entry.getKey();
            boolean plain = key.matches("[A-Za-z0-9_-]+");
            if (plain || !key.matches(".*[\\]'\"].*")) {
              collect(
                  entry.getValue(),
                  path + (plain ? "." + key : "['" + key + "']"),
                  key,
                  name,
                  found);
            }
          });
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        collect(node.get(i), path + "[" + i + "]", "", CarriedValues.singular(name), found);
      }
    } else if (node.isTextual() || node.isNumber()) {
      String yaml = path.matches("\\$[A-Za-z0-9_.-]*") ? path : PlanText.quoted(path);
      found.putIfAbsent(node.asText(), new Place(yaml, name, parent));
    }
  }

  /** A value in a page, or in a header other than a cookie; null when it is in neither. */
  static @Nullable Place search(Recorded exchange, String value) {
    for (Recorded.Field header : exchange.responseHeaders()) {
      Pattern pattern =
          header.name().equalsIgnoreCase("set-cookie") ? null : around(header.value(), value);
      if (pattern != null) {
        String lower = header.name().toLowerCase(java.util.Locale.ROOT);
        boolean whole = header.value().equals(value);
        String regex = whole ? "" : ", regex: " + single(pattern.pattern());
        String name = whole ? lower.replaceAll("^x-", "") : "";
        return new Place("{ header: " + PlanText.flow(lower) + regex + " }", name, "");
      }
    }
    boolean page = exchange.responseType().contains("html");
    Pattern pattern = page ? around(exchange.responseBody(), value) : null;
    return pattern == null
        ? null
        : new Place("{ regex: " + single(pattern.pattern()) + " }", "", "");
  }

  /** A YAML string in single quotes, in which a backslash is one. */
  private static String single(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** What stands before a value on its line, the value as a group; null when it is not found so. */
  private static @Nullable Pattern around(String text, String value) {
    String bounded = text.length() > LONGEST_PAGE ? text.substring(0, LONGEST_PAGE) : text;
    int at = bounded.indexOf(value);
    if (at < 0) {
      return null;
    }
    int line = Math.max(bounded.lastIndexOf('\n', at), bounded.lastIndexOf('\r', at)) + 1;
    String left = bounded.substring(Math.max(line, at - CONTEXT), at);
    int end = at + value.length();
    String group = end == bounded.length() ? "(.+)" : "([^" + escape(bounded.charAt(end)) + "]+)";
    var regex = new StringBuilder();
    left.chars().forEach(c -> regex.append(escape((char) c)));
    Pattern pattern = Pattern.compile(regex + group);
    Matcher matcher = pattern.matcher(text);
    return matcher.find() && matcher.group(1).equals(value) ? pattern : null;
  }

  private static String escape(char c) {
    if (c == '\n' || c == '\r' || c == '\t') {
      return "\\s";
    }
    return "\\.[]{}()*+?^$|-&".indexOf(c) >= 0 ? "\\" + c : String.valueOf(c);
  }
}
