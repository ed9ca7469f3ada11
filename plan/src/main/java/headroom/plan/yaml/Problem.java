package headroom.plan.yaml;

/**
 * A reason why a text, or what it describes, cannot be used.
 *
 * @param line counted from 1; 0 when it has no place in a text
 * @param column counted from 1
 */
public record Problem(int line, int column, String message) {
  /** A problem without a place. */
  public static Problem of(String message) {
    return new Problem(0, 0, message);
  }

  @Override
  public String toString() {
    return line == 0 ? message : "line %d, column %d: %s".formatted(line, column, message);
  }
}
