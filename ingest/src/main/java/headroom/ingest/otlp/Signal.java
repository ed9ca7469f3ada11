package headroom.ingest.otlp;

/** OpenTelemetry's kinds of telemetry. */
public enum Signal {
  TRACES("resourceSpans"),
  METRICS("resourceMetrics"),
  LOGS("resourceLogs");

  private final String jsonField;

  Signal(String jsonField) {
    this.jsonField = jsonField;
  }

  /** The one field of the outermost object. */
  String jsonField() {
    return jsonField;
  }
}
