/** Virtual systems in virtual time: the telemetry they would give, and where they really break. */
@NullMarked
package headroom.sim;

import org.jspecify.annotations.NullMarked;
