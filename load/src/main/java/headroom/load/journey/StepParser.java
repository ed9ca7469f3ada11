package headroom.load.journey;

import headroom.load.journey.Step.Body;
import headroom.load.journey.Step.Expectation;
import headroom.load.journey.Step.Header;
import headroom.load.journey.Step.Method;
import headroom.load.journey.Step.Save;
import headroom.load.journey.Step.Source;
import headroom.load.journey.Step.StatusRange;
import headroom.load.journey.Template.Escape;
import headroom.load.journey.Yaml.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads the steps of a journey. */
final class StepParser {
  private static final Set<String> METHODS =
      Set.of("get", "head", "post", "put", "patch", "delete", "options");
  private static final Set<String> REQUEST =
      Set.of("name", "json", "form", "body", "headers", "expect", "save", "timeout", "idempotent");
  private static final Set<String> KNOWN = known();

  private final Yaml yaml;

  StepParser(Yaml yaml) {
    this.yaml = yaml;
  }

  private static Set<String> known() {
    var known = new TreeSet<>(METHODS);
    known.addAll(REQUEST);
    known.add("think");
    return known;
  }

  Optional<Step> parse(Node node) {
    Map<String, Entry> entries = yaml.entries(node, "a step", KNOWN);
    Entry think = entries.get("think");
    List<String> methods = entries.keySet().stream().filter(METHODS::contains).toList();
    if (think != null) {
      if (entries.size() > 1) {
        yaml.problem(think.key(), "think must be a step of its own");
      }
      return think(think.value()).map(Step.Think::new);
    }
    if (methods.size() != 1) {
      if (!entries.isEmpty()) {
        yaml.problem(
            node,
            methods.isEmpty()
                ? "a step needs one of get, post, put, patch, delete, head, options or think"
                : "a step can be only one of " + String.join(", ", methods));
      }
      return Optional.empty();
    }
    return request(methods.getFirst(), entries).map(Step.class::cast);
  }

  private Optional<ThinkTime> think(Node node) {
    if (node instanceof MappingNode) {
      Map<String, Entry> entries = yaml.entries(node, "think", Set.of("exponential", "max"));
      Optional<Duration> mean =
          yaml.required(node, entries, "exponential", "think", Quantities::duration);
      Optional<Duration> max = yaml.value(entries.get("max"), Quantities::duration);
      return mean.map(m ->
          new ThinkTime.Exponential(
              m.toNanos(), max.map(Duration::toNanos).orElse(10 * m.toNanos())));
    }
    return yaml.value(
        node,
        "think",
        text -> {
          int dots = text.indexOf("..");
          if (dots < 0) {
            return new ThinkTime.Fixed(Quantities.duration(text).toNanos());
          }
          return new ThinkTime.Between(
              Quantities.duration(text.substring(0, dots).strip()).toNanos(),
              Quantities.duration(text.substring(dots + 2).strip()).toNanos());
        });
  }

  private Optional<Step.Request> request(String method, Map<String, Entry> entries) {
    Entry path = entries.get(method);
    Optional<Template> target =
        path == null
            ? Optional.empty()
            : yaml.value(
                path.value(),
                method,
                text -> {
                  if (!text.startsWith("/") || text.matches("(?s).*\\s.*")) {
                    throw new IllegalArgumentException(
                        "a path must begin with / and hold no space, got '" + text + "'");
                  }
                  return Template.parse(text, Escape.PERCENT);
                });
    Optional<Body> body = body(entries);
    List<Header> headers = headers(entries.get("headers"));
    Expectation expect = expect(entries.get("expect"));
    List<Save> saves = saves(entries.get("save"));
    Optional<Duration> timeout = yaml.value(entries.get("timeout"), Quantities::duration);
    boolean idempotent = yaml.value(entries.get("idempotent"), StepParser::bool).orElse(false);
    Optional<String> name = yaml.value(entries.get("name"), text -> text);
    Method verb = Method.valueOf(method.toUpperCase(Locale.ROOT));
    return target.map(t ->
        new Step.Request(
            name.orElseGet(() -> Step.Request.defaultName(verb, t)),
            verb,
            t,
            headers,
            body,
            expect,
            saves,
            timeout,
            idempotent));
  }

