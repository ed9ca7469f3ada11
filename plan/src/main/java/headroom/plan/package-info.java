/** A load test as values: journeys of steps, how many take them, and what must hold. */
@NullMarked
package headroom.plan;

import org.jspecify.annotations.NullMarked;
