package headroom.server.otlp;

import java.util.Locale;

/** OpenTelemetry's three signals, with the names that they have on the wire. */
public enum Signal {
  TRACES("Trace", "spans"),
  METRICS("Metrics", "data points"),
  LOGS("Logs", "log records");

  private final String serviceName;
  private final String items;

  Signal(String serviceName, String items) {
    this.serviceName = serviceName;
    this.items = items;
  }

  /** What one request carries many of, in words. */
  public String items() {
    return items;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  String httpPath() {
    return "/v1/" + label();
  }

  String grpcPath() {
    return "/opentelemetry.proto.collector.%s.v1.%sService/Export"
        .formatted(serviceName.toLowerCase(Locale.ROOT), serviceName);
  }

  /** The JSON name of the field of {@code Export*PartialSuccess} that counts what was refused. */
  String rejectedField() {
    return switch (this) {
      case TRACES -> "rejectedSpans";
      case METRICS -> "rejectedDataPoints";
      case LOGS -> "rejectedLogRecords";
    };
  }
}
