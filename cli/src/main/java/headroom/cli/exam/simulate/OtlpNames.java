package headroom.cli.exam.simulate;

import headroom.cli.exam.simulate.OtlpPoint.Shape;
import headroom.model.SeriesKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What agents, Micrometer and exporters call what is measured: the way back of {@code
 * model.MetricNames}.
 *
 * @param attributes that tell the series
 */
record OtlpNames(String metric, String unit, Shape shape, List<OtlpAttribute> attributes) {
  private static final String POOL = "db.client.connection.";
  private static final String POOL_NAME = POOL + "pool.name";
  private static final String BREAKER = "resilience4j.circuitbreaker.";
  private static final String TOMCAT_POOL = "tomcat.thread.pool.name";

  /**
   * The names for a series; empty where spans tell it.
   *
   * @param process whether the sender is the service itself, not a machine it shares
   */
  static Optional<OtlpNames> of(SeriesKey key, boolean process) {
    String of = key.subject();
    return Optional.ofNullable(
        switch (key.measure()) {
          case POOL_USED -> level(POOL + "count", POOL_NAME, of).with(POOL + "state", "used");
          case POOL_IDLE -> level(POOL + "count", POOL_NAME, of).with(POOL + "state", "idle");
          case POOL_LIMIT -> level(POOL + "max", POOL_NAME, of);
          case POOL_PENDING -> level(POOL + "pending_requests", POOL_NAME, of);
          case POOL_TIMEOUTS -> counter(POOL + "timeouts", "{timeout}").with(POOL_NAME, of);
          case POOL_WAIT -> time(POOL + "wait_time").with(POOL_NAME, of);
          case POOL_HOLD -> time(POOL + "use_time").with(POOL_NAME, of);
          case THREADS_BUSY -> level("tomcat.thread.busy.count", TOMCAT_POOL, of);
          case THREADS_LIMIT -> level("tomcat.thread.limit", TOMCAT_POOL, of);
          case QUEUE_CONSUMERS -> gauge("rabbitmq.consumer.count", "{consumer}").with("queue", of);
          case QUEUE_DEPTH ->
              key.detail().isEmpty()
                  ? gauge("rabbitmq_queue_messages", "{message}").with("queue", of)
                  : gauge("kafka.consumer_group.lag", "{message}")
                      .with("topic", of)
                      .with("partition", key.detail());
          case QUEUE_PROCESS ->
              time("messaging.process.duration")
                  .with("messaging.destination.name", of)
                  .with("messaging.destination.partition.id", key.detail());
          case CACHE_HITS -> counter("cache.gets", "1").with("cache", of).with("result", "hit");
          case CACHE_MISSES -> counter("cache.gets", "1").with("cache", of).with("result", "miss");
          case CPU_TIME -> counter(process ? "jvm.cpu.time" : "process.cpu.time", "s");
          case CPU_COUNT -> gauge(process ? "jvm.cpu.count" : "system.cpu.count", "{cpu}");
          case HOST_CPU_UTILIZATION ->
              gauge(process ? "jvm.system.cpu.utilization" : "system.cpu.usage", "1");
          case BREAKER_STATE ->
              gauge(BREAKER + "state", "1").with("name", of).with("state", key.detail());
          case BREAKER_REFUSED -> counter(BREAKER + "not.permitted.calls", "1").with("name", of);
          case MEMORY_USED -> memory("jvm.memory.used", key);
          case MEMORY_LIVE -> memory("jvm.memory.used_after_last_gc", key);
          case MEMORY_LIMIT -> memory("jvm.memory.limit", key);
          case GC_DURATION ->
              time("jvm.gc.duration").with("jvm.gc.name", of).with("jvm.gc.action", key.detail());
          case OPERATION -> {
            int space = of.indexOf(' ');
            if (space < 0 || !of.startsWith("/", space + 1)) {
              yield null; // a job
            }
            yield time("http.server.request.duration")
                .with("http.request.method", of.substring(0, space))
                .with("http.route", of.substring(space + 1));
          }
          default -> null;
        });
  }

  private static OtlpNames level(String metric, String key, String subject) {
    return new OtlpNames(metric, "1", Shape.LEVEL, List.of()).with(key, subject);
  }

  private static OtlpNames memory(String metric, SeriesKey key) {
    return new OtlpNames(metric, "By", Shape.LEVEL, List.of())
        .with("jvm.memory.pool.name", key.subject())
        .with("jvm.memory.type", key.detail());
  }

  private static OtlpNames gauge(String metric, String unit) {
    return new OtlpNames(metric, unit, Shape.GAUGE, List.of());
  }

  private static OtlpNames counter(String metric, String unit) {
    return new OtlpNames(metric, unit, Shape.COUNTER, List.of());
  }

  private static OtlpNames time(String metric) {
    return new OtlpNames(metric, "s", Shape.HISTOGRAM, List.of());
  }

  /** With one attribute more, unless it says nothing. */
  OtlpNames with(String key, String value) {
    if (value.isEmpty()) {
      return this;
    }
    List<OtlpAttribute> more = new ArrayList<>(attributes);
    more.add(new OtlpAttribute(key, value));
    return new OtlpNames(metric, unit, shape, more);
  }
}
