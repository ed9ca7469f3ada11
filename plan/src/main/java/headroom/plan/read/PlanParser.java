package headroom.plan.read;

import headroom.model.Spelling;
import headroom.plan.Database;
import headroom.plan.FaultPlan;
import headroom.plan.Journey;
import headroom.plan.Objective;
import headroom.plan.Plan;
import headroom.plan.Profile;
import headroom.plan.RateSegment;
import headroom.plan.Spacing;
import headroom.plan.Step;
import headroom.plan.StopRule;
import headroom.plan.Study;
import headroom.plan.Tls;
import headroom.plan.ValueSource;
import headroom.plan.Wire;
import headroom.plan.build.PlanCheck;
import headroom.plan.quantity.Quantities;
import headroom.plan.yaml.ProblemException;
import headroom.plan.yaml.Yaml;
import headroom.plan.yaml.Yaml.Entry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads a plan from YAML and finds everything that is wrong with it in one go. */
public final class PlanParser {
  private static final Set<String> KNOWN =
      Set.of(
          "target",
          "journeys",
          "mix",
          "connections",
          "profile",
          "arrivals",
          "objectives",
          "stop",
          "variables",
          "headers",
          "timeout",
          "feeders",
          "cookies",
          "tls",
          "proxies",
          "faults",
          "redirects",
          "jdbc",
          "http",
          "dns",
          "proxy",
          "sources",
          "interference",
          "data",
          "retry",
          // Known, to say where they belong.
          "capacity",
          "metastability");

  private final Yaml yaml = new Yaml();
  private final StepParser steps;
  private final FaultParser faults = new FaultParser(yaml);
  private final StudyParser studies = new StudyParser(yaml, faults);
  private final ObjectiveParser judgements = new ObjectiveParser(yaml);

  private final Path folder;
  private final PlanInputs inputs;

  private PlanParser(PlanInputs inputs) {
    this.folder = inputs.folder();
    this.inputs = inputs;
    this.steps = new StepParser(yaml, folder);
  }

  /**
   * The plan in a YAML text.
   *
   * @throws ProblemException with every problem found, each with line and column
   */
  public static Plan parse(String text) {
    return parse(text, Path.of(""));
  }

  /**
   * The plan in a YAML text.
   *
   * @param folder from which the paths of files in the plan are meant
   * @throws ProblemException with every problem found, each with line and column
   */
  public static Plan parse(String text, Path folder) {
    return parse(text, PlanInputs.of(folder));
  }

  /**
   * The plan in a YAML text, with values from outside.
   *
   * @throws ProblemException with every problem found, each with line and column, or with the name
   *     of the setting that it comes from
   */
  public static Plan parse(String text, PlanInputs inputs) {
    return new PlanParser(inputs).read(text);
  }

  private Plan read(String text) {
    Node root =
        new EnvironmentValues(yaml, inputs.environment()).in(Yaml.document(text, "the plan"));
    if (!yaml.problems().isEmpty()) {
      // What is missing would only show as other problems further down.
      throw new ProblemException(yaml.problems());
    }
    var settings = new PlanSettings(yaml, KNOWN, PlanParser::composeSetting);
    for (String setting : inputs.settings()) {
      root = settings.apply(root, setting);
    }
    return read(root);
  }

