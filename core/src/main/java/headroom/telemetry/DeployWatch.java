package headroom.telemetry;

import headroom.model.Event;
import headroom.model.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a service runs another version than before, as its telemetry tells.
 *
 * <p>The first version of a service is not news. Another one is a deploy when it was not seen for
 * ten minutes before; so a rolling deploy, in which both send for a while, is one event, and going
 * back to an older version later is one too.
 *
 * <pre>
 *   wallet  1.4 1.4 1.4 1.5 1.4 1.5 1.5 1.5 …  1.4
 *                       ▲ deploy               ▲ deploy
 * </pre>
 */
final class DeployWatch {
  private static final long ABSENT_NANOS = Duration.ofMinutes(10).toNanos();
  private static final int MAX_SERVICES = 1_000;
  private static final int MAX_VERSIONS = 8;
  private static final int MAX_EVENTS = 1_000;

  /** By service: when each version was last seen, in order of its first appearance. */
  private final Map<String, Map<String, Long>> versions = new HashMap<>();

  private final List<Event> events = new ArrayList<>();
  private @Nullable Resource last;
  private long lastSecond;

  void see(Resource resource, long timeNanos) {
    long second = Math.floorDiv(timeNanos, 1_000_000_000L);
    if (second == lastSecond && resource.equals(last)) {
      return;
    }
    last = resource;
    lastSecond = second;
    if (resource.version().isEmpty()) {
      return;
    }
    Map<String, Long> seen = versions.get(resource.service());
    if (seen == null) {
      if (versions.size() < MAX_SERVICES) {
        seen = new LinkedHashMap<>();
        seen.put(resource.version(), timeNanos);
        versions.put(resource.service(), seen);
      }
      return;
    }
    note(resource, timeNanos, seen);
  }

  private void note(Resource resource, long timeNanos, Map<String, Long> seen) {
    Long before = seen.get(resource.version());
    if (before == null || timeNanos - before > ABSENT_NANOS) {
      String current = latest(seen);
      if (!current.equals(resource.version()) && timeNanos > seen.getOrDefault(current, 0L)) {
        announce(resource, current, timeNanos);
      }
    }
    seen.merge(resource.version(), timeNanos, Math::max);
    if (seen.size() > MAX_VERSIONS) {
      seen.remove(seen.keySet().iterator().next());
    }
  }

  private static String latest(Map<String, Long> seen) {
    return seen.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }

  private void announce(Resource resource, String previous, long timeNanos) {
    if (events.size() < MAX_EVENTS) {
      events.add(
          new Event(
              "deploy",
              Instant.EPOCH.plusNanos(timeNanos),
              resource.service(),
              Map.of("version", resource.version(), "previous", previous)));
    }
  }

  List<Event> drain() {
    List<Event> drained = List.copyOf(events);
    events.clear();
    return drained;
  }
}
