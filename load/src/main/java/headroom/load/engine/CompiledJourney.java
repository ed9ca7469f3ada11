package headroom.load.engine;

import headroom.plan.ValueSource;
import java.util.List;

/**
 * A journey ready to run.
 *
 * @param loops how many loop counters it needs
 * @param drawn the variables it uses that are generated for every user
 */
record CompiledJourney(
    int index, String name, List<Instruction> code, int loops, List<Drawn> drawn) {
  CompiledJourney {
    code = List.copyOf(code);
    drawn = List.copyOf(drawn);
  }

  /** A variable generated for every user. */
  record Drawn(int slot, ValueSource source) {}
}