  private Plan read(Node root) {
    Map<String, Entry> entries = yaml.entries(root, "a plan", KNOWN);
    var wires = new WireParser(yaml);
    Wire wire = wires.parse(entries);
    var values = new VariableParser(yaml, folder);
    Map<String, ValueSource> variables = values.variables(entries.get("variables"));
    variables.putAll(values.feeders(entries.get("feeders")));
    List<Step.Header> headers = steps.headers(entries.get("headers"));
    Map<String, Double> mix = mix(entries.get("mix"));
    List<Journey> journeys = journeys(root, entries.get("journeys"), mix);
    Optional<URI> target = target(root, entries, wire, journeys);
    Entry mixEntry = entries.get("mix");
    if (mixEntry != null) {
      unknownJourneys(mixEntry, journeys);
    }
    Spacing spacing =
        yaml.value(entries.get("arrivals"), PlanParser::spacing).orElse(Spacing.UNIFORM);
    Optional<Entry> studyEntry = studies.inProfile(entries.get("profile"));
    Optional<StudyParser.Asked> asked =
        studyEntry.flatMap(entry -> studies.parse(entry, spacing, judgements::objectives));
    Optional<Profile> profile =
        studyEntry.isPresent()
            ? asked.map(StudyParser.Asked::profile)
            : profile(root, entries.get("profile"), spacing);
    Optional<Study> interference = studies.interference(entries.get("interference"));
    studies.misplaced(entries, studyEntry);
    OptionalInt connections = wires.connections(entries);
    List<Objective> objectives = judgements.objectives(entries.get("objectives"));
    asked.ifPresent(study -> objectives.addAll(study.objectives()));
    Optional<StopRule> stop = judgements.stop(entries.get("stop"));
    Duration timeout =
        yaml.value(entries.get("timeout"), Quantities::duration).orElse(Plan.DEFAULT_TIMEOUT);
    List<FaultPlan> faultPlans = faults.faults(entries.get("faults"));
    asked.flatMap(StudyParser.Asked::fault).ifPresent(faultPlans::add);
    if (target.isEmpty() || profile.isEmpty()) {
      throw new ProblemException(yaml.problems());
    }
    var plan =
        new Plan(
            target.get(),
            journeys,
            connections,
            profile.get(),
            objectives,
            stop,
            variables,
            headers,
            timeout,
            yaml.value(entries.get("cookies"), StepParser::bool).orElse(true),
            tls(entries.get("tls")),
            faults.proxies(entries.get("proxies")),
            faultPlans,
            asked.map(StudyParser.Asked::study).or(() -> interference).orElse(new Study.Run()),
            new DataParser(yaml, steps).parse(entries.get("data")),
            wire);
    checkWhole(root, entries, plan);
    if (!yaml.problems().isEmpty()) {
      throw new ProblemException(yaml.problems());
    }
    return plan;
  }

  /** Where nothing is for a target, the database or the first place that is sent a text is it. */
  private Optional<URI> target(
      Node root, Map<String, Entry> entries, Wire wire, List<Journey> journeys) {
    if (!entries.containsKey("target")) {
      if (entries.containsKey("jdbc")) {
        return wire.database().map(Database::target);
      }
      List<Step> all = journeys.stream().flatMap(journey -> journey.steps().stream()).toList();
      Optional<URI> place = texts(all).map(Step.Tcp::target).findFirst();
      if (place.isPresent() && !Plan.any(all, Step::isForTheTarget)) {
        return place;
      }
    }
    return yaml.required(root, entries, "target", "a plan", PlanParser::uri);
  }

  private static Stream<Step.Tcp> texts(List<Step> steps) {
    return steps.stream()
        .flatMap(step -> step instanceof Step.Tcp tcp ? Stream.of(tcp) : texts(step.inner()));
  }

  /** What only shows in the whole is reported only when the parts are sound. */
  private void checkWhole(Node root, Map<String, Entry> entries, Plan plan) {
    if (yaml.problems().isEmpty()) {
      Entry journeys = entries.get("journeys");
      Node at = journeys == null ? root : journeys.key();
      PlanCheck.problems(plan).forEach(problem -> yaml.problem(at, problem.message()));
    }
  }

  private static Optional<Node> composeSetting(String value, String label) {
    try {
      return new Compose(LoadSettings.builder().setLabel(label).build()).composeString(value);
    } catch (YamlEngineException e) {
      return Optional.empty();
    }
  }

