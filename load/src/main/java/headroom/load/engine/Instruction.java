package headroom.load.engine;

import headroom.load.journey.ThinkTime;

/** What a journey is compiled to: a virtual user is an index into a list of these. */
sealed interface Instruction {
  record Think(ThinkTime time) implements Instruction {}

  record Send(CompiledRequest request) implements Instruction {}
}
