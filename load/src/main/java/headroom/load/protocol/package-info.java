/**
 * What a protocol is to the load engine: steps that it makes ready, begins and tells the end of.
 */
@NullMarked
package headroom.load.protocol;

import org.jspecify.annotations.NullMarked;
