/**
 * The way of telemetry into rollups: spans to facts, metric points to cells, versions to deploys.
 */
@NullMarked
package headroom.telemetry;

import org.jspecify.annotations.NullMarked;
