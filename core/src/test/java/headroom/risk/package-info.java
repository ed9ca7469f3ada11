/** Formulas, and what is learnt of planted systems. */
@NullMarked
package headroom.risk;

import org.jspecify.annotations.NullMarked;
