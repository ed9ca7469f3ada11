/** Faults on a network connection while load runs: a TCP proxy that misbehaves on demand. */
@NullMarked
package headroom.load.fault;

import org.jspecify.annotations.NullMarked;
