/** Plans built in Java, and what must hold between the parts of a plan. */
@NullMarked
package headroom.plan.build;

import org.jspecify.annotations.NullMarked;
