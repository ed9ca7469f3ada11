/** Plans read from YAML, values from outside put in. */
@NullMarked
package headroom.plan.read;

import org.jspecify.annotations.NullMarked;
