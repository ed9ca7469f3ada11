/** An HTTP client that measures: one thread, few system calls, nothing hidden from its caller. */
@NullMarked
package headroom.load.protocol.http;

import org.jspecify.annotations.NullMarked;
