/** An HTTP client that measures: one thread, few system calls, nothing hidden from its caller. */
@NullMarked
package headroom.load.http;

import org.jspecify.annotations.NullMarked;
