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

  /**
   * Of the measure's name, since an enum's own hash differs from one process to the next, and with
   * it the order in which maps are walked and values are added up.
   */
  @Override
  public int hashCode() {
    int hash = measure.name().hashCode();
    hash = 31 * hash + service.hashCode();
    hash = 31 * hash + instance.hashCode();
    hash = 31 * hash + subject.hashCode();
    return 31 * hash + detail.hashCode();
  }
}
