/** The contract that every store must pass. */
@NullMarked
package headroom.store;

import org.jspecify.annotations.NullMarked;
