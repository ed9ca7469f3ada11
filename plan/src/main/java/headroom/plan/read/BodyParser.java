package headroom.plan.read;

import headroom.plan.Step.Body;
import headroom.plan.Template;
import headroom.plan.Template.Escape;
import headroom.plan.build.Bodies;
import headroom.plan.yaml.Yaml;
import headroom.plan.yaml.Yaml.Entry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads what a request sends: {@code json}, {@code form}, {@code multipart} or {@code body}. */
final class BodyParser {
  private static final List<String> KINDS = List.of("json", "form", "multipart", "body");

  private final Yaml yaml;
  private final Path folder;

  BodyParser(Yaml yaml, Path folder) {
    this.yaml = yaml;
    this.folder = folder;
  }

  Optional<Body> parse(Map<String, Entry> entries) {
    List<Entry> present = new ArrayList<>();
    for (String kind : KINDS) {
      Entry entry = entries.get(kind);
      if (entry != null) {
        present.add(entry);
      }
    }
    if (present.isEmpty()) {
      return Optional.empty();
    }
    for (Entry extra : present.subList(1, present.size())) {
      yaml.problem(extra.key(), "a request can have only one of " + String.join(", ", KINDS));
    }
    Entry entry = present.getFirst();
    return switch (entry.key().getValue()) {
      case "json" ->
          yaml.attempt(
              entry.value(), () -> new Body("application/json", JsonTemplate.of(entry.value())));
      case "form" -> Optional.of(form(entry.value()));
      case "multipart" -> Optional.of(multipart(entry.value()));
      default -> raw(entry);
    };
  }

  /** A text, or a mapping with {@code file} and {@code type}. */
  private Optional<Body> raw(Entry entry) {
    if (!(entry.value() instanceof MappingNode)) {
      return yaml.value(entry, text -> new Body("text/plain", Template.parse(text, Escape.NONE)));
    }
    Map<String, Entry> entries =
        yaml.entries(entry.value(), "body", Set.of("file", "text", "type"));
    Optional<String> type = yaml.value(entries.get("type"), BodyParser::contentType);
    return content(entry.value(), entries, "body", "text")
        .map(content ->
            new Body(
                type.orElse(
                    entries.containsKey("file") ? "application/octet-stream" : "text/plain"),
                content));
  }

  private static String contentType(String text) {
    if (!text.matches("[ -~]+")) {
      throw new IllegalArgumentException("a content type must be one line, got '" + text + "'");
    }
    return text;
  }

  /** What a file holds, or a text written out under the other key. */
  private Optional<Template> content(
      Node node, Map<String, Entry> entries, String what, String inline) {
    Entry file = entries.get("file");
    Entry text = entries.get(inline);
    if ((file == null) == (text == null)) {
      yaml.problem(node, "%s needs either 'file' or '%s'".formatted(what, inline));
      return Optional.empty();
    }
    return file != null
        ? yaml.value(file, path -> Bodies.file(folder.resolve(path)))
        : yaml.value(text, t -> Template.parse(t, Escape.NONE));
  }

  private Body multipart(Node node) {
    var parts = new ArrayList<Bodies.Part>();
    yaml.entries(node, "multipart")
        .forEach((name, field) -> part(name, field).ifPresent(parts::add));
    return Bodies.multipart(parts);
  }

  private Optional<Bodies.Part> part(String name, Entry field) {
    if (!(field.value() instanceof MappingNode)) {
      return yaml.value(
          field,
          text ->
              new Bodies.Part(
                  name, Optional.empty(), Optional.empty(), Template.parse(text, Escape.NONE)));
    }
    Map<String, Entry> entries =
        yaml.entries(field.value(), "a part", Set.of("filename", "type", "content", "file"));
    Optional<String> type = yaml.value(entries.get("type"), BodyParser::contentType);
    Optional<String> named = yaml.value(entries.get("filename"), text -> text);
    Optional<String> path = yaml.value(entries.get("file"), text -> text);
    Optional<String> filename = named.or(() -> path.map(BodyParser::lastName));
    return content(field.value(), entries, "a part", "content")
        .map(content -> new Bodies.Part(name, filename, type, content));
  }

  private static String lastName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private Body form(Node node) {
    var fields = new LinkedHashMap<String, String>();
    yaml.entries(node, "form")
        .forEach((name, field) ->
            yaml.value(
                    field,
                    text -> {
                      Template checked = Template.parse(text, Escape.PERCENT);
                      return checked.parts().isEmpty() ? "" : text;
                    })
                .ifPresent(text -> fields.put(name, text)));
    return Bodies.form(fields);
  }
}
