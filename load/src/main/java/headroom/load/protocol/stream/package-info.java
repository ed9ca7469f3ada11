/** Steps that stay connected: server-sent events and WebSockets. */
@NullMarked
package headroom.load.protocol.stream;

import org.jspecify.annotations.NullMarked;
