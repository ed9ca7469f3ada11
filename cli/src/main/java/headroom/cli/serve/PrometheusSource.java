package headroom.cli.serve;

import headroom.cli.data.DataFolder;
import headroom.cli.data.LocalStore;
import headroom.cli.prometheus.HistoryImport;
import headroom.cli.prometheus.ImportNote;
import headroom.cli.prometheus.OwnData;
import headroom.cli.prometheus.PrometheusClient;
import headroom.cli.terminal.ExitCode;
import headroom.cli.terminal.Progress;
import headroom.cli.terminal.Terminal;
import headroom.cli.terminal.UserError;
import headroom.ingest.pipeline.TelemetryStore;
import headroom.ingest.prometheus.LabelRules;
import headroom.plan.quantity.Quantities;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code import} that name a running Prometheus, and the import from it. */
final class PrometheusSource {
  @Option(
      names = "--prometheus",
      paramLabel = "URL",
      description = "history from this Prometheus instead of files, by its query API")
  private @Nullable URI url;

  @Option(
      names = "--since",
      paramLabel = "T",
      defaultValue = "28d",
      description = "how far back: an age such as 28d, or a time (default: 28d)")
  private String since;

  @Option(
      names = "--until",
      paramLabel = "T",
      description = "up to when (default: now, or where the folder's own data begin)")
  private @Nullable String until;

  @Option(
      names = "--match",
      paramLabel = "SELECTOR",
      defaultValue = "",
      description = "only these series, such as '{namespace=\"prod\"}'")
  private String match;

  @Option(
      names = "--step",
      paramLabel = "DURATION",
      defaultValue = "60s",
      description = "one sample in so much time (default: 60s)")
  private String step;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "bearer token of that Prometheus; or in HEADROOM_PROMETHEUS_TOKEN")
  private @Nullable Path tokenFile;

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "name at that Prometheus; its password in HEADROOM_PROMETHEUS_PASSWORD")
  private @Nullable String user;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "configuration with rules for labels, as for serve")
  private @Nullable Path config;

  boolean isGiven() {
    return url != null;
  }

  int read(Terminal terminal, DataFolder folder, InstantSource clock) throws InterruptedException {
    URI address = address();
    Instant now = clock.instant();
    Instant from = time("--since", since, now);
    Duration every = step();
    String selector = selector();
    LabelRules rules =
        config == null ? LabelRules.NONE : Configuration.read(config).prometheus().rules();
    try (LocalStore store = folder.open();
        var prometheus = new PrometheusClient(address, authorization(), System::nanoTime);
        var progress = new Progress(terminal, "importing", System::nanoTime)) {
      var note = new ImportNote(folder.path(), address + " " + selector + " " + every.toSeconds());
      Instant begin = note.reached().filter(from::isBefore).orElse(from);
      Instant asked = until == null ? now : time("--until", until, now);
      Instant end = OwnData.begin(store.rollups(), begin, asked).orElse(asked);
      if (end.isBefore(asked)) {
        terminal.say(
            "%s holds metrics from %s on, which may be the same: importing up to there",
            folder, end);
      }
      var history =
          new HistoryImport(
              prometheus, selector, every, rules, new TelemetryStore(store.rollups()), note);
      HistoryImport.Outcome outcome = history.run(from, end, progress::at);
      progress.done(summary(outcome, prometheus.busy()));
      return outcome.metrics() == 0 && outcome.from().isBefore(end) ? ExitCode.NO : ExitCode.OK;
    }
  }

  private static String summary(HistoryImport.Outcome outcome, Duration busy) {
    if (!outcome.from().isBefore(outcome.reached())) {
      return outcome.metrics() == 0
          ? "nothing, there is no whole hour that has metrics read here and is not there yet"
          : "nothing";
    }
    String reasons =
        outcome.dropped().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> "%,d %s".formatted(entry.getValue(), entry.getKey().words()))
            .collect(Collectors.joining(", "));
    return "%,d samples of %,d metrics from %s to %s; Prometheus was busy for %.1f s%s%s%s"
        .formatted(
            outcome.samples(),
            outcome.metrics(),
            outcome.from(),
            outcome.reached(),
            busy.toMillis() / 1e3,
            reasons.isEmpty() ? "" : "; of the samples " + reasons,
            outcome.unread() == 0
                ? ""
                : "; native histograms are not in answers to queries: %,d were left out"
                    .formatted(outcome.unread()),
            outcome.leftPartOut()
                ? "; the import before was stopped while it stored, so that up to an hour is"
                    + " missing"
                : "");
  }

  private URI address() {
    URI given = url;
    if (given == null
        || given.getHost() == null
        || !("http".equals(given.getScheme()) || "https".equals(given.getScheme()))) {
      throw new UserError(
          "--prometheus must be a URL, got '" + given + "'", "Such as http://prometheus:9090.");
    }
    return given;
  }

  private static Instant time(String option, String text, Instant now) {
    try {
      boolean age = !text.contains(":") && !text.contains("-");
      return age ? now.minus(Quantities.duration(text)) : Instant.parse(text);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new UserError(
          "%s must be an age such as 28d or a time such as 2026-11-01T00:00:00Z, got '%s'"
              .formatted(option, text),
          "Nothing was imported.");
    }
  }

  private Duration step() {
    try {
      Duration every = Quantities.duration(step);
      if (every.toSeconds() >= 10
          && 3_600 % every.toSeconds() == 0
          && every.toMillis() % 1_000 == 0) {
        return every;
      }
    } catch (IllegalArgumentException e) {
      throw new UserError("--step: " + e.getMessage(), "Such as 60s.");
    }
    throw new UserError(
        "--step must divide an hour and be 10s at least, got '" + step + "'", "Such as 60s.");
  }

  /** What stands within the braces. */
  private String selector() {
    String plain = match.strip();
    if (plain.isEmpty()) {
      return "";
    }
    if (!plain.startsWith("{") || !plain.endsWith("}")) {
      throw new UserError(
          "--match must be a selector in braces, got '" + match + "'",
          "Such as --match '{namespace=\"prod\"}'.");
    }
    return plain.substring(1, plain.length() - 1).strip();
  }

  private @Nullable String authorization() {
    String token = System.getenv("HEADROOM_PROMETHEUS_TOKEN");
    try {
      if (tokenFile != null) {
        token = Files.readString(tokenFile);
      }
    } catch (IOException e) {
      throw new UserError(
          "cannot read " + tokenFile + ": " + e.getMessage(), "Nothing was imported.");
    }
    if (user != null) {
      String password = System.getenv("HEADROOM_PROMETHEUS_PASSWORD");
      byte[] pair =
          (user + ":" + (password == null ? "" : password)).getBytes(StandardCharsets.UTF_8);
      return "Basic " + Base64.getEncoder().encodeToString(pair);
    }
    return token == null || token.isBlank() ? null : "Bearer " + token.strip();
  }
}
