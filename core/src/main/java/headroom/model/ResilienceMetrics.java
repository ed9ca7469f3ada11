package headroom.model;

import static headroom.model.Measure.*;

/** The names of retries, circuit breakers, bulkheads and rate limiters. */
final class ResilienceMetrics {
  private ResilienceMetrics() {}

  static void define(MetricTable table) {
    table
        .define("failsafe.retry_policy.attempts", RETRY_ATTEMPTS)
        .by("failsafe.retry_policy.name")
        .detail("failsafe.retry_policy.outcome");
    table
        .define("failsafe.retry_policy.execution.count", RETRY_CALLS)
        .by("failsafe.retry_policy.name")
        .detail("failsafe.retry_policy.outcome");
    table.define("resilience4j.retry.calls", RETRY_CALLS).by("name").detail("kind");
    table
        .define("kafka.producer.record_retry_total", RETRY_RESENDS)
        .by("topic", "client-id")
        .otherwise("producer");
    table
        .define("upstream_rq_retry", RETRY_RESENDS)
        .by("envoy.cluster_name", "cluster_name")
        .otherwise("envoy");
    table.define("envoy_cluster_upstream_rq_retry", RETRY_RESENDS).by("envoy_cluster_name");
    table.define("resilience4j.bulkhead.available.concurrent.calls", BULKHEAD_AVAILABLE).by("name");
    table.define("resilience4j.bulkhead.max.allowed.concurrent.calls", BULKHEAD_LIMIT).by("name");
    table.define("resilience4j.circuitbreaker.state", BREAKER_STATE).by("name").detail("state");
    table
        .define("resilience4j.circuitbreaker.slow.call.rate", BREAKER_SLOW_SHARE)
        .share(0.01)
        .by("name");
    table.define("resilience4j.circuitbreaker.not.permitted.calls", BREAKER_REFUSED).by("name");
    table.define("resilience4j.ratelimiter.available.permissions", LIMITER_AVAILABLE).by("name");
    table.define("resilience4j.ratelimiter.waiting_threads", LIMITER_WAITING).by("name");
  }
}
