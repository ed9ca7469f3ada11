package headroom.cli.answer;

import headroom.cli.serve.Configuration;
import headroom.cli.terminal.UserError;
import headroom.plan.quantity.Quantities;
import headroom.wall.Objective;
import headroom.wall.Objectives;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What must hold, where a folder is asked: a running server has its own. */
final class ObjectiveOptions {
  @Option(
      names = "--p99",
      paramLabel = "TIME",
      description = "judge by this time at p99, such as 2s (default: 500ms)")
  private @Nullable String p99;

  @Option(
      names = "--p95",
      paramLabel = "TIME",
      description = "judge by p95 in place of p99; likewise --p50, --p90 and --p999")
  private @Nullable String p95;

  @Option(names = "--p50", paramLabel = "TIME", hidden = true)
  private @Nullable String p50;

  @Option(names = "--p90", paramLabel = "TIME", hidden = true)
  private @Nullable String p90;

  @Option(names = "--p999", paramLabel = "TIME", hidden = true)
  private @Nullable String p999;

  @Option(
      names = "--errors",
      paramLabel = "SHARE",
      description = "share of requests that may fail, such as 0.5%% (default: 1%%)")
  private @Nullable String errors;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "take objectives, also those of single operations, from this configuration")
  private @Nullable Path config;

  /** Whether the user gave any. */
  boolean isGiven() {
    return config != null || errors != null || !times().isEmpty();
  }

  /** Those of the file, with what the options state in place of the usual. */
  Objectives objectives() {
    Objectives stated =
        config == null ? Objectives.DEFAULT : Configuration.read(config).objectives();
    Map<Double, String> times = times();
    if (times.size() > 1) {
      throw new UserError(
          "there can be one latency objective, got " + times.size(), "Give one of --p99, --p95.");
    }
    Objective usual = stated.usual();
    try {
      for (Map.Entry<Double, String> time : times.entrySet()) {
        double seconds = Quantities.duration(time.getValue()).toNanos() / 1e9;
        usual = new Objective(time.getKey(), seconds, usual.errorShare());
      }
      if (errors != null) {
        usual = new Objective(usual.quantile(), usual.seconds(), Quantities.share(errors));
      }
    } catch (IllegalArgumentException e) {
      throw new UserError(String.valueOf(e.getMessage()), "Such as --p99 2s --errors 0.5%.");
    }
    return new Objectives(usual, stated.own());
  }

  private Map<Double, String> times() {
    var times = new LinkedHashMap<Double, String>();
    Stream.of(
            new Stated(0.5, p50),
            new Stated(0.9, p90),
            new Stated(0.95, p95),
            new Stated(0.99, p99),
            new Stated(0.999, p999))
        .filter(stated -> stated.time != null)
        .forEach(stated -> times.put(stated.quantile, Objects.requireNonNull(stated.time)));
    return times;
  }

  private record Stated(double quantile, @Nullable String time) {}
}
