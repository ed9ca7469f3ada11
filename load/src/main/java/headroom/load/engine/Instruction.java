package headroom.load.engine;

import headroom.load.protocol.Action;
import headroom.plan.ThinkTime;
import java.util.List;

/**
 * What a journey is compiled to: a virtual user is an index into a list of these. Branches and
 * loops are jumps, as in any machine:
 *
 * <pre>
 *   repeat: 2..3                 0  BeginLoop(counter 0, 2, 3, exit 3)
 *     - get: /a                  1  Send(GET /a)
 *                                2  EndLoop(counter 0, to 1)
 *   if: { tier: gold }           3  JumpUnless(tier, "gold", to 6)
 *     then: [ get: /b ]          4  Send(GET /b)
 *                                5  Jump(to 7)
 *     else: [ get: /c ]          6  Send(GET /c)
 * </pre>
 */
sealed interface Instruction {
  record Think(ThinkTime time) implements Instruction {}

  /**
   * Does something that is measured.
   *
   * @param protocol that does it, by its place among those of the plan
   */
  record Send(Action action, int protocol) implements Instruction {}

  record Jump(int to) implements Instruction {}

  /** Goes on at {@code to} unless the variable has that value. */
  record JumpUnless(int slot, String value, int to) implements Instruction {}

  /** Goes on at one of several places; shares add up to the last one's. */
  record Choose(List<Double> cumulativeShares, List<Integer> targets) implements Instruction {
    public Choose {
      cumulativeShares = List.copyOf(cumulativeShares);
      targets = List.copyOf(targets);
    }
  }

  /** Draws how often a loop runs and skips it when that is never. */
  record BeginLoop(int counter, int min, int max, int exit) implements Instruction {}

  /** Goes back as long as the loop has to run again. */
  record EndLoop(int counter, int to) implements Instruction {}

  /** From here on response times count for a group as well. */
  record BeginGroup(int group) implements Instruction {}

  record EndGroup(int group) implements Instruction {}

  /** Goes on with another journey, variables kept. */
  record HandOver(int journey) implements Instruction {}
}
