package headroom.ingest.prometheus;

import headroom.model.MetricPoint;
import headroom.model.Resource;
import java.util.Map;

/**
 * What all points of a series share: name, unit, sender and attributes.
 *
 * @param unit as told by metadata, empty when it is not
 * @param attributes keys and values by turns, sorted by key
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and read for every point
record PointTemplate(String name, String unit, Resource resource, String[] attributes) {
  static PointTemplate of(
      String name, String unit, Resource resource, Map<String, String> labels, String leftOut) {
    String[] attributes =
        labels.entrySet().stream()
            .filter(
                label -> LabelRules.isAttribute(label.getKey()) && !label.getKey().equals(leftOut))
            .flatMap(label -> java.util.stream.Stream.of(label.getKey(), label.getValue()))
            .toArray(String[]::new);
    return new PointTemplate(name, unit, resource, attributes);
  }

  void fill(MetricPoint point) {
    point.clearPoint();
    point.name = name;
    point.unit = unit;
    point.resource = resource;
    for (int i = 0; i < attributes.length; i += 2) {
      point.addAttribute(attributes[i], attributes[i + 1]);
    }
  }
}
