package headroom.plan.read;

import headroom.model.Spelling;
import headroom.plan.Retry;
import headroom.plan.StatusRange;
import headroom.plan.quantity.Quantities;
import headroom.plan.yaml.Yaml;
import headroom.plan.yaml.Yaml.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads {@code retry: { attempts: 3, backoff: 100ms..1s, on: [5xx, timeout], budget: 10 % }}, or
 * {@code retry: none} for a step that the plan's default does not go for.
 */
final class RetryParser {
  private static final Set<String> KNOWN = Set.of("attempts", "backoff", "on", "budget");
  private static final String NONE = "none";

  private final Yaml yaml;

  RetryParser(Yaml yaml) {
    this.yaml = yaml;
  }

  Optional<Retry> parse(@Nullable Entry entry) {
    if (entry == null) {
      return Optional.empty();
    }
    if (!(entry.value() instanceof MappingNode)) {
      return yaml.value(entry, RetryParser::none);
    }
    Map<String, Entry> entries = yaml.entries(entry.value(), "retry", KNOWN);
    int attempts =
        yaml.value(
                entries.get("attempts"),
                text -> Quantities.integer("attempts", text, 1, Retry.MOST_ATTEMPTS))
            .orElse(Retry.DEFAULT.attempts());
    Retry.Backoff backoff =
        yaml.value(entries.get("backoff"), RetryParser::backoff).orElse(Retry.DEFAULT.backoff());
    OptionalDouble budget =
        yaml.value(entries.get("budget"), text -> OptionalDouble.of(Quantities.share(text)))
            .orElse(OptionalDouble.empty());
    var statuses = new ArrayList<StatusRange>();
    Set<Retry.Cause> causes = EnumSet.noneOf(Retry.Cause.class);
    Entry on = entries.get("on");
    if (on == null) {
      statuses.addAll(Retry.DEFAULT.statuses());
      causes.addAll(Retry.DEFAULT.causes());
    } else {
      List<Node> nodes =
          on.value() instanceof SequenceNode list ? list.getValue() : List.of(on.value());
      nodes.forEach(node -> on(node, statuses, causes));
    }
    return yaml.attempt(
        entry.value(), () -> new Retry(attempts, backoff, statuses, causes, budget));
  }

  private static Retry none(String text) {
    if (text.equals(NONE)) {
      return Retry.NONE;
    }
    throw new IllegalArgumentException(
        "retry must be none, or a mapping such as { attempts: 3, backoff: 100ms..1s }, got '%s'"
            .formatted(text));
  }

  private static Retry.Backoff backoff(String text) {
    int dots = text.indexOf("..");
    if (dots < 0) {
      Duration fixed = text.equals("0") ? Duration.ZERO : Quantities.duration(text);
      return new Retry.Backoff(fixed, fixed);
    }
    return new Retry.Backoff(
        Quantities.duration(text.substring(0, dots).strip()),
        Quantities.duration(text.substring(dots + 2).strip()));
  }

  /** A status such as 429, a class such as 5xx, or the name of a cause. */
  private void on(Node node, List<StatusRange> statuses, Set<Retry.Cause> causes) {
    Optional<String> text = yaml.text(node, "on");
    if (text.isEmpty()) {
      return;
    }
    for (Retry.Cause cause : Retry.Cause.values()) {
      if (name(cause).equals(text.get())) {
        causes.add(cause);
        return;
      }
    }
    if (text.get().matches("[1-5](\\d\\d|xx)")) {
      yaml.attempt(node, () -> CheckParser.range(text.get())).ifPresent(statuses::add);
      return;
    }
    var words = new TreeSet<String>();
    for (Retry.Cause cause : Retry.Cause.values()) {
      words.add(name(cause));
    }
    yaml.problem(
        node,
        Spelling.nearest(text.get(), words)
            .map(
                near -> "no cause '%s' for a retry: did you mean '%s'?".formatted(text.get(), near))
            .orElse(
                "a retry is on a status such as 503 or 5xx, or on %s, got '%s'"
                    .formatted(String.join(", ", words), text.get())));
  }

  private static String name(Retry.Cause cause) {
    return cause.name().toLowerCase(Locale.ROOT);
  }
}
