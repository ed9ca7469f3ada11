package headroom.model;

/**
 * Where decoded telemetry goes. The arguments are views that the caller reuses: they are valid only
 * during the call.
 */
public interface TelemetrySink {
  void span(Span span);

  void metric(MetricPoint point);
}
