package headroom.plan.read;

import headroom.plan.Check;
import headroom.plan.Expectation;
import headroom.plan.JsonPath;
import headroom.plan.StatusRange;
import headroom.plan.Template;
import headroom.plan.Template.Escape;
import headroom.plan.quantity.Quantities;
import headroom.plan.yaml.Yaml;
import headroom.plan.yaml.Yaml.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads what a step expects of its answer. */
final class CheckParser {
  private static final Set<String> KNOWN =
      Set.of("status", "contains", "matches", "json", "headers", "within");

  private final Yaml yaml;

  CheckParser(Yaml yaml) {
    this.yaml = yaml;
  }

  Expectation parse(@Nullable Entry entry) {
    if (entry == null) {
      return Expectation.DEFAULT;
    }
    Map<String, Entry> entries = yaml.entries(entry.value(), "expect", KNOWN);
    List<StatusRange> statuses = statuses(entries.get("status"));
    String contains = yaml.value(entries.get("contains"), text -> text).orElse(null);
    return new Expectation(
        statuses.isEmpty() ? Expectation.DEFAULT.statuses() : statuses, contains, checks(entries));
  }

  private List<StatusRange> statuses(@Nullable Entry status) {
    var ranges = new ArrayList<StatusRange>();
    if (status != null) {
      List<Node> nodes =
          status.value() instanceof SequenceNode list ? list.getValue() : List.of(status.value());
      for (Node node : nodes) {
        yaml.value(node, "status", CheckParser::range).ifPresent(ranges::add);
      }
    }
    return ranges;
  }

  /** A status such as 404, or a class such as 5xx. */
  static StatusRange range(String text) {
    if (text.matches("[1-5]xx")) {
      int hundred = (text.charAt(0) - '0') * 100;
      return new StatusRange(hundred, hundred + 99);
    }
    int status = Quantities.integer("status", text, 100, 599);
    return new StatusRange(status, status);
  }

  private List<Check> checks(Map<String, Entry> entries) {
    var checks = new ArrayList<Check>();
    yaml.value(entries.get("matches"), text -> new Check.Matches(StepParser.pattern(text)))
        .ifPresent(checks::add);
    Entry json = entries.get("json");
    if (json != null) {
      yaml.entries(json.value(), "json")
          .forEach((path, expected) ->
              yaml.attempt(expected.key(), () -> JsonPath.parse(path))
                  .flatMap(at ->
                      yaml.value(
                          expected,
                          text -> new Check.JsonIs(at, Template.parse(text, Escape.NONE))))
                  .ifPresent(checks::add));
    }
    Entry headers = entries.get("headers");
    if (headers != null) {
      yaml.entries(headers.value(), "headers")
          .forEach((name, expected) ->
              yaml.value(
                      expected, text -> new Check.HeaderIs(name, Template.parse(text, Escape.NONE)))
                  .ifPresent(checks::add));
    }
    yaml.value(entries.get("within"), text -> new Check.Within(Quantities.duration(text)))
        .ifPresent(checks::add);
    return checks;
  }
}
