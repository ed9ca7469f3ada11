package headroom.plan.read;

import headroom.plan.Profile;
import headroom.plan.RateSegment;
import headroom.plan.Spacing;
import headroom.plan.quantity.Quantities;
import headroom.plan.yaml.Yaml;
import headroom.plan.yaml.Yaml.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the {@code profile} of a plan. */
final class ProfileParser {
  private static final Set<String> SHAPES =
      Set.of(
          "steady",
          "soak",
          "ramp",
          "step",
          "sweep",
          "spike",
          "growth",
          "sine",
          "pause",
          "closed",
          "capacity",
          "metastability");
  private static final Set<String> CLOSED = Set.of("users", "for", "ramp");

  private final Yaml yaml;

  ProfileParser(Yaml yaml) {
    this.yaml = yaml;
  }

  Optional<Profile> parse(Node node, Spacing spacing) {
    if (node instanceof MappingNode) {
      Map<String, Entry> entries = yaml.entries(node, "profile");
      if (entries.containsKey("users")) {
        return closed(node);
      }
      return sequence(List.of(node), spacing);
    }
    return sequence(yaml.sequence(node, "profile"), spacing);
  }

  private Optional<Profile> sequence(List<Node> shapes, Spacing spacing) {
    var segments = new ArrayList<RateSegment>();
    for (Node shape : shapes) {
      Map<String, Entry> entries = yaml.entries(shape, "profile", SHAPES);
      Entry closed = entries.get("closed");
      if (closed != null) {
        if (shapes.size() > 1 || entries.size() > 1) {
          yaml.problem(closed.key(), "closed must stand alone: the two models do not mix");
        }
        return closed(closed.value());
      }
      entries.forEach((name, entry) -> {
        if (SHAPES.contains(name)) {
          segments.addAll(shape(name, entry.value()));
        }
      });
    }
    return Optional.of(new Profile.Open(segments, spacing));
  }

  private List<RateSegment> shape(String name, Node node) {
    return switch (name) {
      case "steady", "soak" -> {
        var at = new Fields(name, node, Set.of("rate", "for"));
        yield at.build(() -> List.of(new RateSegment.Steady(at.rate("rate"), at.seconds("for"))));
      }
      case "pause" ->
          yaml.value(node, "pause", Quantities::duration)
              .<List<RateSegment>>map(d -> List.of(new RateSegment.Steady(0, seconds(d))))
              .orElse(List.of());
      case "ramp" -> {
        var at = new Fields(name, node, Set.of("from", "to", "over"));
        yield at.build(() ->
            List.of(new RateSegment.Ramp(at.rate("from"), at.rate("to"), at.seconds("over"))));
      }
      case "growth" -> {
        var at = new Fields(name, node, Set.of("from", "to", "over"));
        yield at.build(() ->
            List.of(new RateSegment.Growth(at.rate("from"), at.rate("to"), at.seconds("over"))));
      }
      case "step" -> {
        var at = new Fields(name, node, Set.of("from", "to", "steps", "for"));
        yield at.build(() ->
            RateSegment.steps(
                at.rate("from"), at.rate("to"), at.integer("steps"), at.seconds("for")));
      }
      case "sweep" -> {
        var at = new Fields(name, node, Set.of("from", "to", "steps", "for", "times"));
        yield at.build(() ->
            java.util.Collections.nCopies(
                    at.integer("times"),
                    RateSegment.steps(
                        at.rate("from"), at.rate("to"), at.integer("steps"), at.seconds("for")))
                .stream()
                .flatMap(List::stream)
                .toList());
      }
      case "spike" -> {
        var at = new Fields(name, node, Set.of("from", "to", "before", "for", "after"));
        yield at.build(() ->
            RateSegment.spike(
                at.rate("from"),
                at.rate("to"),
                at.seconds("before"),
                at.seconds("for"),
                at.seconds("after")));
      }
      default -> {
        var at = new Fields(name, node, Set.of("mean", "amplitude", "period", "for"));
        yield at.build(() ->
            List.of(
                new RateSegment.Sine(
                    at.rate("mean"),
                    at.rate("amplitude"),
                    at.seconds("period"),
                    at.seconds("for"))));
      }
    };
  }

  /** The fields of a shape: all of them are needed. */
  private final class Fields {
    private final Node node;
    private final Map<String, Entry> entries;
    private final boolean complete;

    Fields(String name, Node node, Set<String> known) {
      this.node = node;
      this.entries = yaml.entries(node, name, known);
      int before = yaml.problems().size();
      for (String key : known.stream().sorted().toList()) {
        if (!entries.containsKey(key) && node instanceof MappingNode) {
          yaml.problem(node, "%s needs '%s'".formatted(name, key));
        }
      }
      complete = node instanceof MappingNode && yaml.problems().size() == before;
    }

    List<RateSegment> build(java.util.function.Supplier<List<RateSegment>> shape) {
      return complete ? yaml.attempt(node, shape).orElse(List.of()) : List.of();
    }

    double rate(String key) {
      return yaml.value(entries.get(key), Quantities::rate).orElse(0.0);
    }

    double seconds(String key) {
      return yaml.value(entries.get(key), Quantities::duration)
          .map(d -> d.toNanos() / 1e9)
          .orElse(0.0);
    }

    int integer(String key) {
      return yaml.value(entries.get(key), t -> Quantities.integer(key, t, 2, 10_000)).orElse(2);
    }
  }

  private Optional<Profile> closed(Node node) {
    Map<String, Entry> entries = yaml.entries(node, "a closed profile", CLOSED);
    Optional<Integer> users =
        yaml.required(
            node,
            entries,
            "users",
            "a closed profile",
            t -> Quantities.integer("users", t, 1, 10_000_000));
    Optional<Duration> duration =
        yaml.required(node, entries, "for", "a closed profile", Quantities::duration);
    Duration ramp = yaml.value(entries.get("ramp"), Quantities::duration).orElse(Duration.ZERO);
    if (users.isEmpty() || duration.isEmpty()) {
      return Optional.empty();
    }
    return yaml.attempt(node, () -> new Profile.Closed(users.get(), duration.get(), ramp));
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
