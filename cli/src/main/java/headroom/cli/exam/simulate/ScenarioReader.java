package headroom.cli.exam.simulate;

import headroom.cli.exam.simulate.ActivityReader.Need;
import headroom.plan.quantity.Quantities;
import headroom.plan.yaml.ProblemException;
import headroom.plan.yaml.Yaml;
import headroom.plan.yaml.Yaml.Entry;
import headroom.rollup.Resolution;
import headroom.sim.Activity;
import headroom.sim.BatchJob;
import headroom.sim.Operation;
import headroom.sim.Replicas;
import headroom.sim.Reporting;
import headroom.sim.Truth;
import headroom.sim.VirtualStation;
import headroom.sim.VirtualSystem;
import headroom.sim.WorkChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads a scenario from YAML and finds everything that is wrong with it in one go. */
public final class ScenarioReader {
  private static final Set<String> KNOWN =
      Set.of(
          "name",
          "service",
          "instances",
          "stations",
          "operations",
          "load",
          "jobs",
          "changes",
          "reporting",
          "goal",
          "for",
          "seed");
  private static final Pattern OPERATION = Pattern.compile("[A-Z]+ /\\S*");
  private static final double LONGEST_SECONDS = 400 * 86_400.0;
  private static final int MOST_INSTANCES = 1_000;

  private final Yaml yaml = new Yaml();

  private ScenarioReader() {}

  /**
   * The scenario in a YAML text.
   *
   * @throws ProblemException with every problem found, each with line and column
   */
  public static Scenario parse(String text) {
    return new ScenarioReader().read(Yaml.document(text, "the scenario"));
  }

  private Scenario read(Node root) {
    Map<String, Entry> entries = yaml.entries(root, "a scenario", KNOWN);
    String service = yaml.value(entries.get("service"), text -> text).orElse("service");
    String name = yaml.value(entries.get("name"), text -> text).orElse(service);
    long seed = yaml.value(entries.get("seed"), Values::number).map(Double::longValue).orElse(1L);
    double seconds =
        yaml.required(root, entries, "for", "a scenario", ScenarioReader::length).orElse(60.0);
    Optional<Node> stationNode = required(root, entries, "stations");
    List<VirtualStation> stations =
        stationNode.map(node -> new StationReader(yaml).stations(node)).orElse(List.of());
    Replicas replicas = replicas(entries.get("instances"));
    List<Operation> operations =
        required(root, entries, "operations")
            .map(node -> operations(node, stations))
            .orElse(List.of());
    List<BatchJob> jobs = jobs(entries.get("jobs"), stations);
    List<WorkChange> changes = changes(entries.get("changes"), operations, stations);
    LoadReader.Loads loads =
        required(root, entries, "load")
            .map(node -> new LoadReader(yaml).loads(node, seed))
            .orElseGet(() -> new LoadReader.Loads(t -> 1, at -> rate -> t -> rate));
    Truth.Goal goal = goal(entries.get("goal"));
    Reporting reporting = reporting(entries.get("reporting"));
    if (yaml.problems().isEmpty()) {
      Optional<VirtualSystem> system =
          yaml.attempt(
              root,
              () -> new VirtualSystem(service, replicas, stations, operations, changes, jobs));
      if (system.isPresent()) {
        return new Scenario(
            name, system.get(), loads.load(), loads.steady(), seconds, goal, reporting, seed);
      }
    }
    throw new ProblemException(yaml.problems());
  }

  private Optional<Node> required(Node root, Map<String, Entry> entries, String key) {
    Entry entry = entries.get(key);
    if (entry == null) {
      yaml.problem(root, "a scenario needs '%s'".formatted(key));
      return Optional.empty();
    }
    return Optional.of(entry.value());
  }

  private static double length(String text) {
    double seconds = Values.seconds(text);
    if (!(seconds >= 60 && seconds <= LONGEST_SECONDS)) {
      throw new IllegalArgumentException("for must be within 1m..400d, got '" + text + "'");
    }
    return seconds;
  }

