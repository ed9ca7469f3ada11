package headroom.model;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * Something that happened at a moment and may explain what the series show.
 *
 * @param kind what sort of thing: {@code deploy}, {@code prediction}, {@code test}, {@code note}
 * @param at when
 * @param subject what it concerns, such as a service; may be empty
 * @param attributes the rest, as text
 */
public record Event(String kind, Instant at, String subject, Map<String, String> attributes) {
  public Event {
    Objects.requireNonNull(at);
    Objects.requireNonNull(subject);
    attributes = Map.copyOf(attributes);
    if (!kind.matches("[a-z][a-z0-9-]{0,39}")) {
      throw new IllegalArgumentException(
          "event kind must be 1 to 40 of a-z, 0-9 and '-', starting with a letter, got '"
              + kind
              + "'");
    }
  }
}
