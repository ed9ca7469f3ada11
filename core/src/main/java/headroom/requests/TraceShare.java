package headroom.requests;

import java.util.OptionalDouble;

/**
 * How much of a service's requests its traces hold, and so what is believed of them.
 *
 * @param share of the requests that request metrics count, 0..1 and more where they contradict each
 *     other; empty where there is nothing to compare
 */
public record TraceShare(String service, OptionalDouble share, Basis basis) {
  /** What rates, errors and latencies of requests are read from. */
  public enum Basis {
    /** Traces, which hold all requests or have nothing beside them. */
    TRACES,
    /** Request metrics, since traces hold only some requests; facts of traces count for all. */
    METRICS,
    /** Request metrics, since there are no traces: what needs them is not known. */
    METRICS_ONLY,
    /** Neither: it has request metrics but no traces, and whether users call it nobody tells. */
    UNTRACED,
    /** Traces, weighted as other services' are: this one has no request metrics of its own. */
    WEIGHTED,
    /** Traces, though request metrics count fewer requests or other ones. */
    CONTRADICTED
  }
}
