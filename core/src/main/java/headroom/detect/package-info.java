/** Detectors: what is wrong now, each claim with the numbers that justify it. */
@NullMarked
package headroom.detect;

import org.jspecify.annotations.NullMarked;
