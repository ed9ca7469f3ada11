package headroom.plan.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import headroom.plan.Feeder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** Reads rows from CSV and JSON files. Every method throws with the file's name in it. */
final class DataFiles {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private DataFiles() {}

  /** The rows of a {@code .csv} or {@code .json} file. */
  static Feeder read(String name, Path file, Feeder.Order order) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "feeder '%s': cannot read %s: %s".formatted(name, file, e.getMessage()), e);
    }
    return file.toString().endsWith(".json") ? json(name, text, order) : csv(name, text, order);
  }

  /** Comma separated values under a head, quoted where needed; RFC 4180. */
  static Feeder csv(String name, String text, Feeder.Order order) {
    List<List<String>> rows = rows(text);
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("feeder '%s' is empty".formatted(name));
    }
    return Feeder.of(name, rows.getFirst(), rows.subList(1, rows.size()), order);
  }

  private static List<List<String>> rows(String text) {
    var rows = new ArrayList<List<String>>();
    List<String> row = new ArrayList<>();
    var field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        if (c != '"') {
          field.append(c);
        } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
          field.append('"');
          i++;
        } else {
          quoted = false;
        }
      } else if (c == '"' && field.isEmpty()) {
        quoted = true;
      } else if (c == ',') {
        row.add(take(field));
      } else if (c == '\n') {
        row.add(take(field));
        addUnlessBlank(rows, row);
        row = new ArrayList<>();
      } else if (c != '\r') {
        field.append(c);
      }
    }
    row.add(take(field));
    addUnlessBlank(rows, row);
    return rows;
  }

  private static void addUnlessBlank(List<List<String>> rows, List<String> row) {
    if (row.size() > 1 || !row.getFirst().isEmpty()) {
      rows.add(row);
    }
  }

  private static String take(StringBuilder field) {
    String value = field.toString();
    field.setLength(0);
    return value;
  }

  /** A list of objects; their keys are the columns, what is missing is empty. */
  static Feeder json(String name, String text, Feeder.Order order) {
    JsonNode list;
    try {
      list = MAPPER.readTree(text);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "feeder '%s' is no JSON: %s".formatted(name, e.getMessage()), e);
    }
    if (!list.isArray()) {
      throw new IllegalArgumentException(
          "feeder '%s' must be a JSON list of objects".formatted(name));
    }
    var head = new LinkedHashSet<String>();
    list.forEach(object -> object.fieldNames().forEachRemaining(head::add));
    var rows = new ArrayList<List<String>>();
    for (JsonNode object : list) {
      var row = new ArrayList<String>();
      for (String column : head) {
        JsonNode value = object.path(column);
        row.add(value.isContainerNode() ? value.toString() : value.asText(""));
      }
      rows.add(row);
    }
    return Feeder.of(name, List.copyOf(head), rows, order);
  }
}
