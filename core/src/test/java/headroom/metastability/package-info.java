/** Formulas, and what is learnt of planted systems. */
@NullMarked
package headroom.metastability;

import org.jspecify.annotations.NullMarked;
