/** Weeks of rollups in a moment: many services, planted degradations, and the truth beside them. */
@NullMarked
package headroom.sim.weeks;

import org.jspecify.annotations.NullMarked;
