package headroom.cli.prove;

import headroom.ingest.otlp.MalformedTelemetryException;
import headroom.ingest.otlp.Unpacker;
import headroom.ingest.pipeline.IngestWorker;
import headroom.ingest.pipeline.OtlpRequest;
import headroom.ingest.pipeline.Receipt;
import headroom.ingest.pipeline.UnusableRequestException;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Between a server and its worker: writes what the worker has taken, each body unpacked and behind
 * its length, which is how the Collector's file exporter writes protobuf and {@code import} reads
 * it; all of them as one gzip stream, which packs them far better than each alone.
 */
public final class TelemetryTape implements IngestWorker, Tape, AutoCloseable {
  private static final int MOST_BODY_BYTES = 64 << 20;

  private final Unpacker unpacker = new Unpacker(MOST_BODY_BYTES);
  private final IngestWorker worker;
  private final DataOutputStream out;
  private final long mostBytes;
  private boolean running;
  private long bytes;
  private @Nullable String problem;

  private TelemetryTape(IngestWorker worker, DataOutputStream out, long mostBytes) {
    this.worker = worker;
    this.out = out;
    this.mostBytes = mostBytes;
  }

  /** One that writes a file of so many bytes at most, before they are packed, once it has begun. */
  public static TelemetryTape to(Path file, long mostBytes, IngestWorker worker)
      throws IOException {
    return new TelemetryTape(
        worker,
        new DataOutputStream(
            new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(file)))),
        mostBytes);
  }

  @Override
  public synchronized void begin() {
    running = true;
  }

  @Override
  public synchronized void end() {
    running = false;
  }

  /** What was written so far, before it was packed. */
  public synchronized long bytes() {
    return bytes;
  }

  /** Why not all of it was written; null when it was. */
  public synchronized @Nullable String problem() {
    return problem;
  }

  @Override
  public Receipt receive(OtlpRequest request) throws UnusableRequestException {
    Receipt receipt = worker.receive(request);
    write(request);
    return receipt;
  }

  /** A tape that cannot be written must not keep telemetry from being received. */
  private synchronized void write(OtlpRequest request) {
    if (!running || problem != null || request.body().length == 0) {
      return;
    }
    try {
      ByteBuffer body =
          unpacker.unpack(request.body(), 0, request.body().length, request.compression());
      int length = body.remaining();
      if (length == 0) {
        return;
      }
      if (bytes + Integer.BYTES + length > mostBytes) {
        problem = "it ends where it would be longer than %,d bytes".formatted(mostBytes);
        return;
      }
      out.writeInt(length);
      out.write(body.array(), body.arrayOffset() + body.position(), length);
      bytes += Integer.BYTES + length;
    } catch (IOException | MalformedTelemetryException e) {
      problem = "it could not be written: " + e.getMessage();
    }
  }

  @Override
  public Batch drain(Instant now) {
    return worker.drain(now);
  }

  @Override
  public Batch drainAll(Instant now) {
    return worker.drainAll(now);
  }

  @Override
  public Map<String, Long> dropped() {
    return worker.dropped();
  }

  @Override
  public synchronized void close() throws IOException {
    running = false;
    out.close();
  }
}
