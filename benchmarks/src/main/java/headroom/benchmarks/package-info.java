/** How fast Headroom's hot paths are, beside the usual way of doing the same. */
@NullMarked
package headroom.benchmarks;

import org.jspecify.annotations.NullMarked;
