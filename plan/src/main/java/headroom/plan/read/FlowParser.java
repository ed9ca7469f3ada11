package headroom.plan.read;

import headroom.plan.Step;
import headroom.plan.Template;
import headroom.plan.quantity.Quantities;
import headroom.plan.yaml.Yaml;
import headroom.plan.yaml.Yaml.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads steps that hold other steps: {@code choose}, {@code if}, {@code repeat}, {@code group}; and
 * {@code continue}, which hands over to another journey.
 */
final class FlowParser {
  /** The keys by which such a step is known, and those that go with them. */
  static final Set<String> LEADING = Set.of("choose", "if", "repeat", "group", "continue");

  static final Set<String> FOLLOWING = Set.of("then", "else", "steps");

  private static final int MOST_TIMES = 1_000_000;

  private final Yaml yaml;
  private final StepParser steps;

  FlowParser(Yaml yaml, StepParser steps) {
    this.yaml = yaml;
    this.steps = steps;
  }

  Optional<Step> parse(String leading, Node node, Map<String, Entry> entries) {
    Entry entry = entries.get(leading);
    if (entry == null) {
      return Optional.empty();
    }
    return switch (leading) {
      case "choose" -> {
        only(entries, leading, Set.of());
        yield choose(entry);
      }
      case "if" -> {
        only(entries, leading, Set.of("then", "else"));
        yield when(node, entry, entries);
      }
      case "repeat" -> {
        only(entries, leading, Set.of("steps"));
        yield repeat(node, entry, entries);
      }
      case "group" -> {
        only(entries, leading, Set.of("steps"));
        yield group(node, entry, entries);
      }
      default -> {
        only(entries, leading, Set.of());
        yield yaml.value(entry, Step.HandOver::new);
      }
    };
  }

  private void only(Map<String, Entry> entries, String leading, Set<String> following) {
    entries.forEach((key, entry) -> {
      if (!key.equals(leading) && !following.contains(key)) {
        yaml.problem(entry.key(), "%s does not go with %s".formatted(key, leading));
      }
    });
  }

  private Optional<Step> choose(Entry entry) {
    var options = new ArrayList<Step.Option>();
    for (Node node : yaml.sequence(entry.value(), "choose")) {
      Map<String, Entry> entries =
          yaml.entries(node, "an option of choose", Set.of("share", "steps"));
      Optional<Double> share =
          yaml.required(node, entries, "share", "an option of choose", FlowParser::share);
      List<Step> inner = list(entries.get("steps"));
      share.ifPresent(s -> options.add(new Step.Option(s, inner)));
    }
    return yaml.attempt(entry.value(), () -> new Step.Choice(options));
  }

  private static double share(String text) {
    if (!text.matches("\\d+(\\.\\d+)?%?")) {
      throw new IllegalArgumentException("a share must be a number >= 0, got '" + text + "'");
    }
    return Double.parseDouble(text.replace("%", ""));
  }

  private Optional<Step> when(Node node, Entry entry, Map<String, Entry> entries) {
    Map<String, Entry> test = yaml.entries(entry.value(), "if");
    if (test.size() != 1) {
      yaml.problem(entry.value(), "if compares one variable, as in if: { tier: gold }");
      return Optional.empty();
    }
    if (!entries.containsKey("then")) {
      yaml.problem(node, "if needs 'then'");
    }
    Entry compared = test.values().iterator().next();
    List<Step> then = list(entries.get("then"));
    List<Step> otherwise = list(entries.get("else"));
    return yaml.value(
        compared,
        value ->
            new Step.When(Template.checkName(compared.key().getValue()), value, then, otherwise));
  }

  private Optional<Step> repeat(Node node, Entry entry, Map<String, Entry> entries) {
    if (!entries.containsKey("steps")) {
      yaml.problem(node, "repeat needs 'steps'");
    }
    List<Step> inner = list(entries.get("steps"));
    return yaml.value(
        entry,
        text -> {
          int dots = text.indexOf("..");
          String min = dots < 0 ? text : text.substring(0, dots).strip();
          String max = dots < 0 ? text : text.substring(dots + 2).strip();
          return new Step.Repeat(
              Quantities.integer("repeat", min, 0, MOST_TIMES),
              Quantities.integer("repeat", max, 0, MOST_TIMES),
              inner);
        });
  }

  private Optional<Step> group(Node node, Entry entry, Map<String, Entry> entries) {
    if (!entries.containsKey("steps")) {
      yaml.problem(node, "group needs 'steps'");
    }
    List<Step> inner = list(entries.get("steps"));
    return yaml.value(entry, name -> new Step.Group(name, inner));
  }

  private List<Step> list(@Nullable Entry entry) {
    return entry == null ? List.of() : steps.all(entry.value(), entry.key().getValue());
  }
}
