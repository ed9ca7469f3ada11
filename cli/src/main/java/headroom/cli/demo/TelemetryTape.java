package headroom.cli.demo;

import headroom.ingest.pipeline.IngestWorker;
import headroom.ingest.pipeline.OtlpRequest;
import headroom.ingest.pipeline.Receipt;
import headroom.ingest.pipeline.TelemetryRequest;
import headroom.ingest.pipeline.UnusableRequestException;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Between a server and its worker: writes what the worker has taken, as it came, each body behind
 * its length, which is how the Collector's file exporter writes protobuf and {@code import} reads
 * it. A body that is packed stays so.
 */
public final class TelemetryTape implements IngestWorker, Tape, AutoCloseable {
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

  /** One that writes a file of so many bytes at most, once it has begun. */
  public static TelemetryTape to(Path file, long mostBytes, IngestWorker worker)
      throws IOException {
    return new TelemetryTape(
        worker,
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file))),
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

  /** What was written so far. */
  public synchronized long bytes() {
    return bytes;
  }

  /** Why not all of it was written; null when it was. */
  public synchronized @Nullable String problem() {
    return problem;
  }

  @Override
  public Receipt receive(TelemetryRequest request) throws UnusableRequestException {
    Receipt receipt = worker.receive(request);
    if (request instanceof OtlpRequest) {
      write(request.body());
    }
    return receipt;
  }

  /** A tape that cannot be written must not keep telemetry from being received. */
  private synchronized void write(byte[] body) {
    if (!running || problem != null || body.length == 0) {
      return;
    }
    if (bytes + Integer.BYTES + body.length > mostBytes) {
      problem = "it ends where it would be longer than %,d bytes".formatted(mostBytes);
      return;
    }
    try {
      out.writeInt(body.length);
      out.write(body);
      bytes += Integer.BYTES + body.length;
    } catch (IOException e) {
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
