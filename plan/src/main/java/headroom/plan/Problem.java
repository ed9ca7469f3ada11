package headroom.plan;

/**
 * A reason why a plan cannot run.
 *
 * @param line counted from 1; 0 when the plan was not read from a file
 * @param column counted from 1
 */
public record Problem(int line, int column, String message) {
  static Problem of(String message) {
    return new Problem(0, 0, message);
  }

  @Override
  public String toString() {
    return line == 0 ? message : "line %d, column %d: %s".formatted(line, column, message);
  }
}
