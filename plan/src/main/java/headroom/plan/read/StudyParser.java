package headroom.plan.read;

import headroom.plan.FaultPlan;
import headroom.plan.Objective;
import headroom.plan.Profile;
import headroom.plan.Spacing;
import headroom.plan.Study;
import headroom.plan.Trigger;
import headroom.plan.quantity.Quantities;
import headroom.plan.yaml.Yaml;
import headroom.plan.yaml.Yaml.Entry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads the questions a plan may ask besides whether its objectives hold: {@code capacity} and
 * {@code metastability} in the place of a profile, {@code interference} beside one.
 */
final class StudyParser {
  static final Set<String> PROFILES = Set.of("capacity", "metastability");

  private static final Set<String> CAPACITY =
      Set.of("from", "to", "plateau", "precision", "at-least", "objectives");
  private static final double BEFORE_SECONDS = 30;
  private static final double AFTER_SECONDS = 60;

  private final Yaml yaml;
  private final FaultParser faults;

  StudyParser(Yaml yaml, FaultParser faults) {
    this.yaml = yaml;
    this.faults = faults;
  }

  /** A question with the load, faults and objectives it brings along. */
  record Asked(
      Study study, Profile profile, Optional<FaultPlan> fault, List<Objective> objectives) {}

  /** The entry of a question that stands in the place of a profile; empty when none does. */
  Optional<Entry> inProfile(@Nullable Entry profile) {
    if (profile == null) {
      return Optional.empty();
    }
    List<Node> shapes =
        profile.value() instanceof SequenceNode list ? list.getValue() : List.of(profile.value());
    for (Node shape : shapes) {
      if (shape instanceof MappingNode) {
        Map<String, Entry> entries = new Yaml().entries(shape, "profile");
        for (String key : PROFILES) {
          Entry found = entries.get(key);
          if (found != null) {
            if (shapes.size() > 1 || entries.size() > 1) {
              yaml.problem(found.key(), key + " must stand alone: it makes its own load");
            }
            return Optional.of(found);
          }
        }
      }
    }
    return Optional.empty();
  }

  /** Questions that stand where they cannot be asked. */
  void misplaced(Map<String, Entry> plan, Optional<Entry> inProfile) {
    for (String key : PROFILES) {
      Entry stray = plan.get(key);
      if (stray != null) {
        yaml.problem(
            stray.key(),
            "%s stands in the place of a profile: write profile: { %s: … }".formatted(key, key));
      }
    }
    Entry interference = plan.get("interference");
    if (inProfile.isPresent() && interference != null) {
      yaml.problem(
          interference.key(),
          "interference and %s are questions for two plans"
              .formatted(inProfile.get().key().getValue()));
    }
  }

  /** The question in the place of a profile. */
  Optional<Asked> parse(
      Entry entry, Spacing spacing, Function<@Nullable Entry, List<Objective>> objectives) {
    return entry.key().getValue().equals("capacity")
        ? capacity(entry.value(), spacing, objectives)
        : metastability(entry.value(), spacing);
  }

  private Optional<Asked> capacity(
      Node node, Spacing spacing, Function<@Nullable Entry, List<Objective>> objectives) {
    Map<String, Entry> entries = yaml.entries(node, "capacity", CAPACITY);
    Optional<Double> from = yaml.required(node, entries, "from", "capacity", Quantities::rate);
    Optional<Double> to = yaml.required(node, entries, "to", "capacity", Quantities::rate);
    double[] plateau =
        yaml.value(entries.get("plateau"), StudyParser::plateau).orElse(new double[] {10, 40});
    double precision = yaml.value(entries.get("precision"), Quantities::share).orElse(0.05);
    OptionalDouble required =
        yaml.value(entries.get("at-least"), Quantities::rate)
            .map(OptionalDouble::of)
            .orElse(OptionalDouble.empty());
    List<Objective> own = objectives.apply(entries.get("objectives"));
    if (from.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    return yaml.attempt(
        node,
        () ->
            new Asked(
                new Study.Capacity(
                    from.get(), to.get(), plateau[0], plateau[1], precision, required),
                new Profile.Open(List.of(), spacing),
                Optional.empty(),
                own));
  }

  /** {@code 10s..40s}, or one duration for plateaus that all last as long. */
  private static double[] plateau(String text) {
    int dots = text.indexOf("..");
    String least = dots < 0 ? text : text.substring(0, dots).strip();
    String most = dots < 0 ? text : text.substring(dots + 2).strip();
    return new double[] {seconds(Quantities.duration(least)), seconds(Quantities.duration(most))};
  }

  private Optional<Asked> metastability(Node node, Spacing spacing) {
    Map<String, Entry> entries =
        yaml.entries(node, "metastability", Set.of("rate", "before", "trigger", "after"));
    Optional<Double> rate = yaml.required(node, entries, "rate", "metastability", Quantities::rate);
    double before = seconds(entries.get("before"), BEFORE_SECONDS);
    double after = seconds(entries.get("after"), AFTER_SECONDS);
    Entry entry = entries.get("trigger");
    if (entry == null) {
      yaml.problem(node, "metastability needs 'trigger'");
      return Optional.empty();
    }
    Optional<Trigger> trigger = faults.trigger(entry.value());
    if (rate.isEmpty() || trigger.isEmpty()) {
      return Optional.empty();
    }
    Trigger what = trigger.get();
    return yaml.attempt(
        node,
        () ->
            new Asked(
                what.study(before),
                new Profile.Open(what.load(rate.get(), before, after), spacing),
                what.fault(before),
                List.of()));
  }

  private double seconds(@Nullable Entry entry, double otherwise) {
    return yaml.value(entry, Quantities::duration).map(StudyParser::seconds).orElse(otherwise);
  }

  /** {@code interference: true}, or a mapping with how long and how often. */
  Optional<Study> interference(@Nullable Entry entry) {
    if (entry == null) {
      return Optional.empty();
    }
    if (!(entry.value() instanceof MappingNode)) {
      return yaml.value(entry, StepParser::bool)
          .filter(wanted -> wanted)
          .map(wanted -> Study.Interference.DEFAULT);
    }
    Map<String, Entry> entries =
        yaml.entries(entry.value(), "interference", Set.of("for", "blocks"));
    int seconds =
        (int) Math.round(seconds(entries.get("for"), Study.Interference.DEFAULT.seconds()));
    int blocks =
        yaml.value(entries.get("blocks"), t -> Quantities.integer("blocks", t, 2, 50))
            .orElse(Study.Interference.DEFAULT.blocks());
    return yaml.attempt(entry.value(), () -> new Study.Interference(seconds, blocks));
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
