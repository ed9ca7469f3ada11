package headroom.sim;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of a compiled operation.
 *
 * <pre>
 *   Hold(ledger, Work(cpu))     0 ACQUIRE ledger, slot 0
 *                               1 WORK cpu
 *                               2 RELEASE ledger, slot 0
 *                               3 END
 * </pre>
 *
 * @param station index of the station; −1 without
 * @param seconds how long it takes; null without
 * @param changes what makes it take longer or shorter
 * @param slot where the request keeps what it must remember of this step
 * @param target where to go on; for a call or a publication the index of the program
 * @param call the call; null for other codes
 * @param repeat the repetition; null for other codes
 */
record Instruction(
    Code code,
    int station,
    @Nullable Distribution seconds,
    List<Change> changes,
    int slot,
    int target,
    double share,
    String text,
    Step.@Nullable Call call,
    Step.@Nullable Repeat repeat) {
  enum Code {
    WORK,
    PAUSE,
    ACQUIRE,
    RELEASE,
    BEGIN_STATEMENT,
    END_STATEMENT,
    BEGIN_REPEAT,
    END_REPEAT,
    SKIP,
    LOOKUP,
    PUBLISH,
    CALL,
    END
  }

  static Instruction of(Code code) {
    return new Instruction(code, -1, null, List.of(), -1, -1, 0, "", null, null);
  }

  Instruction at(int otherStation) {
    return new Instruction(
        code, otherStation, seconds, changes, slot, target, share, text, call, repeat);
  }

  Instruction lasting(Distribution time, List<Change> factors) {
    return new Instruction(code, station, time, factors, slot, target, share, text, call, repeat);
  }

  Instruction remembering(int otherSlot) {
    return new Instruction(
        code, station, seconds, changes, otherSlot, target, share, text, call, repeat);
  }

  Instruction to(int otherTarget) {
    return new Instruction(
        code, station, seconds, changes, slot, otherTarget, share, text, call, repeat);
  }

  Instruction with(double otherShare, String otherText) {
    return new Instruction(
        code, station, seconds, changes, slot, target, otherShare, otherText, call, repeat);
  }

  Instruction calling(Step.Call other) {
    return new Instruction(
        code, station, seconds, changes, slot, target, share, other.peer(), other, repeat);
  }

  Instruction repeating(Step.Repeat other) {
    return new Instruction(code, station, seconds, changes, slot, target, share, text, call, other);
  }

  /** How long it takes this time, changes included. */
  double factorAt(double now) {
    double factor = 1;
    for (Change change : changes) {
      factor *= change.factorAt(now);
    }
    return factor;
  }
}
