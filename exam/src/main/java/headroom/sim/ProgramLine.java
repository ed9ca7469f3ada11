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
record ProgramLine(
    Code code,
    int station,
    @Nullable Distribution seconds,
    List<WorkChange> changes,
    int slot,
    int target,
    double share,
    String text,
    Activity.@Nullable Call call,
    Activity.@Nullable Repeat repeat) {
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

  static ProgramLine of(Code code) {
    return new ProgramLine(code, -1, null, List.of(), -1, -1, 0, "", null, null);
  }

  ProgramLine at(int otherStation) {
    return new ProgramLine(
        code, otherStation, seconds, changes, slot, target, share, text, call, repeat);
  }

  ProgramLine lasting(Distribution time, List<WorkChange> factors) {
    return new ProgramLine(code, station, time, factors, slot, target, share, text, call, repeat);
  }

  ProgramLine remembering(int otherSlot) {
    return new ProgramLine(
        code, station, seconds, changes, otherSlot, target, share, text, call, repeat);
  }

  ProgramLine to(int otherTarget) {
    return new ProgramLine(
        code, station, seconds, changes, slot, otherTarget, share, text, call, repeat);
  }

  ProgramLine with(double otherShare, String otherText) {
    return new ProgramLine(
        code, station, seconds, changes, slot, target, otherShare, otherText, call, repeat);
  }

  ProgramLine calling(Activity.Call other) {
    return new ProgramLine(
        code, station, seconds, changes, slot, target, share, other.peer(), other, repeat);
  }

  ProgramLine repeating(Activity.Repeat other) {
    return new ProgramLine(code, station, seconds, changes, slot, target, share, text, call, other);
  }

  /** How long it takes this time, changes included. */
  double factorAt(double now) {
    double factor = 1;
    for (WorkChange change : changes) {
      factor *= change.factorAt(now);
    }
    return factor;
  }
}
