/** Protobuf's wire format, written without generated classes. */
@NullMarked
package headroom.ingest.protobuf;

import org.jspecify.annotations.NullMarked;