  private Replicas replicas(@Nullable Entry entry) {
    if (entry == null) {
      return Replicas.ONE;
    }
    if (entry.value() instanceof ScalarNode) {
      int count = yaml.value(entry, ScenarioReader::instances).orElse(1);
      return new Replicas(count, count, 1, 0);
    }
    Map<String, Entry> of =
        yaml.entries(entry.value(), "instances", Set.of("least", "most", "scale-above", "skew"));
    int least = yaml.value(of.get("least"), ScenarioReader::instances).orElse(1);
    int most = yaml.value(of.get("most"), ScenarioReader::instances).orElse(least);
    double above = yaml.value(of.get("scale-above"), Quantities::share).orElse(0.7);
    double skew = yaml.value(of.get("skew"), Values::number).orElse(0.0);
    return yaml.attempt(entry.value(), () -> new Replicas(least, most, above, skew))
        .orElse(Replicas.ONE);
  }

  private static int instances(String text) {
    return Quantities.integer("instances", text, 1, MOST_INSTANCES);
  }

  private List<Operation> operations(Node node, List<VirtualStation> stations) {
    var reader = new ActivityReader(yaml, needs(stations));
    List<Operation> operations = new ArrayList<>();
    yaml.entries(node, "operations")
        .forEach((name, entry) -> {
          if (!OPERATION.matcher(name).matches()) {
            yaml.problem(
                entry.key(), "an operation must look like GET /balance, got '%s'".formatted(name));
          }
          Map<String, Entry> of =
              yaml.entries(entry.value(), "an operation", Set.of("share", "steps"));
          double share = yaml.value(of.get("share"), Values::number).orElse(1.0);
          Entry steps = of.get("steps");
          if (steps == null) {
            yaml.problem(entry.key(), "an operation needs 'steps'");
          } else {
            operations.add(new Operation(name, share, reader.steps(steps.value(), 0)));
          }
        });
    if (operations.stream().mapToDouble(Operation::share).sum() <= 0) {
      yaml.problem(node, "at least one operation must have a share");
    }
    return operations;
  }

  private static Map<String, Need> needs(List<VirtualStation> stations) {
    Map<String, Need> needs = new LinkedHashMap<>();
    for (VirtualStation station : stations) {
      needs.put(
          station.name(),
          switch (station) {
            case VirtualStation.Pool pool -> Need.POOL;
            case VirtualStation.Processor processor -> Need.PROCESSOR;
            case VirtualStation.Cache cache -> Need.CACHE;
          });
    }
    return needs;
  }

  private List<BatchJob> jobs(@Nullable Entry entry, List<VirtualStation> stations) {
    List<BatchJob> jobs = new ArrayList<>();
    if (entry == null) {
      return jobs;
    }
    var reader = new ActivityReader(yaml, needs(stations));
    yaml.entries(entry.value(), "jobs")
        .forEach((name, job) -> {
          Node node = job.value();
          Map<String, Entry> of =
              yaml.entries(node, "a job", Set.of("at", "every", "items", "workers", "steps"));
          double at = yaml.required(node, of, "at", "a job", Values::seconds).orElse(0.0);
          double every =
              yaml.value(of.get("every"), Values::seconds).orElse(Double.POSITIVE_INFINITY);
          int items = yaml.required(node, of, "items", "a job", ScenarioReader::pieces).orElse(1);
          int workers = yaml.value(of.get("workers"), ScenarioReader::instances).orElse(1);
          Entry steps = of.get("steps");
          if (steps == null) {
            yaml.problem(job.key(), "a job needs 'steps'");
            return;
          }
          List<Activity> work = reader.steps(steps.value(), 0);
          if (yaml.problems().isEmpty()) {
            yaml.attempt(node, () -> new BatchJob(name, at, every, items, workers, work))
                .ifPresent(jobs::add);
          }
        });
    return jobs;
  }

  private static int pieces(String text) {
    return Quantities.integer("items", text, 1, 100_000_000);
  }

