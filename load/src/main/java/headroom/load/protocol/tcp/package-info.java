/** Lines of text over plain TCP: caches, queues and whatever has a protocol of its own. */
@NullMarked
package headroom.load.protocol.tcp;

import org.jspecify.annotations.NullMarked;
