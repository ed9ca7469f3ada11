package headroom.ingest.otlp;

/** OpenTelemetry's kinds of telemetry. */
public enum Signal {
  TRACES("resourceSpans", "scopeSpans", "instrumentationLibrarySpans"),
  METRICS("resourceMetrics", "scopeMetrics", "instrumentationLibraryMetrics"),
  LOGS("resourceLogs", "scopeLogs", "instrumentationLibraryLogs");

  private final String jsonField;
  private final String scopesField;
  private final String oldScopesField;

  Signal(String jsonField, String scopesField, String oldScopesField) {
    this.jsonField = jsonField;
    this.scopesField = scopesField;
    this.oldScopesField = oldScopesField;
  }

  /**
   * Whether a field of a resource holds what its scopes measured, also as named before OTLP 1.0.
   */
  boolean isScopes(String field) {
    return field.equals(scopesField) || field.equals(oldScopesField);
  }

  /** The one field of the outermost object. */
  String jsonField() {
    return jsonField;
  }
}
