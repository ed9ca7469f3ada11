package headroom.cli.exam.simulate;

import headroom.plan.quantity.Quantities;
import headroom.plan.yaml.Yaml;
import headroom.plan.yaml.Yaml.Entry;
import headroom.sim.Load;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads how much is asked of a system over time. */
final class LoadReader {
  private static final Set<String> KNOWN =
      Set.of("rate", "season", "growth", "launch", "steps", "bursts", "rotation");

  private final Yaml yaml;

  LoadReader(Yaml yaml) {
    this.yaml = yaml;
  }

  /** The load over time, and an even one of its kind. */
  record Loads(Load load, Scenario.SteadyLoad steady) {}

  Loads loads(Node node, long seed) {
    Map<String, Entry> entries = yaml.entries(node, "load", KNOWN);
    double rate = yaml.required(node, entries, "rate", "load", Quantities::rate).orElse(1.0);
    Load load = season(rate, entries.get("season"));
    load = growth(load, entries.get("growth"));
    load = launch(load, entries.get("launch"));
    load = steps(load, entries.get("steps"));
    load = rotation(load, entries.get("rotation"));
    Load smooth = load;
    Entry bursts = entries.get("bursts");
    if (bursts == null) {
      return new Loads(smooth, at -> perSecond -> smooth.steadyAs(perSecond, at));
    }
    Map<String, Entry> of = yaml.entries(bursts.value(), "bursts", Set.of("deviation", "every"));
    double deviation = yaml.value(of.get("deviation"), Quantities::share).orElse(0.2);
    double every = Math.max(1, yaml.value(of.get("every"), Values::seconds).orElse(5.0));
    return new Loads(
        smooth.bursty(deviation, every, seed),
        at -> perSecond -> smooth.steadyAs(perSecond, at).bursty(deviation, every, seed));
  }

  /** Days and weeks, or waves of another period. */
  private Load season(double rate, @Nullable Entry entry) {
    if (entry == null) {
      return Load.steady(rate);
    }
    Map<String, Entry> of =
        yaml.entries(entry.value(), "season", Set.of("trough", "weekend", "every"));
    double trough = yaml.value(of.get("trough"), Quantities::share).orElse(0.3);
    double weekend = yaml.value(of.get("weekend"), Quantities::share).orElse(1.0);
    return yaml.value(of.get("every"), Values::seconds)
        .map(every -> Load.waves(trough * rate, rate, every))
        .orElseGet(() -> Load.days(rate, trough, weekend, 0));
  }

  private Load growth(Load load, @Nullable Entry entry) {
    if (entry == null) {
      return load;
    }
    Map<String, Entry> of = yaml.entries(entry.value(), "growth", Set.of("by", "every", "shape"));
    double by = yaml.value(of.get("by"), Quantities::share).orElse(0.01);
    double every = yaml.value(of.get("every"), Values::seconds).orElse(86_400.0);
    boolean linear =
        yaml.value(of.get("shape"), LoadReader::shape).map("linear"::equals).orElse(false);
    return linear
        ? load.times(t -> 1 + by * t / every)
        : load.times(t -> Math.pow(1 + by, t / every));
  }

  private static String shape(String text) {
    if (text.equals("linear") || text.equals("exponential")) {
      return text;
    }
    throw new IllegalArgumentException("shape must be linear or exponential, got '" + text + "'");
  }

  private Load launch(Load load, @Nullable Entry entry) {
    if (entry == null) {
      return load;
    }
    Map<String, Entry> of = yaml.entries(entry.value(), "launch", Set.of("at", "factor", "over"));
    double at = yaml.required(entry.value(), of, "at", "launch", Values::seconds).orElse(0.0);
    double factor =
        yaml.required(entry.value(), of, "factor", "launch", Values::number).orElse(1.0);
    double over = yaml.value(of.get("over"), Values::seconds).orElse(0.0);
    return load.launch(at, factor, over);
  }

  private Load steps(Load load, @Nullable Entry entry) {
    if (entry == null) {
      return load;
    }
    Load stepped = load;
    double before = 1;
    for (Node step : yaml.sequence(entry.value(), "steps")) {
      Map<String, Entry> of = yaml.entries(step, "a step of the load", Set.of("at", "factor"));
      double at = yaml.required(step, of, "at", "a step", Values::seconds).orElse(0.0);
      double factor = yaml.required(step, of, "factor", "a step", Values::number).orElse(1.0);
      double ratio = before == 0 ? 0 : factor / before;
      stepped = stepped.times(t -> t < at ? 1 : ratio);
      before = factor;
    }
    return stepped;
  }

  private Load rotation(Load load, @Nullable Entry entry) {
    if (entry == null) {
      return load;
    }
    Map<String, Entry> of = yaml.entries(entry.value(), "rotation", Set.of("depth", "every"));
    double depth = yaml.value(of.get("depth"), Quantities::share).orElse(0.25);
    double every = yaml.value(of.get("every"), Values::seconds).orElse(3_600.0);
    return load.rotating(depth, every);
  }
}
