/** Durations, rates and shares as people write them. */
@NullMarked
package headroom.plan.quantity;

import org.jspecify.annotations.NullMarked;
