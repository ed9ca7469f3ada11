package headroom.load.engine;

import headroom.load.journey.ValueSource;
import java.util.List;

/**
 * A journey ready to run.
 *
 * @param slots how many variables it uses
 * @param drawn which of them are generated when a user begins
 */
record CompiledJourney(
    int index, String name, List<Instruction> code, int slots, List<Drawn> drawn) {

  CompiledJourney {
    code = List.copyOf(code);
    drawn = List.copyOf(drawn);
  }

  /** A variable generated for every user. */
  record Drawn(int slot, ValueSource source) {}
}
