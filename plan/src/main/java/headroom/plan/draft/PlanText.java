package headroom.plan.draft;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes YAML as a person would: short things on one line, quotes only where they are needed. */
final class PlanText {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int WIDTH = 100;

  private final StringBuilder text = new StringBuilder();
  private int depth;

  /** Further in by one step. */
  void in() {
    depth++;
  }

  void out() {
    depth--;
  }

  void line(String line) {
    text.append("  ".repeat(depth)).append(line).append('\n');
  }

  void blank() {
    text.append('\n');
  }

  /** A comment, broken into lines. */
  void comment(String comment) {
    var line = new StringBuilder("#");
    for (String word : comment.replaceAll("\\s+", " ").split(" ")) {
      if (line.length() + word.length() + 2 * depth > WIDTH) {
        line(line.toString());
        line = new StringBuilder("#  ");
      }
      line.append(' ').append(word);
    }
    line(line.toString());
  }

  @Override
  public String toString() {
    return text.toString();
  }

  /** A value in block style: without quotes where that is safe. */
  static String block(String value) {
    boolean safe =
        value.matches("[A-Za-z/][A-Za-z0-9_/.~%?&=+,;@${}:-]*")
            && !value.endsWith(":")
            && !value.matches("(?i)true|false|null|yes|no|on|off|y|n");
    return safe ? value : quoted(value);
  }

  /** A value or key within braces. */
  static String flow(String value) {
    boolean safe =
        value.matches("[A-Za-z_][A-Za-z0-9_.-]*")
            && !value.matches("(?i)true|false|null|yes|no|on|off|y|n");
    return safe ? value : quoted(value);
  }

  static String quoted(String value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a string cannot be written as JSON", e);
    }
  }

  /** {@code { a: b, c: d }}. */
  static String flow(Map<String, String> entries) {
    var parts = new ArrayList<String>();
    entries.forEach((key, value) -> parts.add(flow(key) + ": " + quoted(value)));
    return "{ " + String.join(", ", parts) + " }";
  }

  /** JSON in YAML's flow style, which is the same with fewer quotes around keys. */
  static String flow(JsonNode node) {
    if (node.isObject()) {
      var parts = new ArrayList<String>();
      node.properties()
          .forEach(entry -> parts.add(flow(entry.getKey()) + ": " + flow(entry.getValue())));
      return parts.isEmpty() ? "{}" : "{ " + String.join(", ", parts) + " }";
    }
    if (node.isArray()) {
      var parts = new ArrayList<String>();
      node.forEach(element -> parts.add(flow(element)));
      return parts.isEmpty() ? "[]" : "[ " + String.join(", ", parts) + " ]";
    }
    return node.isTextual() ? quoted(node.textValue()) : node.toString();
  }

  /** A JSON value under a key: on one line where it fits, else an entry a line. */
  void json(String key, JsonNode node) {
    String line = key + ": " + flow(node);
    if (line.length() + 2 * depth <= WIDTH || !node.isContainerNode() || node.isEmpty()) {
      line(line);
      return;
    }
    line(key + ":");
    in();
    if (node.isObject()) {
      node.properties().forEach(entry -> json(flow(entry.getKey()), entry.getValue()));
    } else {
      node.forEach(element -> line("- " + flow(element)));
    }
    out();
  }

  /** Text values under a key: on one line where they fit, else an entry a line. */
  void map(String key, Map<String, String> entries) {
    String line = key + ": " + flow(entries);
    if (line.length() + 2 * depth <= WIDTH) {
      line(line);
      return;
    }
    line(key + ":");
    in();
    entries.forEach((name, value) -> line(flow(name) + ": " + quoted(value)));
    out();
  }

  /** A text in which nothing is a variable. */
  static String literal(String value) {
    return value.replace("${", "$${");
  }

  /** Percent-encoded but for the variables. */
  static String percent(String template) {
    var encoded = new StringBuilder();
    int at = 0;
    while (at < template.length()) {
      int open = template.indexOf("${", at);
      boolean escaped = open > 0 && template.charAt(open - 1) == '$';
      if (open < 0 || escaped) {
        int end = open < 0 ? template.length() : open + 2;
        encoded.append(encode(template.substring(at, end).replace("$${", "${")));
        at = end;
      } else {
        int close = template.indexOf('}', open);
        encoded.append(encode(template.substring(at, open)));
        encoded.append(template, open, close + 1);
        at = close + 1;
      }
    }
    return encoded.toString();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  static List<String> sorted(Iterable<String> values) {
    var list = new ArrayList<String>();
    values.forEach(list::add);
    list.sort(null);
    return list;
  }
}
