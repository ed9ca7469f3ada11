package headroom.ingest.prometheus;

import headroom.model.Resource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * Who sent a series, told by its labels after the user's rules have been applied to them, in their
 * order:
 *
 * <pre>
 *   service   service_name, else the part of job behind its last slash
 *   instance  service_instance_id, else pod, else instance
 *   version   service_version
 * </pre>
 *
 * The first names are OpenTelemetry's as Prometheus writes them, and what rules may write.
 */
public record LabelRules(List<Relabel> rules) {
  public static final LabelRules NONE = new LabelRules(List.of());

  /** Labels that say who sent; they are no attributes of what was measured. */
  private static final Set<String> SENDER =
      Set.of(
          "service_name",
          "service_instance_id",
          "service_version",
          "job",
          "instance",
          Labels.NAME,
          Replicas.LABEL,
          Replicas.OPERATORS_LABEL);

  public LabelRules {
    rules = List.copyOf(rules);
  }

  /** Applies the rules; false when the series is to be left out. */
  boolean apply(SortedMap<String, String> labels) {
    for (Relabel rule : rules) {
      if (!rule.apply(labels)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a rule can change what a metric is called. */
  boolean mayRename() {
    return rules.stream().anyMatch(Relabel::mayRename);
  }

  static Resource resource(Map<String, String> labels) {
    String job = labels.getOrDefault("job", "");
    String service = first(labels, "service_name");
    if (service.isEmpty()) {
      String plain = job.substring(job.lastIndexOf('/') + 1);
      service = !plain.isEmpty() ? plain : !job.isEmpty() ? job : "unknown_service";
    }
    return new Resource(
        service,
        first(labels, "service_instance_id", "pod", "instance"),
        labels.getOrDefault("service_version", ""));
  }

  static boolean isAttribute(String label) {
    return !SENDER.contains(label);
  }

  private static String first(Map<String, String> labels, String... names) {
    for (String name : names) {
      String value = labels.get(name);
      if (value != null) {
        return value;
      }
    }
    return "";
  }
}
