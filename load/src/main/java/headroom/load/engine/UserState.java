package headroom.load.engine;

/**
 * What a user is about: always one of these.
 *
 * <pre>
 *   BEFORE ─► THINKING ─► WAITING ─► Exchanging ─┬─► SETTLED ─► THINKING, or the journey's end
 *                            │            │ ▲    └─► FAILED ──► the journey's end
 *                            │            ▼ │
 *                            │          Retrying, also while it waits for a connection again
 *                            └─► FAILED: the step never left
 * </pre>
 *
 * <p>Nearly all of a million users think, so states that remember nothing are shared, and those
 * that do are used again.
 */
sealed interface UserState permits UserState.Plain, Exchanging, Retrying {
  /** States that remember nothing. */
  enum Plain implements UserState {
    /** The journey has not begun. */
    BEFORE,

    /** The time of the next step has not come. */
    THINKING,

    /** The step is handed over and has not left: it waits for a connection. */
    WAITING,

    /** The step ended well, and its connection is not free yet. */
    SETTLED,

    /** The step failed for good, and so did the journey. */
    FAILED
  }
}