  static boolean bool(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("must be true or false, got '" + text + "'");
    };
  }

  private Optional<Body> body(Map<String, Entry> entries) {
    Entry json = entries.get("json");
    Entry form = entries.get("form");
    Entry raw = entries.get("body");
    for (Entry extra :
        nonNull(json != null ? form : null, json != null || form != null ? raw : null)) {
      yaml.problem(extra.key(), "a request can have only one of json, form and body");
    }
    if (json != null) {
      return yaml.attempt(
          json.value(), () -> new Body("application/json", JsonTemplate.of(json.value())));
    }
    if (form != null) {
      return Optional.of(new Body("application/x-www-form-urlencoded", form(form.value())));
    }
    return yaml.value(raw, text -> new Body("text/plain", Template.parse(text, Escape.NONE)));
  }

  private static List<Entry> nonNull(@Nullable Entry... entries) {
    var present = new ArrayList<Entry>();
    for (Entry entry : entries) {
      if (entry != null) {
        present.add(entry);
      }
    }
    return present;
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
    return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
  }

  List<Header> headers(@Nullable Entry entry) {
    var headers = new ArrayList<Header>();
    if (entry != null) {
      yaml.entries(entry.value(), "headers")
          .forEach((name, header) -> {
            if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
              yaml.problem(header.key(), "'%s' cannot be a header's name".formatted(name));
            }
            yaml.value(header, text -> Template.parse(text, Escape.NONE))
                .ifPresent(value -> headers.add(new Header(name, value)));
          });
    }
    return headers;
  }

  private Expectation expect(@Nullable Entry entry) {
    if (entry == null) {
      return Expectation.DEFAULT;
    }
    Map<String, Entry> entries =
        yaml.entries(entry.value(), "expect", Set.of("status", "contains"));
    Entry status = entries.get("status");
    var ranges = new ArrayList<StatusRange>();
    if (status != null) {
      List<Node> nodes =
          status.value() instanceof SequenceNode list ? list.getValue() : List.of(status.value());
      for (Node node : nodes) {
        yaml.value(node, "status", StepParser::range).ifPresent(ranges::add);
      }
    }
    String contains = yaml.value(entries.get("contains"), text -> text).orElse(null);
    return new Expectation(ranges.isEmpty() ? Expectation.DEFAULT.statuses() : ranges, contains);
  }

  private static StatusRange range(String text) {
    if (text.matches("[1-5]xx")) {
      int hundred = (text.charAt(0) - '0') * 100;
      return new StatusRange(hundred, hundred + 99);
    }
    int status = Quantities.integer("status", text, 100, 599);
    return new StatusRange(status, status);
  }

  private List<Save> saves(@Nullable Entry entry) {
    var saves = new ArrayList<Save>();
    if (entry != null) {
      yaml.entries(entry.value(), "save")
          .forEach((variable, source) -> {
            Optional<String> name = yaml.attempt(source.key(), () -> Template.checkName(variable));
            source(source).ifPresent(s -> name.ifPresent(n -> saves.add(new Save(n, s))));
          });
    }
    return saves;
  }

  /** {@code $.path}, or a mapping with {@code json}, {@code header} or {@code regex}. */
  private Optional<Source> source(Entry entry) {
    if (!(entry.value() instanceof MappingNode)) {
      return yaml.value(entry, text -> new Source.Json(JsonPath.parse(text)));
    }
    Map<String, Entry> entries =
        yaml.entries(entry.value(), "save", Set.of("json", "header", "regex"));
    if (entries.size() != 1) {
      yaml.problem(entry.value(), "a saved value needs one of json, header and regex");
      return Optional.empty();
    }
    Optional<Source> json =
        yaml.value(entries.get("json"), text -> new Source.Json(JsonPath.parse(text)));
    Optional<Source> header = yaml.value(entries.get("header"), Source.HeaderValue::new);
    Optional<Source> regex =
        yaml.value(entries.get("regex"), text -> new Source.Regex(pattern(text)));
    return json.or(() -> header).or(() -> regex);
  }

  private static Pattern pattern(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "not a regular expression: '%s': %s".formatted(text, e.getDescription()), e);
    }
  }
}
