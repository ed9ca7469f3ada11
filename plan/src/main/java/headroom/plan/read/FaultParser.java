package headroom.plan.read;

import headroom.plan.Fault;
import headroom.plan.FaultPlan;
import headroom.plan.Trigger;
import headroom.plan.quantity.Quantities;
import headroom.plan.yaml.Yaml;
import headroom.plan.yaml.Yaml.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads the {@code proxies} and {@code faults} of a plan. */
final class FaultParser {
  private static final Set<String> KINDS =
      Set.of(
          "latency",
          "bandwidth",
          "black-hole",
          "reset",
          "slow-close",
          "cut-after",
          "flapping",
          "run");
  private static final Set<String> KNOWN = known();
  private static final Set<String> TRIGGERS = triggers();
  private static final Pattern ADDRESS = Pattern.compile("(?:([^:]+):)?(\\d{1,5})");

  private final Yaml yaml;

  FaultParser(Yaml yaml) {
    this.yaml = yaml;
  }

  private static Set<String> known() {
    var known = new TreeSet<>(KINDS);
    known.addAll(Set.of("at", "for", "on", "undo", "timeout"));
    return known;
  }

  private static Set<String> triggers() {
    var known = new TreeSet<>(KNOWN);
    known.remove("at");
    known.add("spike");
    return known;
  }

  /** What disturbs steady load: a fault without a time of its own, or a spike. */
  Optional<Trigger> trigger(Node node) {
    Map<String, Entry> entries = yaml.entries(node, "a trigger", TRIGGERS);
    Optional<Duration> lasts =
        yaml.required(node, entries, "for", "a trigger", Quantities::duration);
    List<String> kinds =
        entries.keySet().stream().filter(k -> KINDS.contains(k) || k.equals("spike")).toList();
    Entry kind = kinds.size() == 1 ? entries.get(kinds.getFirst()) : null;
    if (kind == null) {
      yaml.problem(
          node, "a trigger needs one of spike, " + String.join(", ", new TreeSet<>(KINDS)));
      return Optional.empty();
    }
    if (kind.key().getValue().equals("spike")) {
      Optional<Double> rate = yaml.value(kind, Quantities::rate);
      return rate.flatMap(r ->
          lasts.flatMap(d -> yaml.attempt(node, () -> (Trigger) new Trigger.Spike(r, seconds(d)))));
    }
    Optional<FaultPlan.Action> action = action(node, kind, entries, true);
    return action.flatMap(what ->
        lasts.flatMap(
            d -> yaml.attempt(node, () -> (Trigger) new Trigger.Disturbance(what, seconds(d)))));
  }

  List<FaultPlan.Proxy> proxies(@Nullable Entry entry) {
    var proxies = new ArrayList<FaultPlan.Proxy>();
    if (entry != null) {
      yaml.entries(entry.value(), "proxies")
          .forEach((name, proxy) -> proxy(name, proxy.value()).ifPresent(proxies::add));
    }
    return proxies;
  }

  private Optional<FaultPlan.Proxy> proxy(String name, Node node) {
    Map<String, Entry> entries = yaml.entries(node, "a proxy", Set.of("listen", "to"));
    Optional<Address> listen =
        yaml.required(node, entries, "listen", "a proxy", FaultParser::address);
    Optional<Address> to = yaml.required(node, entries, "to", "a proxy", FaultParser::address);
    return listen.flatMap(
        from -> to.map(target -> new FaultPlan.Proxy(name, from.port, target.host, target.port)));
  }

  private record Address(String host, int port) {}

