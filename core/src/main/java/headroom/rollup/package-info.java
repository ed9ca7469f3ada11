/** Mergeable aggregates: exponential histograms, cells, and the table that fills them. */
@NullMarked
package headroom.rollup;

import org.jspecify.annotations.NullMarked;
