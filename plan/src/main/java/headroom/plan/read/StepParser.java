package headroom.plan.read;

import headroom.plan.AnswerValue;
import headroom.plan.Expectation;
import headroom.plan.Idempotence;
import headroom.plan.JsonPath;
import headroom.plan.Retry;
import headroom.plan.Step;
import headroom.plan.Step.Body;
import headroom.plan.Step.Header;
import headroom.plan.Step.Method;
import headroom.plan.Step.Save;
import headroom.plan.Template;
import headroom.plan.Template.Escape;
import headroom.plan.quantity.Quantities;
import headroom.plan.yaml.Yaml;
import headroom.plan.yaml.Yaml.Entry;
import java.nio.file.Path;
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

/** Reads the steps of a journey. */
final class StepParser {
  private static final Set<String> METHODS =
      Set.of("get", "head", "post", "put", "patch", "delete", "options");
  private static final Set<String> REQUEST =
      Set.of(
          "name",
          "json",
          "form",
          "multipart",
          "body",
          "headers",
          "expect",
          "save",
          "timeout",
          "idempotent",
          "retry");

  private final Yaml yaml;
  private final BodyParser bodies;
  private final FlowParser flow;
  private final ThinkParser thinks;
  private final CheckParser checks;

  /** Those of the protocols whose steps are known by a key of their own. */
  private final List<StepReader> readers;

  private final Set<String> known;

  StepParser(Yaml yaml, Path folder) {
    this.yaml = yaml;
    this.bodies = new BodyParser(yaml, folder);
    this.thinks = new ThinkParser(yaml);
    this.checks = new CheckParser(yaml);
    this.flow = new FlowParser(yaml, this);
    this.readers =
        List.of(new StatementParser(yaml), new StreamParser(yaml, this), new TcpParser(yaml));
    this.known = known(readers);
  }

  /** The steps of a list. */
  List<Step> all(Node node, String what) {
    var steps = new ArrayList<Step>();
    for (Node each : yaml.sequence(node, what)) {
      parse(each).ifPresent(steps::add);
    }
    return steps;
  }

  private static Set<String> known(List<StepReader> readers) {
    var known = new TreeSet<>(METHODS);
    known.addAll(REQUEST);
    known.add("think");
    for (StepReader reader : readers) {
      known.addAll(reader.leading());
      known.addAll(reader.following());
    }
    known.addAll(FlowParser.LEADING);
    known.addAll(FlowParser.FOLLOWING);
    return known;
  }

  Optional<Step> parse(Node node) {
    Map<String, Entry> entries = yaml.entries(node, "a step", known);
    Entry think = entries.get("think");
    List<String> methods = entries.keySet().stream().filter(METHODS::contains).toList();
    if (think != null) {
      if (entries.size() > 1) {
        yaml.problem(think.key(), "think must be a step of its own");
      }
      return thinks.parse(think.value()).map(Step.Think::new);
    }
    for (StepReader reader : readers) {
      for (String leading : reader.leading()) {
        if (entries.containsKey(leading)) {
          return reader.read(leading, node, entries);
        }
      }
    }
    Optional<String> leading =
        entries.keySet().stream().filter(FlowParser.LEADING::contains).findFirst();
    if (leading.isPresent()) {
      return flow.parse(leading.get(), node, entries);
    }
    for (String key : FlowParser.FOLLOWING) {
      Entry stray = entries.get(key);
      if (stray != null) {
        yaml.problem(stray.key(), "%s needs if or repeat beside it".formatted(key));
      }
    }
    if (methods.size() != 1) {
      if (!entries.isEmpty()) {
        yaml.problem(
            node,
            methods.isEmpty()
                ? "a step needs one of get, post, put, patch, delete, head, options, %s, think, choose, if, repeat, group or continue"
                    .formatted(own())
                : "a step can be only one of " + String.join(", ", methods));
      }
      return Optional.empty();
    }
    for (StepReader reader : readers) {
      for (String key : reader.following()) {
        Entry stray = entries.get(key);
        if (stray != null) {
          yaml.problem(stray.key(), "%s does not go with %s".formatted(key, methods.getFirst()));
        }
      }
    }
    return request(methods.getFirst(), entries).map(Step.class::cast);
  }

  private String own() {
    return String.join(", ", readers.stream().flatMap(r -> r.leading().stream()).toList());
  }

  private Optional<Step.Request> request(String method, Map<String, Entry> entries) {
    Entry path = entries.get(method);
    Optional<Template> target =
        path == null ? Optional.empty() : yaml.value(path.value(), method, StepParser::path);
    Optional<Body> body = bodies.parse(entries);
    List<Header> headers = headers(entries.get("headers"));
    Expectation expect = checks.parse(entries.get("expect"));
    List<Save> saves = saves(entries.get("save"));
    Optional<Duration> timeout = yaml.value(entries.get("timeout"), Quantities::duration);
    Optional<Idempotence> idempotence =
        new IdempotenceParser(yaml, this).parse(entries.get("idempotent"), headers);
    Optional<Retry> retry = new RetryParser(yaml).parse(entries.get("retry"));
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
            idempotence,
            retry));
  }

  /** A path with its query; what variables hold is percent-encoded. */
  static Template path(String text) {
    if (!text.startsWith("/") || text.matches("(?s).*\\s.*")) {
      throw new IllegalArgumentException(
          "a path must begin with / and hold no space, got '" + text + "'");
    }
    return Template.parse(text, Escape.PERCENT);
  }

  static boolean bool(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("must be true or false, got '" + text + "'");
    };
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
  private Optional<AnswerValue> source(Entry entry) {
    if (!(entry.value() instanceof MappingNode)) {
      return yaml.value(entry, text -> new AnswerValue.Json(JsonPath.parse(text)));
    }
    Map<String, Entry> entries =
        yaml.entries(entry.value(), "save", Set.of("json", "pick", "header", "cookie", "regex"));
    boolean two =
        entries.keySet().equals(Set.of("header", "regex"))
            || entries.keySet().equals(Set.of("json", "pick"));
    if (!two && (entries.size() != 1 || entries.containsKey("pick"))) {
      yaml.problem(
          entry.value(),
          "a saved value needs one of json, header, cookie and regex, or header with regex, or json"
              + " with pick");
      return Optional.empty();
    }
    Optional<Pattern> regex = yaml.value(entries.get("regex"), StepParser::pattern);
    AnswerValue.Pick pick =
        yaml.value(entries.get("pick"), StepParser::pick).orElse(AnswerValue.Pick.FIRST);
    Optional<AnswerValue> json =
        yaml.value(entries.get("json"), text -> new AnswerValue.Json(JsonPath.parse(text), pick));
    Optional<AnswerValue> header =
        yaml.value(entries.get("header"), name -> new AnswerValue.HeaderValue(name, regex));
    Optional<AnswerValue> cookie = yaml.value(entries.get("cookie"), AnswerValue.Cookie::new);
    return json.or(() -> header).or(() -> cookie).or(() -> regex.map(AnswerValue.Regex::new));
  }

  private static AnswerValue.Pick pick(String text) {
    return switch (text) {
      case "first" -> AnswerValue.Pick.FIRST;
      case "last" -> AnswerValue.Pick.LAST;
      case "random" -> AnswerValue.Pick.RANDOM;
      default ->
          throw new IllegalArgumentException(
              "pick must be first, last or random, got '" + text + "'");
    };
  }

  static Pattern pattern(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "not a regular expression: '%s': %s".formatted(text, e.getDescription()), e);
    }
  }
}