  private static Address address(String text) {
    Matcher matcher = ADDRESS.matcher(text);
    if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > 65_535) {
      throw new IllegalArgumentException(
          "an address must look like 127.0.0.1:5432, got '" + text + "'");
    }
    String host = matcher.group(1);
    return new Address(host == null ? "127.0.0.1" : host, Integer.parseInt(matcher.group(2)));
  }

  List<FaultPlan> faults(@Nullable Entry entry) {
    var faults = new ArrayList<FaultPlan>();
    if (entry != null) {
      for (Node node : yaml.sequence(entry.value(), "faults")) {
        fault(node).ifPresent(faults::add);
      }
    }
    return faults;
  }

  private Optional<FaultPlan> fault(Node node) {
    Map<String, Entry> entries = yaml.entries(node, "a fault", KNOWN);
    Optional<Duration> at = yaml.required(node, entries, "at", "a fault", Quantities::duration);
    Optional<Duration> lasts = yaml.value(entries.get("for"), Quantities::duration);
    List<String> kinds = entries.keySet().stream().filter(KINDS::contains).toList();
    Entry kind = kinds.size() == 1 ? entries.get(kinds.getFirst()) : null;
    if (kind == null) {
      yaml.problem(node, "a fault needs one of " + String.join(", ", new TreeSet<>(KINDS)));
      return Optional.empty();
    }
    Optional<FaultPlan.Action> action = action(node, kind, entries, lasts.isPresent());
    return at.flatMap(start ->
        action.flatMap(what ->
            yaml.attempt(
                node,
                () ->
                    new FaultPlan(
                        seconds(start),
                        lasts
                            .map(d -> OptionalDouble.of(seconds(d)))
                            .orElse(OptionalDouble.empty()),
                        what))));
  }

  private Optional<FaultPlan.Action> action(
      Node node, Entry kind, Map<String, Entry> entries, boolean lasts) {
    if (kind.key().getValue().equals("run")) {
      return command(kind, entries, lasts);
    }
    for (String key : List.of("undo", "timeout")) {
      Entry stray = entries.get(key);
      if (stray != null) {
        yaml.problem(stray.key(), key + " goes with run");
      }
    }
    if (!lasts) {
      yaml.problem(node, "a fault on a proxy needs 'for'");
    }
    Optional<String> on = yaml.required(node, entries, "on", "a fault", text -> text);
    Optional<Fault> fault = fault(kind);
    return on.flatMap(proxy -> fault.map(f -> new FaultPlan.OnProxy(proxy, f)));
  }

  private Optional<FaultPlan.Action> command(Entry run, Map<String, Entry> entries, boolean lasts) {
    Entry undo = entries.get("undo");
    if (undo != null && !lasts) {
      yaml.problem(undo.key(), "undo needs 'for': when what was run is over");
    }
    Duration timeout =
        yaml.value(entries.get("timeout"), Quantities::duration)
            .orElse(FaultPlan.Command.DEFAULT_TIMEOUT);
    List<String> arguments = arguments(run);
    List<String> undone = undo == null ? List.of() : arguments(undo);
    return arguments.isEmpty()
        ? Optional.empty()
        : yaml.attempt(run.value(), () -> new FaultPlan.Command(arguments, undone, timeout));
  }

  /** A program and its arguments: a list, since no shell takes a line apart. */
  private List<String> arguments(Entry entry) {
    if (!(entry.value() instanceof SequenceNode list) || list.getValue().isEmpty()) {
      yaml.problem(
          entry.value(),
          "%s must be a list of a program and its arguments, such as [systemctl, restart, db]"
              .formatted(entry.key().getValue()));
      return List.of();
    }
    var arguments = new ArrayList<String>();
    list.getValue().forEach(node -> yaml.text(node, "an argument").ifPresent(arguments::add));
    return arguments;
  }

  private Optional<Fault> fault(Entry entry) {
    return switch (entry.key().getValue()) {
      case "latency" ->
          yaml.value(
              entry,
              text -> {
                Duration[] range = range(text);
                return new Fault.Latency(range[0], range[1].minus(range[0]));
              });
      case "bandwidth" ->
          yaml.value(
              entry,
              text ->
                  new Fault.Bandwidth(Quantities.integer("bandwidth", text, 1, Integer.MAX_VALUE)));
      case "cut-after" ->
          yaml.value(
              entry,
              text ->
                  new Fault.CutAfter(Quantities.integer("cut-after", text, 1, Integer.MAX_VALUE)));
      case "slow-close" ->
          yaml.value(entry, text -> new Fault.SlowClose(Quantities.duration(text)));
      case "flapping" -> flapping(entry);
      case "reset" -> yaml.value(entry, FaultParser::yes).map(yes -> new Fault.Reset());
      default -> yaml.value(entry, FaultParser::yes).map(yes -> new Fault.BlackHole());
    };
  }

  private Optional<Fault> flapping(Entry entry) {
    Map<String, Entry> entries = yaml.entries(entry.value(), "flapping", Set.of("down", "up"));
    Optional<Duration> down =
        yaml.required(entry.value(), entries, "down", "flapping", Quantities::duration);
    Optional<Duration> up =
        yaml.required(entry.value(), entries, "up", "flapping", Quantities::duration);
    return down.flatMap(
        d -> up.flatMap(u -> yaml.attempt(entry.value(), () -> (Fault) new Fault.Flapping(d, u))));
  }

  private static boolean yes(String text) {
    if (!text.equals("true")) {
      throw new IllegalArgumentException("must be true, got '" + text + "'");
    }
    return true;
  }

  private static Duration[] range(String text) {
    int dots = text.indexOf("..");
    if (dots < 0) {
      Duration both = Quantities.duration(text);
      return new Duration[] {both, both};
    }
    return new Duration[] {
      Quantities.duration(text.substring(0, dots).strip()),
      Quantities.duration(text.substring(dots + 2).strip())
    };
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
