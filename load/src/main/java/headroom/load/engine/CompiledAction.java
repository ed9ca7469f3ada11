package headroom.load.engine;

/** What a user does that is measured, ready to be done. */
sealed interface CompiledAction permits CompiledRequest, CompiledStatement, CompiledStream {
  /** The index of the distributions it is recorded in. */
  int step();

  /** The index of its timeout among those of the plan. */
  int timeout();
}