  private static URI uri(String text) {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "target must look like http://host:port, got '" + text + "'", e);
    }
    String scheme = uri.getScheme();
    if (scheme == null || !scheme.matches("https?") || uri.getHost() == null) {
      throw new IllegalArgumentException(
          "target must look like http://host:port, got '" + text + "'");
    }
    return uri;
  }

  private static Spacing spacing(String text) {
    return switch (text) {
      case "uniform" -> Spacing.UNIFORM;
      case "poisson" -> Spacing.POISSON;
      default ->
          throw new IllegalArgumentException(
              "arrivals must be uniform or poisson, got '" + text + "'");
    };
  }

  private Map<String, Double> mix(@Nullable Entry entry) {
    var shares = new LinkedHashMap<String, Double>();
    if (entry != null) {
      yaml.entries(entry.value(), "mix")
          .forEach((name, share) ->
              yaml.value(
                      share,
                      text -> {
                        if (!text.matches("\\d+(\\.\\d+)?%?")) {
                          throw new IllegalArgumentException(
                              "the share of %s must be a number >= 0, got '%s'"
                                  .formatted(name, text));
                        }
                        return Double.parseDouble(text.replace("%", ""));
                      })
                  .ifPresent(value -> shares.put(name, value)));
    }
    return shares;
  }

  private List<Journey> journeys(Node root, @Nullable Entry entry, Map<String, Double> mix) {
    var journeys = new ArrayList<Journey>();
    if (entry == null) {
      yaml.problem(root, "a plan needs 'journeys'");
      return journeys;
    }
    yaml.entries(entry.value(), "journeys")
        .forEach((name, journey) -> {
          List<Step> parsed = steps.all(journey.value(), "journey '" + name + "'");
          double share = mix.isEmpty() ? 1 : mix.getOrDefault(name, 0.0);
          journeys.add(new Journey(name, parsed, share));
        });
    return journeys;
  }

  private void unknownJourneys(Entry mix, List<Journey> journeys) {
    Set<String> names = new java.util.TreeSet<>(journeys.stream().map(Journey::name).toList());
    if (mix.value() instanceof MappingNode) {
      new Yaml()
          .entries(mix.value(), "mix")
          .forEach((name, share) -> {
            if (!names.contains(name)) {
              yaml.problem(
                  share.key(),
                  Spelling.nearest(name, names)
                      .map(near -> "no journey '%s': did you mean '%s'?".formatted(name, near))
                      .orElse("no journey '%s'".formatted(name)));
            }
          });
    }
  }

  private Optional<Profile> profile(Node root, @Nullable Entry entry, Spacing spacing) {
    if (entry == null) {
      yaml.problem(root, "a plan needs 'profile'");
      return Optional.empty();
    }
    int before = yaml.problems().size();
    Optional<Profile> profile = new ProfileParser(yaml).parse(entry.value(), spacing);
    if (yaml.problems().size() == before
        && !isPause(entry.value())
        && profile.orElse(null) instanceof Profile.Open open
        && open.segments().stream().mapToDouble(RateSegment::arrivals).sum() <= 0) {
      yaml.problem(entry.value(), "not one user arrives within this profile");
    }
    return profile;
  }

  /** Whether it says that nobody is to arrive, which is right for data and probes alone. */
  private static boolean isPause(Node profile) {
    return switch (profile) {
      case SequenceNode list -> list.getValue().stream().allMatch(PlanParser::isPause);
      case MappingNode shape ->
          shape.getValue().stream()
              .allMatch(entry ->
                  entry.getKeyNode() instanceof ScalarNode key && key.getValue().equals("pause"));
      default -> false;
    };
  }

  private Tls tls(@Nullable Entry entry) {
    if (entry == null) {
      return Tls.DEFAULT;
    }
    Map<String, Entry> entries =
        yaml.entries(entry.value(), "tls", Set.of("insecure", "ca", "certificate", "key"));
    boolean insecure = yaml.value(entries.get("insecure"), StepParser::bool).orElse(false);
    Optional<Path> authority = yaml.value(entries.get("ca"), folder::resolve);
    Optional<Path> certificate = yaml.value(entries.get("certificate"), folder::resolve);
    Optional<Path> key = yaml.value(entries.get("key"), folder::resolve);
    return yaml.attempt(entry.value(), () -> new Tls(insecure, authority, certificate, key))
        .orElse(Tls.DEFAULT);
  }
}
