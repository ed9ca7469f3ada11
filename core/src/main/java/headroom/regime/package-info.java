/**
 * Regimes: since when the parts of operations take what they take now, at equal load, seen within
 * minutes and hours.
 */
@NullMarked
package headroom.regime;

import org.jspecify.annotations.NullMarked;
