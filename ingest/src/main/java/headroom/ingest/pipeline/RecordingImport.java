package headroom.ingest.pipeline;

import headroom.ingest.RecordingContents;
import headroom.ingest.RecordingReader;
import headroom.ingest.otlp.IngestLimits;
import headroom.ingest.otlp.Interner;
import headroom.ingest.otlp.OtlpDecoder;
import headroom.model.MetricPoint;
import headroom.model.Span;
import headroom.model.TelemetrySink;
import headroom.store.RollupStore;
import headroom.telemetry.Telemetry;
import headroom.telemetry.TelemetryLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** Reads recorded files into a store, with memory that does not grow with them. */
public final class RecordingImport {
  /** Tables are emptied into the store when they hold so many cells. */
  private static final int CELLS_PER_FLUSH = 200_000;

  private static final int CHECK_EVERY = 4_096;

  /** And time is told at least this often, or traces would age in leaps. */
  private static final long TELL_EVERY_NANOS = 1_000_000_000L;

  private RecordingImport() {}

  /** Told how far it is. */
  @FunctionalInterface
  public interface Told {
    /**
     * @param share 0..1 of the files
     * @param file that is being read
     */
    void at(double share, String file);
  }

  /**
   * Reads files of one system, one after the other.
   *
   * @throws IOException when one cannot be read; what stands in it is no reason
   */
  public static Imported read(List<Path> files, RollupStore store, Told progress)
      throws IOException {
    var telemetry = new Telemetry(TelemetryLimits.RECORDED);
    var sink = new Flushing(telemetry, store);
    var reader =
        new RecordingReader(
            new OtlpDecoder(IngestLimits.recorded(), InstantSource.system(), new Interner()));
    RecordingContents all = RecordingContents.NOTHING;
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
    return new Imported(all, telemetry.counters().irregularities());
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
