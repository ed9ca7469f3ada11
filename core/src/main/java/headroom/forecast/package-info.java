/** When traffic reaches a wall: daily peaks, their trend with its uncertainty, and dates. */
@NullMarked
package headroom.forecast;

import org.jspecify.annotations.NullMarked;
