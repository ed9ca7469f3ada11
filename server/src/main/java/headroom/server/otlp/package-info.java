/** OTLP over gRPC and HTTP: framing, limits and answers around a decoder that it does not know. */
@NullMarked
package headroom.server.otlp;

import org.jspecify.annotations.NullMarked;
