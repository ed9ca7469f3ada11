/** The server with all its parts, and telemetry that was recorded for it. */
@NullMarked
package headroom.cli.serve;

import org.jspecify.annotations.NullMarked;
