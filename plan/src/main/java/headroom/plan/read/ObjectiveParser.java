package headroom.plan.read;

import headroom.plan.Objective;
import headroom.plan.StopRule;
import headroom.plan.quantity.Quantities;
import headroom.plan.yaml.Yaml;
import headroom.plan.yaml.Yaml.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads by what a run is judged, and when it is given up. */
final class ObjectiveParser {
  private static final Pattern PERCENTILE = Pattern.compile("p(\\d{1,2}(?:\\.\\d+)?)");

  private final Yaml yaml;

  ObjectiveParser(Yaml yaml) {
    this.yaml = yaml;
  }

  List<Objective> objectives(@Nullable Entry entry) {
    var objectives = new ArrayList<Objective>();
    if (entry != null) {
      yaml.entries(entry.value(), "objectives")
          .forEach((name, limit) -> {
            Matcher percentile = PERCENTILE.matcher(name);
            if (name.equals("errors")) {
              yaml.value(limit, Quantities::share)
                  .ifPresent(share -> objectives.add(new Objective.Errors(share)));
            } else if (percentile.matches() && Double.parseDouble(percentile.group(1)) > 0) {
              double percent = Double.parseDouble(percentile.group(1));
              yaml.value(limit, Quantities::duration)
                  .ifPresent(d ->
                      objectives.add(Objective.Latency.percentile(percent, d.toNanos() / 1e9)));
            } else {
              yaml.problem(
                  limit.key(),
                  "an objective must be errors or a percentile such as p99, got '%s'"
                      .formatted(name));
            }
          });
    }
    return objectives;
  }

  Optional<StopRule> stop(@Nullable Entry entry) {
    if (entry == null) {
      return Optional.empty();
    }
    Map<String, Entry> entries = yaml.entries(entry.value(), "stop", Set.of("errors", "for"));
    Optional<Double> share =
        yaml.required(entry.value(), entries, "errors", "stop", Quantities::share);
    Optional<Duration> window =
        yaml.required(entry.value(), entries, "for", "stop", Quantities::duration);
    if (share.isEmpty() || window.isEmpty()) {
      return Optional.empty();
    }
    return yaml.attempt(entry.value(), () -> new StopRule(share.get(), window.get()));
  }
}
