/** Durations, rates, shares and amounts as people write and read them. */
@NullMarked
package headroom.plan.quantity;

import org.jspecify.annotations.NullMarked;
