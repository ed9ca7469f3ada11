package headroom.model;

import java.util.Objects;

/**
 * Who sent a piece of telemetry.
 *
 * @param service OpenTelemetry's {@code service.name}, never empty
 * @param instance {@code service.instance.id}, else host and process, else empty
 * @param version {@code service.version}, empty when not told
 */
public record Resource(String service, String instance, String version) {
  public Resource {
    Objects.requireNonNull(service);
    Objects.requireNonNull(instance);
    Objects.requireNonNull(version);
  }
}
