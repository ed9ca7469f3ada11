package headroom.model;

import java.util.Objects;

/**
 * The identity of a series.
 *
 * @param measure what is measured
 * @param service the service that reported it
 * @param instance its instance; empty when the series is about the service as a whole
 * @param subject what it is about: an operation, statement, pool, cache, queue
 * @param detail what distinguishes series of one subject (calling operation, partition, state);
 *     empty when nothing does
 */
public record SeriesKey(
    Measure measure, String service, String instance, String subject, String detail) {
  public SeriesKey {
    Objects.requireNonNull(measure);
    Objects.requireNonNull(service);
    Objects.requireNonNull(instance);
    Objects.requireNonNull(subject);
    Objects.requireNonNull(detail);
  }
}
