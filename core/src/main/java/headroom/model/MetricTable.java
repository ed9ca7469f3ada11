package headroom.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Metrics by name, in the order in which they are believed. */
final class MetricTable {
  private final List<MetricDefinition> definitions = new ArrayList<>();

  /** Adds a metric whose measure depends on an attribute. */
  MetricDefinition define(String name) {
    var definition = new MetricDefinition(name);
    definitions.add(definition);
    return definition;
  }

  /** Adds a metric that measures one thing. */
  MetricDefinition define(String name, Measure measure) {
    return define(name).when("", measure);
  }

  List<MetricDefinition> definitions() {
    return Collections.unmodifiableList(definitions);
  }
}
