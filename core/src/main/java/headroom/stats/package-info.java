/** Statistics on plain numbers: regression with priors, robust estimates, quantiles, bootstrap. */
@NullMarked
package headroom.stats;

import org.jspecify.annotations.NullMarked;
