/** What Prometheus sends to this server, in its own protocol. */
@NullMarked
package headroom.server.prometheus;

import org.jspecify.annotations.NullMarked;
