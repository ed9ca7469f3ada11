package headroom.load.protocol;

import org.jspecify.annotations.Nullable;

/** What a user does that is measured, ready to be done by the protocol that made it ready. */
public interface Action {
  /** The index of the distributions it is recorded in. */
  int step();

  /** The index of its timeout among those of the plan. */
  int timeout();

  /** How it is sent again when it fails; null for never. */
  default @Nullable CompiledRetry retry() {
    return null;
  }
}
