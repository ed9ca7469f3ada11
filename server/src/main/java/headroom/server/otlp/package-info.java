/** OTLP over gRPC and HTTP: paths, framing and answers around the one intake. */
@NullMarked
package headroom.server.otlp;

import org.jspecify.annotations.NullMarked;
