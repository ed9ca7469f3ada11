package headroom.wall;

import java.util.Map;

/**
 * What must hold: at the root operations together, and at those that have an objective of their
 * own.
 *
 * @param usual of all that have none of their own
 * @param own by operation, as {@code POST /report} or, where several services have one of that
 *     name, {@code reports POST /report}
 */
public record Objectives(Objective usual, Map<String, Objective> own) {
  public static final Objectives DEFAULT = of(Objective.DEFAULT);

  public Objectives {
    own = Map.copyOf(own);
  }

  /** The same for every operation. */
  public static Objectives of(Objective usual) {
    return new Objectives(usual, Map.of());
  }

  /** That of one operation. */
  public Objective of(String service, String operation) {
    Objective found = own.get(service + " " + operation);
    return found != null ? found : own.getOrDefault(operation, usual);
  }
}
