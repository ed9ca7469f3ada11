package headroom.cli.serve;

import headroom.cli.data.DataFolder;
import headroom.cli.data.LocalStore;
import headroom.cli.terminal.ExitCode;
import headroom.cli.terminal.Progress;
import headroom.cli.terminal.Terminal;
import headroom.cli.terminal.UserError;
import headroom.ingest.RecordingContents;
import headroom.ingest.otlp.Signal;
import headroom.ingest.pipeline.Imported;
import headroom.ingest.pipeline.RecordingImport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Recorded telemetry into the store, as if it had been received live. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Reads telemetry recorded by the OpenTelemetry Collector's file exporter: OTLP as JSON in any"
          + " layout or length-prefixed protobuf, plain or packed with gzip or zstd, traces and"
          + " metrics mixed, in any order.",
      "What counts is when things happened, not when they are read.",
      "Or, with --prometheus, the history of a running Prometheus: one question at a time, with as"
          + " much rest in between; stopped and run again, it goes on where it was."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  headroom import otlp-*.json.zst --data ./recorded",
      "  headroom import --prometheus http://prometheus:9090 --since 28d",
      "  headroom walls --data ./recorded"
    })
public final class ImportCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(arity = "0..*", paramLabel = "FILE", description = "recorded telemetry")
  private List<Path> files = List.of();

  @Mixin private PrometheusSource prometheus;

  @Mixin private DataFolder folder;

  public ImportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (prometheus.isGiven()) {
      if (!files.isEmpty()) {
        throw new UserError(
            "--prometheus and files together", "Import one after the other. Nothing was imported.");
      }
      return prometheus.read(terminal, folder, InstantSource.system());
    }
    if (files.isEmpty()) {
      throw new UserError("there is no FILE to import", "Name files, or --prometheus URL.");
    }
    for (Path file : files) {
      if (!Files.isReadable(file) || Files.isDirectory(file)) {
        throw new UserError(
            "%s cannot be read: %s"
                .formatted(file, Files.exists(file) ? "not a readable file" : "no such file"),
            "Nothing was imported.");
      }
    }
    try (LocalStore store = folder.open();
        var progress = new Progress(terminal, "importing", System::nanoTime)) {
      Imported imported = RecordingImport.read(files, store.rollups(), progress::at);
      RecordingContents recorded = imported.recorded();
      recorded.problems().forEach(terminal::say);
      progress.done(summary(imported));
      return recorded.decoded().isEmpty() && recorded.badRecords() > 0
          ? ExitCode.NOT_ASKED
          : ExitCode.OK;
    } catch (IOException e) {
      throw new UserError(
          "reading failed: " + e.getMessage(), "What was read before it is in the store.");
    }
  }

  private static String summary(Imported imported) {
    RecordingContents recorded = imported.recorded();
    Map<String, Long> dropped = imported.dropped();
    long logs = recorded.of(Signal.LOGS).accepted();
    String reasons =
        dropped.entrySet().stream()
            .map(entry -> "%,d %s".formatted(entry.getValue(), entry.getKey()))
            .collect(Collectors.joining(", "));
    return "%,d spans and %,d data points from %,d records; %,d records could not be read, %,d values were dropped%s%s"
        .formatted(
            recorded.of(Signal.TRACES).accepted(),
            recorded.of(Signal.METRICS).accepted(),
            recorded.records(),
            recorded.badRecords(),
            dropped.values().stream().mapToLong(Long::longValue).sum(),
            reasons.isEmpty() ? "" : ": " + reasons,
            logs == 0 ? "" : "; %,d log records are of no use here".formatted(logs));
  }
}
