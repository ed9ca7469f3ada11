/** The HTTP API: analysis results and stored series as JSON, events in, Prometheus metrics out. */
@NullMarked
package headroom.server.api;

import org.jspecify.annotations.NullMarked;
