/**
 * What the predictor believes before it has seen anything, by what it is about. A belief that has
 * different values in different places has a name for each, side by side. Numbers that only say how
 * finely something is computed (points of a grid, draws, tolerances) stay where they are used.
 */
@NullMarked
package headroom.wall.belief;

import org.jspecify.annotations.NullMarked;
