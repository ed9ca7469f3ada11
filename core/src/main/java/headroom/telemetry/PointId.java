package headroom.telemetry;

import headroom.model.MetricPoint;
import headroom.model.Resource;
import java.util.Arrays;

/** The identity of a metric's series as its sender sees it: name, sender, all attributes. */
final class PointId {
  private final String name;
  private final Resource resource;

  /** Keys and values by turns, in the order of the keys. */
  private final String[] attributes;

  private final int hash;

  private PointId(String name, Resource resource, String[] attributes) {
    this.name = name;
    this.resource = resource;
    this.attributes = attributes;
    hash = (name.hashCode() * 31 + resource.hashCode()) * 31 + Arrays.hashCode(attributes);
  }

  static PointId of(MetricPoint point, Resource resource) {
    int count = point.attributeCount();
    String[] attributes = new String[2 * count];
    for (int i = 0; i < count; i++) {
      String key = point.attributeKey(i);
      int at = 2 * i;
      while (at > 0 && attributes[at - 2].compareTo(key) > 0) {
        attributes[at] = attributes[at - 2];
        attributes[at + 1] = attributes[at - 1];
        at -= 2;
      }
      attributes[at] = key;
      attributes[at + 1] = point.attributeValue(i);
    }
    return new PointId(point.name, resource, attributes);
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof PointId other
        && hash == other.hash
        && name.equals(other.name)
        && resource.equals(other.resource)
        && Arrays.equals(attributes, other.attributes);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return name + " " + resource + " " + Arrays.toString(attributes);
  }
}
