package headroom.server.otlp;

import headroom.ingest.otlp.Signal;
import java.util.Locale;

/** The names that OTLP's transports have for each signal. */
final class OtlpNames {
  private OtlpNames() {}

  static String httpPath(Signal signal) {
    return "/v1/" + signal.name().toLowerCase(Locale.ROOT);
  }

  static String grpcPath(Signal signal) {
    String service =
        switch (signal) {
          case TRACES -> "Trace";
          case METRICS -> "Metrics";
          case LOGS -> "Logs";
        };
    return "/opentelemetry.proto.collector.%s.v1.%sService/Export"
        .formatted(service.toLowerCase(Locale.ROOT), service);
  }

  /** The JSON name of the field of {@code Export*PartialSuccess} that counts what was refused. */
  static String rejectedField(Signal signal) {
    return switch (signal) {
      case TRACES -> "rejectedSpans";
      case METRICS -> "rejectedDataPoints";
      case LOGS -> "rejectedLogRecords";
    };
  }
}
