/**
 * Prometheus' forms of telemetry: remote write 1.0 and 2.0, pages of metrics, answers to queries.
 * Series of samples become the same points as those of OTLP.
 */
@NullMarked
package headroom.ingest.prometheus;

import org.jspecify.annotations.NullMarked;
