package headroom.load.journey;

import headroom.load.journey.Step.Body;
import headroom.load.journey.Template.Escape;
import headroom.load.journey.Yaml.Entry;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads what a request sends: {@code json}, {@code form}, {@code multipart} or {@code body}. */
final class BodyParser {
  private static final List<String> KINDS = List.of("json", "form", "multipart", "body");
  private static final String BOUNDARY = "headroom-7d0e3f5b9c1a";

  private final Yaml yaml;

  BodyParser(Yaml yaml) {
    this.yaml = yaml;
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
      case "form" ->
          Optional.of(new Body("application/x-www-form-urlencoded", form(entry.value())));
      case "multipart" ->
          Optional.of(
              new Body("multipart/form-data; boundary=" + BOUNDARY, multipart(entry.value())));
      default ->
          yaml.value(entry, text -> new Body("text/plain", Template.parse(text, Escape.NONE)));
    };
  }

  private Template multipart(Node node) {
    Template all = Template.literal("");
    for (Map.Entry<String, Entry> field : yaml.entries(node, "multipart").entrySet()) {
      all = all.plus(part(field.getKey(), field.getValue()));
    }
    return all.plus(Template.literal("--" + BOUNDARY + "--\r\n"));
  }

  private Template part(String name, Entry field) {
    String head =
        "--" + BOUNDARY + "\r\ncontent-disposition: form-data; name=\"" + quoted(name) + "\"";
    if (!(field.value() instanceof MappingNode)) {
      return Template.literal(head + "\r\n\r\n").plus(raw(field)).plus(Template.literal("\r\n"));
    }
    Map<String, Entry> entries =
        yaml.entries(field.value(), "a part", Set.of("filename", "type", "content"));
    String file =
        yaml.value(entries.get("filename"), BodyParser::quoted)
            .map(f -> "; filename=\"" + f + "\"")
            .orElse("");
    String type =
        yaml.value(entries.get("type"), BodyParser::quoted)
            .map(t -> "\r\ncontent-type: " + t)
            .orElse("");
    Entry content = entries.get("content");
    if (content == null) {
      yaml.problem(field.value(), "a part needs 'content'");
      return Template.literal("");
    }
    return Template.literal(head + file + type + "\r\n\r\n")
        .plus(raw(content))
        .plus(Template.literal("\r\n"));
  }

  private static String quoted(String text) {
    return text.replaceAll("[\"\r\n]", "_");
  }

  private Template raw(Entry entry) {
    return yaml.value(entry, text -> Template.parse(text, Escape.NONE))
        .orElse(Template.literal(""));
  }

  private Template form(Node node) {
    Template all = Template.literal("");
    for (Map.Entry<String, Entry> field : yaml.entries(node, "form").entrySet()) {
      Template value =
          yaml.value(field.getValue(), text -> encoded(Template.parse(text, Escape.PERCENT)))
              .orElse(Template.literal(""));
      String separator = all.parts().isEmpty() ? "" : "&";
      all = all.plus(Template.literal(separator + encode(field.getKey()) + "=")).plus(value);
    }
    return all;
  }

  /** The literal parts percent-encoded; variables are when they are known. */
  private static Template encoded(Template template) {
    Template all = Template.literal("");
    for (Template.Part part : template.parts()) {
      all =
          all.plus(
              switch (part) {
                case Template.Literal literal -> Template.literal(encode(literal.text()));
                case Template.Variable variable -> new Template(List.of(variable));
              });
    }
    return all;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
