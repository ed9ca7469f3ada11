@NullMarked
package headroom.sim.weeks;

import org.jspecify.annotations.NullMarked;
