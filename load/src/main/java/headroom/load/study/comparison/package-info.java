/** Two runs of a plan side by side, with the uncertainty of their difference. */
@NullMarked
package headroom.load.study.comparison;

import org.jspecify.annotations.NullMarked;
