package headroom.ingest.pipeline;

import headroom.ingest.RecordingContents;
import headroom.ingest.RecordingReader;
import headroom.ingest.otlp.IngestLimits;
import headroom.ingest.otlp.Interner;
import headroom.ingest.otlp.OtlpDecoder;
import headroom.store.RollupStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** Reads recorded files into a store, with memory that does not grow with them. */
public final class RecordingImport {
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
    var sink = new TelemetryStore(store);
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
    sink.finish();
    return new Imported(all, sink.irregularities());
  }
}
