package headroom.cli.serve;

import headroom.cli.terminal.UserError;
import headroom.forecast.GrowthPlan;
import headroom.wall.Objective;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The configuration file:
 *
 * <pre>
 * objectives: { p99: 500ms, errors: 1% }
 * traffic: { growth: 8%/month, launches: { 2026-12-01: 2.5x } }
 * </pre>
 */
final class Configuration {
  private static final Pattern QUANTILE = Pattern.compile("p(\\d{2})(\\d*)");
  private static final Pattern DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(ms|s)");
  private static final Pattern SHARE = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*%");

  private final Path file;
  private final List<String> problems = new ArrayList<>();

  private Configuration(Path file) {
    this.file = file;
  }

  /** What a file states. */
  record Settings(Objective objective, GrowthPlan plan) {
    static final Settings DEFAULT = new Settings(Objective.DEFAULT, GrowthPlan.NONE);
  }

  /** The settings of a file; what it leaves out stays at the default. */
  static Settings read(Path file) {
    return new Configuration(file).read();
  }

  private Settings read() {
    Objective objective = Objective.DEFAULT;
    GrowthPlan plan = GrowthPlan.NONE;
    if (load() instanceof Map<?, ?> settings) {
      for (Map.Entry<?, ?> entry : settings.entrySet()) {
        if ("objectives".equals(entry.getKey()) && entry.getValue() instanceof Map<?, ?> stated) {
          objective = objective(objective, stated);
        } else if ("traffic".equals(entry.getKey())
            && entry.getValue() instanceof Map<?, ?> stated) {
          plan = plan(stated);
        } else {
          problems.add("unknown setting '" + entry.getKey() + "'; known: objectives, traffic");
        }
      }
    } else {
      problems.add("it must hold settings, such as objectives: { p99: 500ms, errors: 1% }");
    }
    if (!problems.isEmpty()) {
      throw new UserError(
          file + " cannot be used:" + System.lineSeparator() + "  " + String.join("\n  ", problems),
          "See docs/configuration.md for all settings.");
    }
    return new Settings(objective, plan);
  }

  private GrowthPlan plan(Map<?, ?> stated) {
    GrowthPlan plan = GrowthPlan.NONE;
    for (Map.Entry<?, ?> entry : stated.entrySet()) {
      try {
        if ("growth".equals(entry.getKey())) {
          plan = plan.withGrowth(String.valueOf(entry.getValue()));
        } else if ("launches".equals(entry.getKey())
            && entry.getValue() instanceof Map<?, ?> launches) {
          for (Map.Entry<?, ?> launch : launches.entrySet()) {
            plan = plan.withLaunch(launch.getKey() + ":" + launch.getValue());
          }
        } else {
          problems.add(
              "traffic: '%s' is not understood; such as growth: 8%%/month or launches: { 2026-12-01: 2.5x }"
                  .formatted(entry.getKey()));
        }
      } catch (IllegalArgumentException e) {
        problems.add("traffic: " + e.getMessage());
      }
    }
    return plan;
  }

  private Object load() {
    try {
      Object content =
          new Load(LoadSettings.builder().setLabel(file.toString()).build())
              .loadFromString(Files.readString(file));
      return content == null ? Map.of() : content;
    } catch (IOException e) {
      throw new UserError("cannot read " + file + ": " + e.getMessage(), "Give --config a file.");
    } catch (YamlEngineException e) {
      throw new UserError(file + " is not YAML: " + e.getMessage(), "Mend it and start again.");
    }
  }

  private Objective objective(Objective from, Map<?, ?> stated) {
    Objective objective = from;
    for (Map.Entry<?, ?> entry : stated.entrySet()) {
      String key = String.valueOf(entry.getKey());
      String value = String.valueOf(entry.getValue());
      Matcher quantile = QUANTILE.matcher(key);
      Matcher duration = DURATION.matcher(value);
      Matcher share = SHARE.matcher(value);
      if (quantile.matches() && duration.matches()) {
        double seconds =
            Double.parseDouble(duration.group(1)) / (duration.group(2).equals("ms") ? 1e3 : 1);
        double level = Double.parseDouble("0." + quantile.group(1) + quantile.group(2));
        objective = new Objective(level, seconds, objective.errorShare());
      } else if (key.equals("errors") && share.matches()) {
        objective =
            new Objective(
                objective.quantile(),
                objective.seconds(),
                Double.parseDouble(share.group(1)) / 100);
      } else {
        problems.add(
            "objectives: '%s: %s' is not understood; such as p99: 500ms or errors: 1%%"
                .formatted(key, value));
      }
    }
    return objective;
  }
}
