/** Metastable risk: whether an overload would outlive what triggered it. */
@NullMarked
package headroom.metastability;

import org.jspecify.annotations.NullMarked;
