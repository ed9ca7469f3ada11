package headroom.cli.serve;

import headroom.cli.terminal.UserError;
import headroom.forecast.GrowthPlan;
import headroom.plan.quantity.Quantities;
import headroom.plan.yaml.Problem;
import headroom.plan.yaml.ProblemException;
import headroom.plan.yaml.Yaml;
import headroom.plan.yaml.Yaml.Entry;
import headroom.wall.Objective;
import headroom.wall.Objectives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * The configuration file:
 *
 * <pre>
 * objectives: { p99: 500ms, errors: 1%, operations: { POST /report: { p99: 5s } } }
 * traffic: { growth: 8%/month, launches: { 2026-12-01: 2.5x } }
 * </pre>
 *
 * and what {@link PrometheusSettings} holds.
 */
public final class Configuration {
  private static final Set<String> SETTINGS =
      Set.of("objectives", "prometheus", "scrape", "traffic");
  private static final Set<String> TRAFFIC = Set.of("growth", "launches");
  private static final Pattern QUANTILE = Pattern.compile("p(\\d{2})(\\d*)");

  private final Yaml yaml = new Yaml();

  private Configuration() {}

  /** What a file states. */
  public record Settings(Objectives objectives, GrowthPlan plan, PrometheusSettings prometheus) {
    static final Settings DEFAULT =
        new Settings(Objectives.DEFAULT, GrowthPlan.NONE, PrometheusSettings.DEFAULT);
  }

  /** The settings of a file; what it leaves out stays at the default. */
  public static Settings read(Path file) {
    try {
      Optional<Node> root = Yaml.compose(Files.readString(file));
      return root.isEmpty() ? Settings.DEFAULT : new Configuration().read(root.get());
    } catch (IOException e) {
      throw new UserError("cannot read " + file + ": " + e.getMessage(), "Give --config a file.");
    } catch (ProblemException e) {
      throw new UserError(
          e.problems().stream()
              .map(Problem::toString)
              .collect(
                  Collectors.joining(
                      System.lineSeparator() + "  ",
                      file + " cannot be used:" + System.lineSeparator() + "  ",
                      "")),
          "See docs/configuration.md for all settings.");
    }
  }

  private Settings read(Node root) {
    Map<String, Entry> entries = yaml.entries(root, "the configuration", SETTINGS);
    var settings =
        new Settings(
            objectives(entries.get("objectives")),
            traffic(entries.get("traffic")),
            PrometheusSettings.read(yaml, entries.get("prometheus"), entries.get("scrape")));
    List<Problem> problems = yaml.problems();
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
    return settings;
  }

  private Objectives objectives(@Nullable Entry entry) {
    if (entry == null) {
      return Objectives.DEFAULT;
    }
    Map<String, Entry> stated = new LinkedHashMap<>(yaml.entries(entry.value(), "objectives"));
    Entry operations = stated.remove("operations");
    Objective usual = objective(stated, Objective.DEFAULT);
    Map<String, Objective> own = new LinkedHashMap<>();
    if (operations != null) {
      yaml.entries(operations.value(), "operations")
          .forEach((operation, each) ->
              own.put(operation, objective(yaml.entries(each.value(), "an objective"), usual)));
    }
    return new Objectives(usual, own);
  }

  /** What these entries state, and the usual for what they leave out. */
  private Objective objective(Map<String, Entry> entries, Objective usual) {
    Objective objective = usual;
    String latency = "";
    for (Map.Entry<String, Entry> each : entries.entrySet()) {
      String key = each.getKey();
      Entry stated = each.getValue();
      Matcher quantile = QUANTILE.matcher(key);
      Objective before = objective;
      if (key.equals("errors")) {
        objective =
            limit(stated, Quantities::share)
                .flatMap(share ->
                    yaml.attempt(
                        stated.value(),
                        () -> new Objective(before.quantile(), before.seconds(), share)))
                .orElse(before);
      } else if (!quantile.matches()) {
        yaml.problem(
            stated.key(),
            "an objective must be errors or a percentile such as p99 or p999, got '%s'"
                .formatted(key));
      } else if (!latency.isEmpty()) {
        yaml.problem(
            stated.key(),
            "%s beside %s: there can be one latency objective".formatted(key, latency));
      } else {
        latency = key;
        double level = Double.parseDouble("0." + quantile.group(1) + quantile.group(2));
        objective =
            limit(stated, Configuration::seconds)
                .flatMap(seconds ->
                    yaml.attempt(
                        stated.value(), () -> new Objective(level, seconds, before.errorShare())))
                .orElse(before);
      }
    }
    return objective;
  }

  /** What an objective is held to; a bad one is told with its key. */
  private Optional<Double> limit(Entry stated, Function<String, Double> read) {
    return yaml.value(
        stated,
        text -> {
          try {
            return read.apply(text);
          } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                "%s: %s: %s".formatted(stated.key().getValue(), text, e.getMessage()), e);
          }
        });
  }

  private static double seconds(String text) {
    return Quantities.duration(text.replace(" ", "")).toNanos() / 1e9;
  }

  private GrowthPlan traffic(@Nullable Entry entry) {
    GrowthPlan plan = GrowthPlan.NONE;
    if (entry == null) {
      return plan;
    }
    Map<String, Entry> entries = yaml.entries(entry.value(), "traffic", TRAFFIC);
    plan = yaml.value(entries.get("growth"), plan::withGrowth).orElse(plan);
    Entry launches = entries.get("launches");
    if (launches == null) {
      return plan;
    }
    for (Map.Entry<String, Entry> each : yaml.entries(launches.value(), "launches").entrySet()) {
      GrowthPlan before = plan;
      plan =
          yaml.value(each.getValue(), factor -> before.withLaunch(each.getKey() + ":" + factor))
              .orElse(before);
    }
    return plan;
  }
}
