package headroom.plan.read;

import headroom.plan.ThinkTime;
import headroom.plan.quantity.Quantities;
import headroom.plan.yaml.Yaml;
import headroom.plan.yaml.Yaml.Entry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the distribution of a pause. */
final class ThinkParser {
  /** Each with the keys that go with it. */
  private static final Map<String, Set<String>> SHAPES =
      Map.of(
          "exponential", Set.of("max"),
          "normal", Set.of("deviation", "max"),
          "lognormal", Set.of("p95", "max"));

  private final Yaml yaml;

  ThinkParser(Yaml yaml) {
    this.yaml = yaml;
  }

  Optional<ThinkTime> parse(Node node) {
    return node instanceof MappingNode
        ? shape(node)
        : yaml.value(node, "think", ThinkParser::plain);
  }

  /** {@code 2s}, or {@code 1s..3s} for any pause between. */
  private static ThinkTime plain(String text) {
    int dots = text.indexOf("..");
    if (dots < 0) {
      return new ThinkTime.Fixed(nanos(text));
    }
    return new ThinkTime.Between(
        nanos(text.substring(0, dots).strip()), nanos(text.substring(dots + 2).strip()));
  }

  private Optional<ThinkTime> shape(Node node) {
    Map<String, Entry> all = yaml.entries(node, "think");
    List<String> shapes = all.keySet().stream().filter(SHAPES::containsKey).toList();
    if (shapes.size() != 1) {
      yaml.problem(
          node,
          "think needs a duration, a range such as 1s..3s, or one of "
              + String.join(", ", new TreeSet<>(SHAPES.keySet())));
      return Optional.empty();
    }
    String shape = shapes.getFirst();
    var known = new TreeSet<>(SHAPES.getOrDefault(shape, Set.of()));
    known.add(shape);
    Map<String, Entry> entries = yaml.entries(node, "think", known);
    Optional<Long> middle = yaml.value(entries.get(shape), ThinkParser::nanos);
    Optional<Long> max = yaml.value(entries.get("max"), ThinkParser::nanos);
    if (middle.isEmpty()) {
      return Optional.empty();
    }
    long limit = max.orElse(10 * middle.get());
    return switch (shape) {
      case "exponential" ->
          yaml.attempt(node, () -> new ThinkTime.Exponential(middle.get(), limit));
      case "normal" ->
          yaml.required(node, entries, "deviation", "think", ThinkParser::nanos)
              .flatMap(deviation ->
                  yaml.attempt(node, () -> new ThinkTime.Normal(middle.get(), deviation, limit)));
      default ->
          yaml.required(node, entries, "p95", "think", ThinkParser::nanos)
              .flatMap(p95 ->
                  yaml.attempt(
                      node,
                      () -> new ThinkTime.LogNormal(middle.get(), p95, max.orElse(10 * p95))));
    };
  }

  private static long nanos(String text) {
    return Quantities.duration(text).toNanos();
  }
}
