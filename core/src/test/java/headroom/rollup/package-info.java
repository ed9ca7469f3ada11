/** Laws of the mergeable aggregates. */
@NullMarked
package headroom.rollup;

import org.jspecify.annotations.NullMarked;
