/** Threads that move bytes, and connections: names, proxies, TLS, and how long all that took. */
@NullMarked
package headroom.load.network;

import org.jspecify.annotations.NullMarked;
