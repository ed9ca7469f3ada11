package headroom.load.result;

import java.util.Optional;

/**
 * Under which results are kept: a step, and the flow it is taken in where flows are told apart.
 *
 * @param flow the journey that the step is part of; absent where steps of equal name are one,
 *     whatever journey takes them
 * @param step the step's name
 */
public record StepKey(Optional<String> flow, String step) {
  private static final String SEPARATOR = " / ";

  /** A step of whatever flow. */
  public static StepKey of(String step) {
    return new StepKey(Optional.empty(), step);
  }

  /** A step of one flow. */
  public static StepKey of(String flow, String step) {
    return new StepKey(Optional.of(flow), step);
  }

  /** Whether the step is taken in that flow; false where flows are not told apart. */
  public boolean isOf(String other) {
    return flow.isPresent() && flow.get().equals(other);
  }

  /**
   * What results show: {@code pay / GET /orders}. A flow whose own name could be taken for that
   * stands in quotes, so that no two keys look alike: {@code 'pay / refund' / GET /orders}.
   */
  public String text() {
    return flow.map(name -> quoted(name) + SEPARATOR + step).orElse(step);
  }

  private static String quoted(String flow) {
    return flow.contains(SEPARATOR) || flow.startsWith("'") ? "'" + flow + "'" : flow;
  }

  @Override
  public String toString() {
    return text();
  }
}
