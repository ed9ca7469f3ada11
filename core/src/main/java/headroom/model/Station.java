package headroom.model;

import java.util.Optional;

/**
 * Something of a service that requests need and that has only so much to give: the pool {@code
 * ledger} of {@code wallet}, the processors of {@code postgres}.
 *
 * <p>Its text is {@code wallet/pool/ledger}, {@code postgres/cpu} where there is no subject, and
 * {@code objective} where there is no service either. A slash within the service is written {@code
 * %2F} and a percent sign {@code %25}; the subject stands last and as it is. So {@link #parse}
 * gives back every station that {@link #text} wrote.
 *
 * @param service that it belongs to; empty when it belongs to the system as a whole
 * @param subject which of its kind; empty when there is only one
 */
public record Station(String service, StationKind kind, String subject)
    implements Comparable<Station> {
  private static final String SEPARATOR = "/";

  /** Its only text, at the edges: on the wire, on a page, in a file. */
  public String text() {
    if (service.isEmpty() && subject.isEmpty()) {
      return kind.word();
    }
    String escaped = service.replace("%", "%25").replace(SEPARATOR, "%2F");
    String text = escaped + SEPARATOR + kind.word();
    return subject.isEmpty() ? text : text + SEPARATOR + subject;
  }

  /**
   * The station that a text means; empty when it names no known kind. A service whose slashes are
   * written plainly is understood too, as people write it: the kind is the first word after a slash
   * that is one.
   */
  public static Optional<Station> parse(String text) {
    Optional<StationKind> alone = StationKind.of(text);
    if (alone.isPresent()) {
      return Optional.of(new Station("", alone.get(), ""));
    }
    for (int slash = text.indexOf('/'); slash >= 0; slash = text.indexOf('/', slash + 1)) {
      int end = text.indexOf('/', slash + 1);
      String word = end < 0 ? text.substring(slash + 1) : text.substring(slash + 1, end);
      Optional<StationKind> kind = StationKind.of(word);
      if (kind.isPresent()) {
        String service = text.substring(0, slash).replace("%2F", SEPARATOR).replace("%25", "%");
        return Optional.of(
            new Station(service, kind.get(), end < 0 ? "" : text.substring(end + 1)));
      }
    }
    return Optional.empty();
  }

  /** The subject of a station that is one detail of what series are about. */
  public static String part(String subject, String detail) {
    return subject + SEPARATOR + detail;
  }

  /**
   * Whether a series tells about it. What is told of a service without a subject is about all that
   * it has.
   */
  public boolean isToldBy(SeriesKey key) {
    if (!key.service().equals(service)) {
      return false;
    }
    return subject.isEmpty()
        || key.subject().isEmpty()
        || switch (kind.measures().scope()) {
          case SUBJECT, INSTANCE -> key.subject().equals(subject) || key.detail().equals(subject);
          case DETAIL -> part(key.subject(), key.detail()).equals(subject);
        };
  }

  /** By their texts. */
  @Override
  public int compareTo(Station other) {
    return text().compareTo(other.text());
  }

  @Override
  public String toString() {
    return text();
  }

  /** Of the kind's word, for the reason told at {@link SeriesKey#hashCode}. */
  @Override
  public int hashCode() {
    return 31 * (31 * service.hashCode() + kind.word().hashCode()) + subject.hashCode();
  }
}
