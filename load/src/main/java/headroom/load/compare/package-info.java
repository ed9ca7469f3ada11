/** Two runs of a plan side by side, with the uncertainty of their difference. */
@NullMarked
package headroom.load.compare;

import org.jspecify.annotations.NullMarked;
