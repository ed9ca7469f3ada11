package headroom.cli;

import headroom.ingest.Recorded;
import headroom.ingest.RecordingReader;
import headroom.ingest.otlp.IngestLimits;
import headroom.ingest.otlp.Interner;
import headroom.ingest.otlp.OtlpDecoder;
import headroom.ingest.otlp.Signal;
import headroom.model.MetricPoint;
import headroom.model.Span;
import headroom.model.TelemetrySink;
import headroom.store.RollupStore;
import headroom.telemetry.Telemetry;
import headroom.telemetry.TelemetryLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Recorded telemetry into the store, as if it had been received live. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Reads telemetry recorded by the OpenTelemetry Collector's file exporter: OTLP as JSON lines"
          + " or length-prefixed protobuf, plain or packed with gzip or zstd, traces and metrics"
          + " mixed, in any order.",
      "What counts is when things happened, not when they are read."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  headroom import otlp-*.json.zst --data ./recorded",
      "  headroom walls --data ./recorded"
    })
final class ImportCommand implements Callable<Integer> {
  /** Tables are emptied into the store when they hold so many cells. */
  private static final int CELLS_PER_FLUSH = 200_000;

  private static final int CHECK_EVERY = 4_096;

  /** And time is told at least this often, or traces would age in leaps. */
  private static final long TELL_EVERY_NANOS = 1_000_000_000L;

  private final Terminal terminal;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "recorded telemetry")
  private List<Path> files = List.of();

  @Mixin private DataFolder folder;

  ImportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
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
      Recorded recorded = read(store.rollups(), progress);
      recorded.problems().forEach(terminal::say);
      progress.done(summary(recorded));
      return recorded.decoded().isEmpty() && recorded.badRecords() > 0
          ? ExitCode.NOT_ASKED
          : ExitCode.OK;
    } catch (IOException e) {
      throw new UserError(
          "reading failed: " + e.getMessage(), "What was read before it is in the store.");
    }
  }

  private Recorded read(RollupStore store, Progress progress) throws IOException {
    var telemetry = new Telemetry(TelemetryLimits.RECORDED);
    var sink = new Flushing(telemetry, store);
    var reader =
        new RecordingReader(
            new OtlpDecoder(IngestLimits.recorded(), InstantSource.system(), new Interner()));
    Recorded all = Recorded.NOTHING;
    for (int i = 0; i < files.size(); i++) {
      Path file = files.get(i);
      double before = i;
      all =
          all.plus(
              reader.read(
                  file,
                  sink,
                  (read, total) ->
                      progress.at(
                          (before + (total == 0 ? 1 : (double) read / total)) / files.size(),
                          file.getFileName().toString())));
    }
    telemetry.completeAll();
    sink.flush();
    return all;
  }

  private static String summary(Recorded recorded) {
    return "%,d spans and %,d data points from %,d records; %,d records could not be read, %,d values were dropped"
        .formatted(
            recorded.of(Signal.TRACES).accepted(),
            recorded.of(Signal.METRICS).accepted(),
            recorded.records(),
            recorded.badRecords(),
            recorded.of(Signal.TRACES).rejected() + recorded.of(Signal.METRICS).rejected());
  }

  /** Completes traces as event time goes on, and empties full tables into the store. */
  private static final class Flushing implements TelemetrySink {
    private final Telemetry telemetry;
    private final RollupStore store;
    private int sinceCheck;
    private long toldNanos;

    Flushing(Telemetry telemetry, RollupStore store) {
      this.telemetry = telemetry;
      this.store = store;
    }

    @Override
    public void span(Span span) {
      telemetry.span(span);
      check();
    }

    @Override
    public void metric(MetricPoint point) {
      telemetry.metric(point);
      check();
    }

    private void check() {
      long latest = telemetry.latestNanos();
      if (++sinceCheck >= CHECK_EVERY || latest - toldNanos >= TELL_EVERY_NANOS) {
        sinceCheck = 0;
        toldNanos = latest;
        telemetry.expire(latest);
        if (telemetry.counters().cells() >= CELLS_PER_FLUSH) {
          flush();
        }
      }
    }

    void flush() {
      store.merge(telemetry.drain());
      telemetry.drainEvents().forEach(store::record);
    }
  }
}
