package headroom.ingest.otlp;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells traces, metrics and logs apart by structure. On the wire all three are
 *
 * <pre>
 *   1: resource's telemetry { 1: resource, 2: scope's telemetry { 1: scope, 2: item … } … }
 * </pre>
 *
 * so only the items differ, by the wire types of their fields:
 *
 * <pre>
 *   field             1       2        5       6       7        8        9       10      11
 *   span              length  length   length  varint  fixed64  fixed64  length  varint  length
 *   metric            length  length   length  -       length   -        length  length  length
 *   log record        fixed64 varint   length  length  -        fixed32  length  length  fixed64
 * </pre>
 *
 * A span that can be used has its start (7) and end (8), if not its kind (6); a metric has its name
 * (1) and one of the kinds of data (5, 7, 9, 10, 11), all as lengths, and nothing else; what is
 * neither is a log record.
 */
final class ProtobufSignal {
  private final WireReader wire;

  ProtobufSignal(WireReader wire) {
    this.wire = wire;
  }

  /** The signal of the message at the position, by its first item that tells. */
  Optional<Signal> detect() throws MalformedTelemetryException {
    while (wire.hasMore()) {
      int tag = wire.readTag();
      if (tag == (1 << 3 | WireReader.LENGTH)) {
        int outer = wire.enter("telemetry of a resource");
        Signal signal = inResource();
        if (signal != null) {
          return Optional.of(signal);
        }
        wire.leave(outer);
      } else {
        wire.skipUnknown(tag, 1L << 1, "telemetry");
      }
    }
    return Optional.empty();
  }

  private @Nullable Signal inResource() throws MalformedTelemetryException {
    while (wire.hasMore()) {
      int tag = wire.readTag();
      if (tag == (2 << 3 | WireReader.LENGTH)) {
        int outer = wire.enter("telemetry of a scope");
        Signal signal = inScope();
        if (signal != null) {
          return signal;
        }
        wire.leave(outer);
      } else {
        wire.skipUnknown(tag, 1L << 2, "telemetry of a resource");
      }
    }
    return null;
  }

  private @Nullable Signal inScope() throws MalformedTelemetryException {
    while (wire.hasMore()) {
      int tag = wire.readTag();
      if (tag == (2 << 3 | WireReader.LENGTH)) {
        int outer = wire.enter("an item of telemetry");
        Signal signal = ofItem();
        if (signal != null) {
          return signal;
        }
        wire.leave(outer);
      } else {
        wire.skipUnknown(tag, 1L << 2, "telemetry of a scope");
      }
    }
    return null;
  }

  private @Nullable Signal ofItem() throws MalformedTelemetryException {
    boolean hasSpanField = false;
    boolean hasName = false;
    boolean hasData = false;
    boolean hasLogField = false;
    while (wire.hasMore()) {
      int tag = wire.readTag();
      int field = tag >>> 3;
      switch (tag & 7) {
        case WireReader.LENGTH -> {
          hasName |= field == 1;
          hasData |= field == 5 || field == 7 || field == 9 || field == 10 || field == 11;
          hasLogField |= field == 6;
        }
        case WireReader.FIXED64 -> {
          hasSpanField |= field == 7 || field == 8;
          hasLogField |= field == 1 || field == 11;
        }
        case WireReader.VARINT -> {
          hasSpanField |= field == 6;
          hasLogField |= field == 2;
        }
        case WireReader.FIXED32 -> hasLogField |= field == 8;
        default -> {}
      }
      wire.skip(tag, "an item of telemetry");
    }
    if (hasSpanField) {
      return Signal.TRACES;
    }
    if (hasLogField) {
      return Signal.LOGS;
    }
    return hasName && hasData ? Signal.METRICS : null;
  }
}
