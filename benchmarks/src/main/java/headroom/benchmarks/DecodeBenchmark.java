package headroom.benchmarks;

import headroom.ingest.otlp.Encoding;
import headroom.ingest.otlp.IngestLimits;
import headroom.ingest.otlp.Interner;
import headroom.ingest.otlp.MalformedTelemetryException;
import headroom.ingest.otlp.OtlpDecoder;
import headroom.model.MetricPoint;
import headroom.model.Span;
import headroom.model.TelemetrySink;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Spans per second, decoded from one export request of the OpenTelemetry Java agent 2.33.1 (the
 * demo's wallet under load: 204 spans, 99 kB), on one core.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@OperationsPerInvocation(DecodeBenchmark.SPANS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecodeBenchmark {
  static final int SPANS = 204;

  /** Shortly after the request was sent. */
  private static final Instant NOW = Instant.parse("2026-11-22T04:00:00Z");

  private final OtlpDecoder decoder =
      new OtlpDecoder(IngestLimits.live(), InstantSource.fixed(NOW), new Interner());
  private byte[] request = {};

  @Setup
  public void read() throws IOException, MalformedTelemetryException {
    try (InputStream in = DecodeBenchmark.class.getResourceAsStream("wallet-traces.pb")) {
      if (in == null) {
        throw new IOException("wallet-traces.pb is not on the class path");
      }
      request = in.readAllBytes();
    }
    var counter = new Counter();
    decoder.decodeTraces(request, 0, request.length, Encoding.PROTOBUF, counter);
    if (counter.spans != SPANS) {
      throw new IllegalStateException("expected " + SPANS + " spans, got " + counter.spans);
    }
  }

  /** Headroom's decoder: every span's fields and recognised attributes in a reused view. */
  @Benchmark
  public void headroom(Blackhole blackhole) throws MalformedTelemetryException {
    decoder.decodeTraces(request, 0, request.length, Encoding.PROTOBUF, new Consumer(blackhole));
  }

  /** The generated classes: an object for every span, attribute and value. */
  @Benchmark
  public TracesData protobufJava() throws IOException {
    return TracesData.parseFrom(request);
  }

  private record Consumer(Blackhole blackhole) implements TelemetrySink {
    @Override
    public void span(Span span) {
      blackhole.consume(span);
    }

    @Override
    public void metric(MetricPoint point) {
      blackhole.consume(point);
    }
  }

  private static final class Counter implements TelemetrySink {
    private int spans;

    @Override
    public void span(Span span) {
      spans++;
    }

    @Override
    public void metric(MetricPoint point) {}
  }
}
