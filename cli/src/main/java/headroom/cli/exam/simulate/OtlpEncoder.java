package headroom.cli.exam.simulate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts spans and data points of one resource into a message of OTLP. */
interface OtlpEncoder {
  String SCOPE = "headroom.sim";

  /** Values are those since the point before, or since the start, as OTLP numbers them. */
  int DELTA = 1;

  int CUMULATIVE = 2;

  int STATUS_ERROR = 2;

  byte[] spans(List<OtlpAttribute> resource, List<OtlpSpan> spans);

  byte[] points(List<OtlpAttribute> resource, List<OtlpPoint> points);

  /** Points by their metric, in order. */
  static Map<String, List<OtlpPoint>> byMetric(List<OtlpPoint> points) {
    Map<String, List<OtlpPoint>> metrics = new LinkedHashMap<>();
    points.forEach(
        point -> metrics.computeIfAbsent(point.metric(), unused -> new ArrayList<>()).add(point));
    return metrics;
  }
}
