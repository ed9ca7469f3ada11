/** Runs a plan: virtual users on event loops, started, watched and stopped from outside. */
@NullMarked
package headroom.load.engine;

import org.jspecify.annotations.NullMarked;
