package headroom.cli.prove;

import java.util.OptionalDouble;

/** What the growth of load came to. */
sealed interface Outcome {
  /** The objective failed, and this is where it began to. */
  record Reached(MeasuredWall wall) implements Outcome {}

  /**
   * Load could not be grown until that was known.
   *
   * @param why in words
   * @param held the highest load at which the objective held, in requests per second
   * @param failed the lowest above it at which it failed
   */
  record NotReached(String why, OptionalDouble held, OptionalDouble failed) implements Outcome {}
}
