/** Ports to what keeps rollups and events, and an in-memory store that obeys the same contract. */
@NullMarked
package headroom.store;

import org.jspecify.annotations.NullMarked;
