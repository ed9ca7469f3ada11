/** Walls: the load at which an objective fails or a station is full, with intervals. */
@NullMarked
package headroom.wall;

import org.jspecify.annotations.NullMarked;
