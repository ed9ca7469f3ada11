package headroom.cli.exam.simulate;

import headroom.plan.quantity.Quantities;
import headroom.plan.yaml.Yaml;
import headroom.plan.yaml.Yaml.Entry;
import headroom.sim.Activity;
import headroom.sim.Breaker;
import headroom.sim.Distribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads what a request does. Each step is a mapping whose first key says what it is. */
final class ActivityReader {
  private static final Set<String> KNOWN =
      Set.of(
          "work",
          "pause",
          "hold",
          "statement",
          "takes",
          "repeat",
          "sometimes",
          "lookup",
          "miss",
          "publish",
          "call",
          "timeout",
          "attempts",
          "budget",
          "breaker",
          "steps");
  private static final int DEEPEST = 16;
  private static final int MOST_REPEATS = 10_000;

  /** What kind of station a step needs. */
  enum Need {
    PROCESSOR,
    POOL,
    CACHE
  }

  private final Yaml yaml;
  private final Map<String, Need> stations;

  ActivityReader(Yaml yaml, Map<String, Need> stations) {
    this.yaml = yaml;
    this.stations = stations;
  }

  List<Activity> steps(Node node, int depth) {
    List<Activity> steps = new ArrayList<>();
    if (depth > DEEPEST) {
      yaml.problem(node, "steps may be within each other at most %d times".formatted(DEEPEST));
      return steps;
    }
    for (Node one : yaml.sequence(node, "steps")) {
      step(one, depth).ifPresent(steps::add);
    }
    return steps;
  }

  private Optional<Activity> step(Node node, int depth) {
    Map<String, Entry> entries = yaml.entries(node, "a step", KNOWN);
    for (Map.Entry<String, Entry> entry : entries.entrySet()) {
      Node value = entry.getValue().value();
      switch (entry.getKey()) {
        case "work" -> {
          return work(value);
        }
        case "pause" -> {
          return yaml.value(value, "pause", Distributions::parse).map(Activity.Pause::new);
        }
        case "hold" -> {
          return station(value, Need.POOL)
              .map(pool -> new Activity.Hold(pool, within(node, entries, depth)));
        }
        case "statement" -> {
          return yaml.text(value, "statement")
              .map(text -> new Activity.Statement(text, within(node, entries, depth)));
        }
        case "repeat" -> {
          return yaml.value(value, "repeat", ActivityReader::times)
              .map(times ->
                  new Activity.Repeat(times.least(), times.most(), within(node, entries, depth)));
        }
        case "sometimes" -> {
          return yaml.value(value, "sometimes", Quantities::share)
              .map(share -> new Activity.Sometimes(share, within(node, entries, depth)));
        }
        case "lookup" -> {
          Entry miss = entries.get("miss");
          return station(value, Need.CACHE)
              .map(cache ->
                  new Activity.Lookup(
                      cache, miss == null ? List.of() : steps(miss.value(), depth + 1)));
        }
        case "publish" -> {
          return Optional.of(new Activity.Publish(steps(value, depth + 1)));
        }
        case "call" -> {
          return call(node, entries, depth);
        }
        default -> {
          // What belongs to the key that says what it is.
        }
      }
    }
    if (entries.keySet().stream().allMatch(KNOWN::contains)) {
      yaml.problem(
          node,
          "a step must be one of work, pause, hold, statement, repeat, sometimes, lookup, publish,"
              + " call");
    }
    return Optional.empty();
  }

  private Optional<Activity> work(Node node) {
    Optional<Activity> work = Optional.empty();
    Map<String, Entry> entries = yaml.entries(node, "work");
    for (Entry entry : entries.values()) {
      Optional<Distribution> seconds = yaml.value(entry, Distributions::parse);
      work =
          station(entry.key(), Need.PROCESSOR)
              .flatMap(cpu -> seconds.map(time -> new Activity.Work(cpu, time)));
    }
    if (entries.size() != 1) {
      yaml.problem(node, "work must name one processor and a time, such as work: { cpu: 4ms }");
    }
    return work;
  }

  /** The steps under {@code steps}, or a pause as long as {@code takes} says. */
  private List<Activity> within(Node node, Map<String, Entry> entries, int depth) {
    Entry steps = entries.get("steps");
    Entry takes = entries.get("takes");
    if ((steps == null) == (takes == null)) {
      yaml.problem(node, "this step needs either 'steps' or 'takes'");
    }
    if (steps != null) {
      return steps(steps.value(), depth + 1);
    }
    return yaml.value(takes, Distributions::parse)
        .<List<Activity>>map(t -> List.of(new Activity.Pause(t)))
        .orElse(List.of());
  }

  private Optional<Activity> call(Node node, Map<String, Entry> entries, int depth) {
    Optional<String> peer = yaml.value(entries.get("call"), text -> text);
    double timeout = yaml.value(entries.get("timeout"), Values::seconds).orElse(1e18);
    int attempts =
        yaml.value(entries.get("attempts"), text -> Quantities.integer("attempts", text, 1, 100))
            .orElse(1);
    double budget =
        yaml.value(entries.get("budget"), Quantities::share).orElse(Double.POSITIVE_INFINITY);
    Entry guard = entries.get("breaker");
    Breaker breaker = guard == null ? null : breaker(guard.value()).orElse(null);
    List<Activity> steps = within(node, entries, depth);
    return peer.map(name ->
        new Activity.Call(
            name,
            timeout > 1e17 ? Double.POSITIVE_INFINITY : timeout,
            attempts,
            budget,
            breaker,
            steps));
  }

  private Optional<Breaker> breaker(Node node) {
    Map<String, Entry> of =
        yaml.entries(node, "a breaker", Set.of("window", "failures", "open", "probes"));
    int window = integer(of, "window", 20);
    double failures = yaml.value(of.get("failures"), Quantities::share).orElse(0.5);
    double open = yaml.value(of.get("open"), Values::seconds).orElse(10.0);
    int probes = integer(of, "probes", 5);
    return yaml.attempt(node, () -> new Breaker(window, failures, open, probes));
  }

  private int integer(Map<String, Entry> entries, String key, int otherwise) {
    return yaml.value(entries.get(key), text -> Quantities.integer(key, text, 1, 100_000))
        .orElse(otherwise);
  }

  private Optional<String> station(Node node, Need need) {
    Optional<String> name = yaml.text(node, "a station");
    if (name.isEmpty()) {
      return name;
    }
    Need is = stations.get(name.get());
    if (is == need) {
      return name;
    }
    String what =
        switch (need) {
          case PROCESSOR -> "a station with cores";
          case POOL -> "a station with connections, threads, consumers or a lock";
          case CACHE -> "a station with a cache";
        };
    yaml.problem(
        node,
        "'%s' is not %s; there are %s".formatted(name.get(), what, String.join(", ", names(need))));
    return Optional.empty();
  }

  private List<String> names(Need need) {
    return stations.entrySet().stream()
        .filter(entry -> entry.getValue() == need)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  private record Times(int least, int most) {}

  private static Times times(String text) {
    int dots = text.indexOf("..");
    String low = dots < 0 ? text : text.substring(0, dots);
    String high = dots < 0 ? text : text.substring(dots + 2);
    return new Times(
        Quantities.integer("repeat", low, 1, MOST_REPEATS),
        Quantities.integer("repeat", high, 1, MOST_REPEATS));
  }
}
