/** Telemetry that was recorded in files. */
@NullMarked
package headroom.ingest;

import org.jspecify.annotations.NullMarked;
