package headroom.model;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The measures that tell about a kind of station, each in its role.
 *
 * @param foundBy whose subjects are the stations, in the order in which they are looked for; empty
 *     when stations of the kind are not looked for
 * @param scope whose series count for one station
 * @param servers how many it has by its nature; empty where that is reported
 */
public record StationMeasures(
    List<Measure> foundBy, Map<Role, Measure> byRole, Scope scope, OptionalInt servers) {
  static final StationMeasures NONE = found();

  public StationMeasures {
    foundBy = List.copyOf(foundBy);
    byRole = Collections.unmodifiableMap(byRole);
  }

  /** What a measure says of a station. */
  public enum Role {
    /** How many servers are in use, as a level. */
    USED,
    /** How much of it is in use, as a level of 0..1. */
    SHARE,
    /** How much is in use of the machine that it is part of, as a level of 0..1. */
    MACHINE_SHARE,
    /** How long servers are held: its sum per second is how many are in use. */
    HOLD,
    /** How many servers there are. */
    LIMIT,
    /** How many wait for a server. */
    WAITING,
    /** How long they wait. */
    WAIT
  }

  /** Which series of an instance are those of a station. */
  public enum Scope {
    /** Those about its subject. */
    SUBJECT,
    /** All of the instance: what it has is shared by all its subjects. */
    INSTANCE,
    /** Those about one detail of its subject, whichever instance works on it. */
    DETAIL
  }

  static StationMeasures found(Measure... measures) {
    return new StationMeasures(
        List.of(measures), new EnumMap<>(Role.class), Scope.SUBJECT, OptionalInt.empty());
  }

  StationMeasures with(Role role, Measure measure) {
    var more = new EnumMap<Role, Measure>(Role.class);
    more.putAll(byRole);
    more.put(role, measure);
    return new StationMeasures(foundBy, more, scope, servers);
  }

  StationMeasures ofInstance() {
    return new StationMeasures(foundBy, byRole, Scope.INSTANCE, servers);
  }

  StationMeasures ofDetailWith(int each) {
    return new StationMeasures(foundBy, byRole, Scope.DETAIL, OptionalInt.of(each));
  }

  /** The measure in a role; empty when nothing reports it. */
  public Optional<Measure> in(Role role) {
    return Optional.ofNullable(byRole.get(role));
  }
}
