package headroom.plan.read;

import headroom.plan.Idempotence;
import headroom.plan.JsonPath;
import headroom.plan.Step;
import headroom.plan.quantity.Quantities;
import headroom.plan.yaml.Yaml;
import headroom.plan.yaml.Yaml.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code idempotent: true}, or a mapping that says how it is seen. */
final class IdempotenceParser {
  private static final Set<String> KNOWN = Set.of("copies", "later", "same", "verify");

  private final Yaml yaml;
  private final StepParser steps;

  IdempotenceParser(Yaml yaml, StepParser steps) {
    this.yaml = yaml;
    this.steps = steps;
  }

  /**
   * @param headers of the write, which the reading of its effect shares
   */
  Optional<Idempotence> parse(@Nullable Entry entry, List<Step.Header> headers) {
    if (entry == null) {
      return Optional.empty();
    }
    if (!(entry.value() instanceof MappingNode)) {
      return yaml.value(entry, StepParser::bool)
          .filter(wanted -> wanted)
          .map(wanted -> Idempotence.DEFAULT);
    }
    Map<String, Entry> entries = yaml.entries(entry.value(), "idempotent", KNOWN);
    int copies =
        yaml.value(entries.get("copies"), t -> Quantities.integer("copies", t, 2, 100))
            .orElse(Idempotence.DEFAULT.copies());
    Duration later =
        yaml.value(entries.get("later"), Quantities::duration).orElse(Idempotence.DEFAULT.later());
    Optional<JsonPath> same = yaml.value(entries.get("same"), JsonPath::parse);
    Entry verify = entries.get("verify");
    Optional<Idempotence.Verify> effect =
        verify == null ? Optional.empty() : verify(verify.value(), headers);
    return yaml.attempt(entry.value(), () -> new Idempotence(copies, later, same, effect));
  }

  /** A step that reads, with the path of a number in its answer. */
  private Optional<Idempotence.Verify> verify(Node node, List<Step.Header> headers) {
    Map<String, Entry> entries =
        yaml.entries(node, "verify", Set.of("get", "post", "json", "headers", "number"));
    Optional<JsonPath> number = yaml.required(node, entries, "number", "verify", JsonPath::parse);
    if (number.isEmpty() || !(node instanceof MappingNode mapping)) {
      return Optional.empty();
    }
    Optional<Step> read = steps.parse(Yaml.without(mapping, Set.of("number")));
    return read.flatMap(s -> s instanceof Step.Request r ? Optional.of(r) : Optional.empty())
        .map(r -> new Idempotence.Verify(withHeaders(r, headers), number.get()));
  }

  private static Step.Request withHeaders(Step.Request read, List<Step.Header> headers) {
    var all = new ArrayList<>(read.headers());
    for (Step.Header header : headers) {
      boolean known = all.stream().anyMatch(h -> h.name().equalsIgnoreCase(header.name()));
      if (!known && !header.name().equalsIgnoreCase("idempotency-key")) {
        all.add(header);
      }
    }
    return new Step.Request(
        read.name(),
        read.method(),
        read.target(),
        all,
        read.body(),
        read.expect(),
        read.saves(),
        read.timeout(),
        Optional.empty(),
        read.retry());
  }
}
