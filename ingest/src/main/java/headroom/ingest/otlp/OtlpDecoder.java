package headroom.ingest.otlp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import headroom.model.MetricPoint;
import headroom.model.Span;
import headroom.model.TelemetrySink;
import java.io.IOException;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Reads OTLP messages and hands their spans and data points to a sink, one reused view after the
 * other.
 *
 * <p>What is well-formed but cannot be used is dropped and counted in the result. What is not
 * well-formed ends the reading with a {@link MalformedTelemetryException}; what stood before it has
 * been handed on.
 *
 * <p>Not safe for use by several threads: make one for each, sharing the {@link Interner}.
 */
public final class OtlpDecoder {
  private final InstantSource clock;
  private final Acceptance acceptance;
  private final Tally tally = new Tally();
  private final WireReader wire = new WireReader();
  private final ProtobufTraces protobufTraces;
  private final ProtobufMetrics protobufMetrics;
  private final ProtobufLogs protobufLogs;
  private final ProtobufSignal protobufSignal = new ProtobufSignal(wire);
  private final JsonSource json = new JsonSource();
  private final JsonTraces jsonTraces;
  private final JsonMetrics jsonMetrics;
  private final JsonLogs jsonLogs;
  private final Set<Signal> alsoThere = EnumSet.noneOf(Signal.class);

  public OtlpDecoder(IngestLimits limits, InstantSource clock, Interner interner) {
    this.clock = Objects.requireNonNull(clock);
    acceptance = new Acceptance(limits);
    var texts = new TextReader(interner, limits, tally);
    var resource = new ResourceAttributes(interner);
    var delivery = new PointDelivery(acceptance, tally);

    var keyValue = new ProtobufKeyValue(wire, texts);
    var protobufResource = new ProtobufResource(wire, keyValue, resource);
    protobufTraces = new ProtobufTraces(wire, protobufResource, texts, limits, acceptance, tally);
    protobufMetrics =
        new ProtobufMetrics(wire, protobufResource, keyValue, texts, delivery, limits, tally);
    protobufLogs = new ProtobufLogs(wire, tally);

    var values = new JsonReader(texts);
    var attributes = new JsonAttributes(values, resource);
    jsonTraces = new JsonTraces(json, values, attributes, acceptance, tally);
    jsonMetrics = new JsonMetrics(json, values, attributes, delivery, limits, tally);
    jsonLogs = new JsonLogs(tally);
  }

  /** Reads {@code TracesData} or {@code ExportTraceServiceRequest}. */
  public Decoded decodeTraces(
      byte[] bytes, int offset, int length, Encoding encoding, TelemetrySink sink)
      throws MalformedTelemetryException {
    return decode(Signal.TRACES, bytes, offset, length, encoding, sink);
  }

  /** Reads {@code MetricsData} or {@code ExportMetricsServiceRequest}. */
  public Decoded decodeMetrics(
      byte[] bytes, int offset, int length, Encoding encoding, TelemetrySink sink)
      throws MalformedTelemetryException {
    return decode(Signal.METRICS, bytes, offset, length, encoding, sink);
  }

  /** Counts the records of {@code LogsData} or {@code ExportLogsServiceRequest} as accepted. */
  public Decoded countLogs(byte[] bytes, int offset, int length, Encoding encoding)
      throws MalformedTelemetryException {
    return decode(Signal.LOGS, bytes, offset, length, encoding, Nowhere.INSTANCE);
  }

