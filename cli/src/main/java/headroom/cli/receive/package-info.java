/** Telemetry into a store, live or recorded. */
@NullMarked
package headroom.cli.receive;

import org.jspecify.annotations.NullMarked;
