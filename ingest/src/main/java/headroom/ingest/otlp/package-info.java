/** Reads OTLP, as protobuf and as JSON, straight from bytes into the views of the model. */
@NullMarked
package headroom.ingest.otlp;

import org.jspecify.annotations.NullMarked;