  /** Reads a message of the given signal; of logs it only counts the records. */
  public Decoded decode(
      Signal signal, byte[] bytes, int offset, int length, Encoding encoding, TelemetrySink sink)
      throws MalformedTelemetryException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    tally.clear();
    alsoThere.clear();
    acceptance.at(clock.instant());
    switch (encoding) {
      case PROTOBUF -> {
        wire.reset(bytes, offset, length);
        switch (signal) {
          case TRACES -> protobufTraces.read(sink);
          case METRICS -> protobufMetrics.read(sink);
          case LOGS -> protobufLogs.read();
        }
      }
      case JSON -> {
        json.reset(bytes, offset, length);
        decodeJson(signal, sink);
      }
    }
    return tally.toDecoded();
  }

  /**
   * What became of the last message that was decoded, also when it turned out malformed: then, of
   * what stood before the fault.
   */
  public Decoded decodedLast() {
    return tally.toDecoded();
  }

  /** The other signals of which there is something in the last JSON message that was decoded. */
  public Set<Signal> alsoThere() {
    return Set.copyOf(alsoThere);
  }

  /**
   * Which signal a message holds: told by the structure of what is in it, since the three look
   * alike from outside. Empty when it holds nothing that would tell.
   */
  public Optional<Signal> detect(byte[] bytes, int offset, int length, Encoding encoding)
      throws MalformedTelemetryException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (encoding == Encoding.PROTOBUF) {
      wire.reset(bytes, offset, length);
      return protobufSignal.detect();
    }
    json.reset(bytes, offset, length);
    return detectJson();
  }

  private void decodeJson(Signal signal, TelemetrySink sink) throws MalformedTelemetryException {
    try (JsonParser parser = json.open()) {
      parser.nextToken();
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw JsonReader.bad(parser, "an OTLP message must be an object");
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String field = parser.currentName();
        parser.nextToken();
        if (signal.isScopes(field)) {
          decodeBareJson(signal, sink);
          return;
        }
        if (field.equals(signal.jsonField())) {
          switch (signal) {
            case TRACES -> jsonTraces.read(parser, sink);
            case METRICS -> jsonMetrics.read(parser, sink);
            case LOGS -> jsonLogs.read(parser);
          }
        } else {
          noteOther(field);
          parser.skipChildren();
        }
      }
      requireEnd(parser);
    } catch (IOException e) {
      throw malformed(e);
    }
  }

  /** Reads one resource with its scopes that nothing is around. */
  private void decodeBareJson(Signal signal, TelemetrySink sink) throws IOException {
    try (JsonParser parser = json.open()) {
      parser.nextToken();
      switch (signal) {
        case TRACES -> jsonTraces.resourceSpans(parser, sink);
        case METRICS -> jsonMetrics.resourceMetrics(parser, sink);
        case LOGS -> jsonLogs.resourceLogs(parser);
      }
      requireEnd(parser);
    }
  }

  private static void requireEnd(JsonParser parser) throws IOException {
    if (parser.nextToken() != null) {
      throw JsonReader.bad(parser, "nothing may follow an OTLP message");
    }
  }

  private void noteOther(String field) {
    for (Signal other : Signal.values()) {
      if (field.equals(other.jsonField())) {
        alsoThere.add(other);
      }
    }
  }

  private Optional<Signal> detectJson() throws MalformedTelemetryException {
    try (JsonParser parser = json.open()) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw JsonReader.bad(parser, "an OTLP message must be an object");
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        for (Signal signal : Signal.values()) {
          String field = parser.currentName();
          if (signal.jsonField().equals(field) || signal.isScopes(field)) {
            return Optional.of(signal);
          }
        }
        parser.nextToken();
        parser.skipChildren();
      }
      return Optional.empty();
    } catch (IOException e) {
      throw malformed(e);
    }
  }

  private MalformedTelemetryException malformed(IOException e) {
    long offset = 0;
    String message = String.valueOf(e.getMessage());
    if (e instanceof JsonProcessingException problem) {
      offset = problem.getLocation() == null ? 0 : problem.getLocation().getByteOffset();
      message = problem.getOriginalMessage();
    }
    long place = json.offset(offset);
    return new MalformedTelemetryException(place, "at byte " + place + ": " + message);
  }

  /** Logs have no views to hand on. */
  private enum Nowhere implements TelemetrySink {
    INSTANCE;

    @Override
    public void span(Span span) {}

    @Override
    public void metric(MetricPoint point) {}
  }
}
