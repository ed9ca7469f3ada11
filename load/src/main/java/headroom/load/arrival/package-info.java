/** Load over time as a pure function: start times fixed before the run. */
@NullMarked
package headroom.load.arrival;

import org.jspecify.annotations.NullMarked;