  private List<WorkChange> changes(
      @Nullable Entry entry, List<Operation> operations, List<VirtualStation> stations) {
    List<WorkChange> changes = new ArrayList<>();
    if (entry == null) {
      return changes;
    }
    Set<String> operationNames = Set.copyOf(operations.stream().map(Operation::name).toList());
    Set<String> stationNames = Set.copyOf(stations.stream().map(VirtualStation::name).toList());
    for (Node node : yaml.sequence(entry.value(), "changes")) {
      Map<String, Entry> of =
          yaml.entries(
              node,
              "a change",
              Set.of("at", "over", "factor", "operation", "station", "statement", "deploy"));
      double at = yaml.required(node, of, "at", "a change", Values::seconds).orElse(0.0);
      double over = yaml.value(of.get("over"), Values::seconds).orElse(0.0);
      double factor = yaml.required(node, of, "factor", "a change", Values::number).orElse(1.0);
      String operation = known(of.get("operation"), operationNames, "operation");
      String station = known(of.get("station"), stationNames, "station");
      String statement = yaml.value(of.get("statement"), text -> text).orElse("");
      boolean deploy = yaml.value(of.get("deploy"), Values::yesOrNo).orElse(false);
      yaml.attempt(
              node, () -> new WorkChange(operation, station, statement, at, over, factor, deploy))
          .ifPresent(changes::add);
    }
    return changes;
  }

  private String known(@Nullable Entry entry, Set<String> names, String what) {
    return yaml.value(
            entry,
            text -> {
              if (names.contains(text)) {
                return text;
              }
              throw new IllegalArgumentException(Yaml.unknown(text, "the " + what + "s", names));
            })
        .orElse("");
  }

  private Truth.Goal goal(@Nullable Entry entry) {
    if (entry == null) {
      return new Truth.Goal(0.99, 0.5);
    }
    Map<String, Entry> of =
        yaml.entries(entry.value(), "a goal", Set.of("p50", "p90", "p95", "p99", "p99.9"));
    if (of.size() != 1) {
      yaml.problem(entry.value(), "a goal is one quantile, such as { p99: 500ms }");
      return new Truth.Goal(0.99, 0.5);
    }
    var only = of.entrySet().iterator().next();
    double seconds = yaml.value(only.getValue(), Values::seconds).orElse(0.5);
    return new Truth.Goal(Double.parseDouble(only.getKey().substring(1)) / 100, seconds);
  }

  private Reporting reporting(@Nullable Entry entry) {
    Map<String, Entry> of =
        entry == null
            ? Map.of()
            : yaml.entries(
                entry.value(),
                "reporting",
                Set.of("every", "timers", "noise", "rounding", "wobble", "missing", "restarts"));
    Resolution every =
        yaml.value(of.get("every"), ScenarioReader::every).orElse(Resolution.TEN_SECONDS);
    boolean timers = yaml.value(of.get("timers"), Values::yesOrNo).orElse(true);
    double noise = yaml.value(of.get("noise"), Quantities::share).orElse(0.0);
    double rounding = yaml.value(of.get("rounding"), Quantities::share).orElse(0.0);
    double wobble = yaml.value(of.get("wobble"), Quantities::share).orElse(0.0);
    double missing = yaml.value(of.get("missing"), Quantities::share).orElse(0.0);
    double restarts = yaml.value(of.get("restarts"), Values::number).orElse(0.0);
    // Shares are checked when they are read, but for a missing share of one.
    return new Reporting(
        every,
        every.seconds(),
        timers,
        false,
        noise,
        rounding,
        wobble,
        Math.min(missing, 0.99),
        restarts);
  }

  /** How often an exporter sends, which is how wide its rows are. */
  private static Resolution every(String text) {
    for (Resolution one : List.of(Resolution.TEN_SECONDS, Resolution.MINUTE)) {
      if (one.seconds() == Values.seconds(text)) {
        return one;
      }
    }
    throw new IllegalArgumentException("every must be 10s or 1m, got '" + text + "'");
  }
}
