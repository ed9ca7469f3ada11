/** Checks of the simulator against queueing theory, and virtual services for other tests. */
@NullMarked
package headroom.sim;

import org.jspecify.annotations.NullMarked;
