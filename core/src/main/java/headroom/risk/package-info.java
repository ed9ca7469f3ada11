/** Metastable risk: whether an overload would outlive what triggered it. */
@NullMarked
package headroom.risk;

import org.jspecify.annotations.NullMarked;
