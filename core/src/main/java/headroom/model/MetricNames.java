package headroom.model;

import static headroom.model.Concept.Dimension.BYTES;
import static headroom.model.Concept.Dimension.ONE;
import static headroom.model.Concept.Dimension.SECONDS;
import static headroom.model.Measure.*;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names of metrics and of their attributes, and what they mean: OpenTelemetry semantic
 * conventions 1.37 and the older ones that the Java agent 2.x still sends, Micrometer's, those of
 * libraries and of exporters.
 *
 * <p>Where several say the same of the same thing (an application that has both the agent and
 * Micrometer), the one that stands first here is believed. Prometheus spellings follow from the
 * others: dots are underscores, {@code _total} and the unit stand behind.
 */
public final class MetricNames {
  public static final String SEMANTIC_CONVENTIONS = "1.37.0";

  static final List<String> ERROR_TYPE = spellings("error.type", "exception");
  static final List<String> STATUS =
      spellings("http.response.status_code", "http.status_code", "status");

  private static final List<String> UNIT_SUFFIXES =
      List.of(
          "seconds",
          "milliseconds",
          "microseconds",
          "nanoseconds",
          "bytes",
          "ratio",
          "percent",
          "threads",
          "tasks",
          "connections",
          "messages");

  private static final Map<String, Concept> BY_NAME = new HashMap<>();
  private static final List<Definition> DEFINITIONS = new ArrayList<>();

  private static final String POOL_NAME = "db.client.connection.pool.name";

  static {
    pools();
    servers();
    executors();
    caches();
    queues();
    processes();
    databases();
    retries();
    for (int rank = 0; rank < DEFINITIONS.size(); rank++) {
      Definition definition = DEFINITIONS.get(rank);
      Concept concept = new Concept(definition, rank);
      BY_NAME.putIfAbsent(definition.name, concept);
      BY_NAME.putIfAbsent(canonical(definition.name), concept);
    }
  }

  private MetricNames() {}

  /** What a metric of this name means, in any spelling; null when it is not read. */
  public static @Nullable Concept of(String name) {
    Concept concept = BY_NAME.get(name);
    if (concept != null) {
      return concept;
    }
    String plain = canonical(name);
    concept = BY_NAME.get(plain);
    if (concept != null) {
      return concept;
    }
    String counted = without(plain, "_total");
    concept = BY_NAME.get(counted);
    for (int i = 0; i < UNIT_SUFFIXES.size() && concept == null; i++) {
      concept = BY_NAME.get(without(counted, "_" + UNIT_SUFFIXES.get(i)));
    }
    return concept;
  }

  /** The unit that a Prometheus spelling ends with, empty when it does not. */
  public static String unitIn(String name) {
    String counted = without(name, "_total");
    for (String unit : UNIT_SUFFIXES) {
      if (counted.endsWith("_" + unit)) {
        return unit;
      }
    }
    return "";
  }

  /** Every name in the table, in its own spelling. */
  static List<String> names() {
    return DEFINITIONS.stream().map(definition -> definition.name).toList();
  }

  private static void pools() {
    for (String now : List.of("db.client.connection.", "db.client.connections.")) {
      boolean old = now.endsWith("s.");
      double scale = old ? 1e-3 : 1;
      define(now + (old ? "usage" : "count"))
          .by(POOL_NAME, "pool.name")
          .when("used", POOL_USED)
          .when("idle", POOL_IDLE)
          .choose("db.client.connection.state", "state");
      define(now + "max", POOL_LIMIT).by(POOL_NAME, "pool.name");
      define(now + "idle.max", POOL_IDLE_MAX).by(POOL_NAME, "pool.name");
      define(now + "idle.min", POOL_IDLE_MIN).by(POOL_NAME, "pool.name");
      define(now + "pending_requests", POOL_PENDING).by(POOL_NAME, "pool.name");
      define(now + "timeouts", POOL_TIMEOUTS).by(POOL_NAME, "pool.name");
      define(now + "create_time", POOL_CREATE).time(scale).by(POOL_NAME, "pool.name");
      define(now + "wait_time", POOL_WAIT).time(scale).by(POOL_NAME, "pool.name");
      define(now + "use_time", POOL_HOLD).time(scale).by(POOL_NAME, "pool.name");
    }
    define("apache_commons_pool.object.count")
        .by("apache_commons_pool.pool.name")
        .when("used", POOL_USED)
        .when("idle", POOL_IDLE)
        .choose("apache_commons_pool.object.state");
    define("apache_commons_pool.object.max", POOL_LIMIT).by("apache_commons_pool.pool.name");
    define("apache_commons_pool.object.idle.max", POOL_IDLE_MAX)
        .by("apache_commons_pool.pool.name");
    define("apache_commons_pool.object.idle.min", POOL_IDLE_MIN)
        .by("apache_commons_pool.pool.name");
    define("apache_commons_pool.object.pending_requests", POOL_PENDING)
        .by("apache_commons_pool.pool.name");
    define("hikaricp.connections.active", POOL_USED).by("pool");
    define("hikaricp.connections.idle", POOL_IDLE).by("pool");
    define("hikaricp.connections", POOL_SIZE).by("pool");
    define("hikaricp.connections.max", POOL_LIMIT).by("pool");
    define("hikaricp.connections.min", POOL_IDLE_MIN).by("pool");
    define("hikaricp.connections.pending", POOL_PENDING).by("pool");
    define("hikaricp.connections.timeout", POOL_TIMEOUTS).by("pool");
    define("hikaricp.connections.acquire", POOL_WAIT).time(1).by("pool");
    define("hikaricp.connections.usage", POOL_HOLD).time(1).by("pool");
    define("hikaricp.connections.creation", POOL_CREATE).time(1).by("pool");
    define("hikaricp_active_connections", POOL_USED).by("pool");
    define("hikaricp_idle_connections", POOL_IDLE).by("pool");
    define("hikaricp_max_connections", POOL_LIMIT).by("pool");
    define("hikaricp_min_connections", POOL_IDLE_MIN).by("pool");
    define("hikaricp_pending_threads", POOL_PENDING).by("pool");
    define("hikaricp_connection_timeout_total", POOL_TIMEOUTS).by("pool");
    define("hikaricp_connection_acquired_nanos", POOL_WAIT).time(1e-9).by("pool");
    define("hikaricp_connection_usage_millis", POOL_HOLD).time(1e-3).by("pool");
    define("hikaricp_connection_creation_millis", POOL_CREATE).time(1e-3).by("pool");
    define("jdbc.connections.active", POOL_USED).by("name");
    define("jdbc.connections.idle", POOL_IDLE).by("name");
    define("jdbc.connections.max", POOL_LIMIT).by("name");
    define("jdbc.connections.min", POOL_IDLE_MIN).by("name");
    define("pgbouncer_pools_client_active_connections", POOL_USED).by("database").detail("user");
    define("pgbouncer_pools_client_waiting_connections", POOL_PENDING)
        .by("database")
        .detail("user");
    define("pgbouncer_pools_client_maxwait_seconds", POOL_LONGEST_WAIT)
        .time(1)
        .by("database")
        .detail("user");
    define("httpcomponents.httpclient.pool.total.max", POOL_LIMIT).by("httpclient");
    define("httpcomponents.httpclient.pool.total.connections")
        .by("httpclient")
        .when("leased", POOL_USED)
        .when("available", POOL_IDLE)
        .choose("state");
    define("httpcomponents.httpclient.pool.total.pending", POOL_PENDING).by("httpclient");
    define("kafka.producer.waiting_threads", POOL_PENDING).by("client-id").otherwise("producer");
  }

  private static void servers() {
    for (String side : List.of("server", "client")) {
      boolean server = side.equals("server");
      Measure measure = server ? SERVER_DURATION : CLIENT_DURATION;
      String http = "http." + side + ".";
      String rpc = "rpc." + side + ".";
      httpSubject(define(http + "request.duration", measure).time(1), server);
      httpSubject(define(http + "requests", measure).time(1), server);
      httpSubject(define(http + "duration", measure).time(1e-3), server);
      define(rpc + "call.duration", measure).time(1).by("rpc.service").by("rpc.method");
      define(rpc + "duration", measure).time(1e-3).by("rpc.service").by("rpc.method");
    }
    define("http.server.active_requests", SERVER_ACTIVE)
        .by("http.request.method", "http.method")
        .detail("url.scheme", "http.scheme");
    define("tomcat.thread.busy.count", THREADS_BUSY).by("tomcat.thread.pool.name");
    define("tomcat.thread.count", THREADS_CURRENT).by("tomcat.thread.pool.name");
    define("tomcat.thread.limit", THREADS_LIMIT).by("tomcat.thread.pool.name");
    define("tomcat.threads.busy", THREADS_BUSY).by("name");
    define("tomcat.threads.current", THREADS_CURRENT).by("name");
    define("tomcat.threads.config.max", THREADS_LIMIT).by("name");
    define("tomcat.connections.current", SERVER_CONNECTIONS).by("name");
    define("tomcat.connections.config.max", SERVER_CONNECTION_LIMIT).by("name");
    define("jetty.threads.busy", THREADS_BUSY).by("name").otherwise("jetty");
    define("jetty.threads.current", THREADS_CURRENT).by("name").otherwise("jetty");
    define("jetty.threads.config.max", THREADS_LIMIT).by("name").otherwise("jetty");
    define("jetty.threads.jobs", THREADS_QUEUED).by("name").otherwise("jetty");
  }

  private static void httpSubject(Definition definition, boolean server) {
    if (server) {
      definition.by("http.request.method", "http.method", "method").by("http.route", "uri");
    } else {
      definition.by("server.address", "net.peer.name", "client.name", "uri");
    }
  }

  private static void executors() {
    define("executor.active", EXECUTOR_ACTIVE).by("name");
    define("executor.queued", EXECUTOR_QUEUED).by("name");
    define("executor.queue.remaining", EXECUTOR_QUEUE_REMAINING).by("name");
    define("executor.pool.size", EXECUTOR_SIZE).by("name");
    define("executor.pool.max", EXECUTOR_LIMIT).by("name");
    define("executor.completed", EXECUTOR_COMPLETED).by("name");
    define("executor", EXECUTOR_DURATION).time(1).by("name");
    define("executor.execution", EXECUTOR_DURATION).time(1).by("name");
    define("executor.idle", EXECUTOR_WAIT).time(1).by("name");
  }

  private static void caches() {
    define("cache.gets")
        .by("cache", "cache.name", "name")
        .when("hit", CACHE_HITS)
        .when("miss", CACHE_MISSES)
        .choose("result");
    define("cache.puts", CACHE_PUTS).by("cache", "cache.name", "name");
    define("cache.evictions", CACHE_EVICTIONS).by("cache", "cache.name", "name");
    define("cache.size", CACHE_SIZE).by("cache", "cache.name", "name");
    define("cache.load.duration", CACHE_LOAD).time(1).by("cache", "cache.name", "name");
    define("redis.keyspace.hits", CACHE_HITS).otherwise("redis");
    define("redis.keyspace.misses", CACHE_MISSES).otherwise("redis");
    define("redis.keys.evicted", CACHE_EVICTIONS).otherwise("redis");
    define("redis.memory.used", CACHE_MEMORY_USED).bytes().otherwise("redis");
    define("redis.maxmemory", CACHE_MEMORY_LIMIT).bytes().otherwise("redis");
    define("redis.clients.connected", CACHE_CONNECTIONS).otherwise("redis");
    define("redis.connections.rejected", CACHE_REFUSED).otherwise("redis");
    define("redis_keyspace_hits_total", CACHE_HITS).otherwise("redis");
    define("redis_keyspace_misses_total", CACHE_MISSES).otherwise("redis");
    define("redis_evicted_keys_total", CACHE_EVICTIONS).otherwise("redis");
    define("redis_memory_used_bytes", CACHE_MEMORY_USED).bytes().otherwise("redis");
    define("redis_memory_max_bytes", CACHE_MEMORY_LIMIT).bytes().otherwise("redis");
    define("redis_rejected_connections_total", CACHE_REFUSED).otherwise("redis");
    define("redis_connected_clients", CACHE_CONNECTIONS).otherwise("redis");
    define("memcached_commands_total")
        .otherwise("memcached")
        .only("command", "get")
        .when("hit", CACHE_HITS)
        .when("miss", CACHE_MISSES)
        .choose("status");
    define("memcached_items_evicted_total", CACHE_EVICTIONS).otherwise("memcached");
  }

  private static void queues() {
    String destination = "messaging.destination.name";
    String partition = "messaging.destination.partition.id";
    define("messaging.process.duration", QUEUE_PROCESS)
        .time(1)
        .by(destination)
        .detail(partition, "messaging.kafka.destination.partition");
    define("messaging.client.sent.messages", QUEUE_PUBLISHED).by(destination).detail(partition);
    define("messaging.client.consumed.messages", QUEUE_CONSUMED).by(destination).detail(partition);
    define("messaging.client.operation.duration", QUEUE_OPERATION)
        .time(1)
        .by(destination)
        .detail("messaging.operation.name");
    define("messaging.publish.duration", QUEUE_OPERATION).time(1).by(destination).fixed("publish");
    define("messaging.receive.duration", QUEUE_OPERATION).time(1).by(destination).fixed("receive");
    define("messaging.publish.messages", QUEUE_PUBLISHED).by(destination).detail(partition);
    define("messaging.receive.messages", QUEUE_CONSUMED).by(destination).detail(partition);
    define("kafka.consumer_group.lag", QUEUE_DEPTH).by("group").by("topic").detail("partition");
    define("kafka.consumer_group.lag_sum", QUEUE_DEPTH_TOTAL).by("group").by("topic");
    define("kafka.consumer_group.offset", QUEUE_COMMITTED)
        .by("group")
        .by("topic")
        .detail("partition");
    define("kafka.partition.current_offset", QUEUE_OFFSET).by("topic").detail("partition");
    define("kafka_consumergroup_lag", QUEUE_DEPTH)
        .by("consumergroup")
        .by("topic")
        .detail("partition");
    define("kafka_consumergroup_lag_sum", QUEUE_DEPTH_TOTAL).by("consumergroup").by("topic");
    define("kafka_consumergroup_current_offset", QUEUE_COMMITTED)
        .by("consumergroup")
        .by("topic")
        .detail("partition");
    define("kafka_topic_partition_current_offset", QUEUE_OFFSET).by("topic").detail("partition");
    for (String prefix : List.of("kafka.consumer.", "kafka.consumer.fetch.manager.")) {
      String lag = prefix + (prefix.endsWith("consumer.") ? "records_lag" : "records.lag");
      String dot = prefix.endsWith("consumer.") ? "_" : ".";
      define(lag, QUEUE_CLIENT_LAG).by("topic").detail("partition");
      define(lag + dot + "avg", QUEUE_CLIENT_LAG_MEAN)
          .by("topic")
          .detail("client-id", "client.id")
          .detail("partition")
          .otherwise("(all)");
      define(lag + dot + "max", QUEUE_CLIENT_LAG_MAX)
          .by("topic")
          .detail("client-id", "client.id")
          .detail("partition")
          .otherwise("(all)");
    }
    define("rabbitmq.message.current")
        .by("rabbitmq.queue.name", "queue")
        .otherwise("rabbitmq")
        .when("ready", QUEUE_READY)
        .when("unacknowledged", QUEUE_UNACKED)
        .choose("state");
    define("rabbitmq.message.published", QUEUE_PUBLISHED).by("queue").otherwise("rabbitmq");
    define("rabbitmq.message.delivered", QUEUE_DELIVERED).by("queue").otherwise("rabbitmq");
    define("rabbitmq.message.acknowledged", QUEUE_CONSUMED).by("queue").otherwise("rabbitmq");
    define("rabbitmq.consumer.count", QUEUE_CONSUMERS).by("queue").otherwise("rabbitmq");
    define("rabbitmq_queue_messages", QUEUE_DEPTH).by("queue").otherwise("rabbitmq");
    define("rabbitmq_queue_messages_ready", QUEUE_READY).by("queue").otherwise("rabbitmq");
    define("rabbitmq_queue_messages_unacked", QUEUE_UNACKED).by("queue").otherwise("rabbitmq");
    define("rabbitmq_queue_consumers", QUEUE_CONSUMERS).by("queue").otherwise("rabbitmq");
  }

  private static void processes() {
    memory("jvm.memory.used", MEMORY_USED);
    memory("jvm.memory.committed", MEMORY_COMMITTED);
    memory("jvm.memory.limit", MEMORY_LIMIT);
    memory("jvm.memory.max", MEMORY_LIMIT);
    memory("jvm.memory.used_after_last_gc", MEMORY_LIVE);
    define("jvm.gc.live.data.size", MEMORY_LIVE).bytes().otherwise("long-lived");
    define("jvm.gc.max.data.size", MEMORY_LIVE_LIMIT).bytes().otherwise("long-lived");
    define("jvm.memory.usage.after.gc", MEMORY_LIVE_SHARE).by("pool").detail("area");
    define("jvm.gc.memory.allocated", MEMORY_ALLOCATED).bytes();
    define("jvm.gc.memory.promoted", MEMORY_PROMOTED).bytes();
    define("jvm.gc.duration", GC_DURATION).time(1).by("jvm.gc.name").detail("jvm.gc.action");
    define("jvm.gc.pause", GC_DURATION).time(1).by("gc").detail("action");
    define("jvm_gc_collection_seconds", GC_DURATION).time(1).by("gc");
    define("jvm.gc.overhead", GC_SHARE);
    define("jvm.thread.count", THREAD_COUNT)
        .detail("jvm.thread.state", "state")
        .detail("jvm.thread.daemon", "daemon");
    define("jvm.threads.states", THREAD_COUNT).detail("state");
    define("jvm.cpu.time", CPU_TIME).time(1);
    define("process.cpu.time", CPU_TIME).time(1);
    define("process_cpu_seconds_total", CPU_TIME).time(1);
    define("jvm.cpu.count", CPU_COUNT);
    define("system.cpu.count", CPU_COUNT);
    define("jvm.cpu.recent_utilization", CPU_UTILIZATION);
    define("process.cpu.usage", CPU_UTILIZATION);
    define("jvm.system.cpu.utilization", HOST_CPU_UTILIZATION);
    define("system.cpu.usage", HOST_CPU_UTILIZATION);
  }

  private static void memory(String name, Measure measure) {
    define(name, measure)
        .bytes()
        .by("jvm.memory.pool.name", "id", "pool", "area")
        .detail("jvm.memory.type", "area");
  }

  private static void databases() {
    define("db.client.operation.duration", DATABASE_DURATION)
        .time(1)
        .by("db.namespace", "db.name", "db.system.name", "db.system")
        .detail("db.operation.name", "db.operation")
        .detail("db.collection.name", "db.sql.table");
    define("postgresql.backends", DATABASE_CONNECTIONS).by("postgresql.database.name", "database");
    define("postgresql.connection.max", DATABASE_CONNECTION_LIMIT).otherwise("postgresql");
    define("postgresql.db_size", DATABASE_SIZE).bytes().by("postgresql.database.name", "database");
    define("postgresql.rows", TABLE_ROWS)
        .by("postgresql.table.name", "table")
        .otherwise("(all)")
        .detail("state");
    define("postgresql.table.size", TABLE_SIZE)
        .bytes()
        .by("postgresql.table.name", "table")
        .otherwise("(all)");
    define("postgresql.blks_hit", DATABASE_BLOCK_HITS).by("postgresql.database.name", "database");
    define("postgresql.blks_read", DATABASE_BLOCK_READS).by("postgresql.database.name", "database");
    Definition blocks = define("postgresql.blocks_read").by("postgresql.database.name", "database");
    for (String source : List.of("heap", "idx", "toast", "tidx")) {
      blocks.when(source + "_hit", DATABASE_BLOCK_HITS);
      blocks.when(source + "_read", DATABASE_BLOCK_READS);
    }
    blocks.choose("source");
    define("postgresql.commits", DATABASE_COMMITS).by("postgresql.database.name", "database");
    define("postgres.blocks.hits", DATABASE_BLOCK_HITS).by("database");
    define("postgres.blocks.reads", DATABASE_BLOCK_READS).by("database");
    define("postgres.rows.dead", TABLE_ROWS).by("database").fixed("dead");
    define("postgres.temp.writes", DATABASE_TEMP_WRITES).by("database");
    define("pg_stat_statements_calls_total", STATEMENT_CALLS).by("query", "queryid");
    define("pg_stat_statements_seconds_total", STATEMENT_SECONDS).time(1).by("query", "queryid");
    define("pg_stat_statements_rows_total", STATEMENT_ROWS).by("query", "queryid");
    define("pg_stat_statements_block_read_seconds_total", STATEMENT_READ_SECONDS)
        .time(1)
        .by("query", "queryid");
    define("pg_stat_activity_count", DATABASE_CONNECTIONS).by("datname").detail("state");
    define("pg_settings_max_connections", DATABASE_CONNECTION_LIMIT).otherwise("postgresql");
    define("pg_stat_database_blks_hit", DATABASE_BLOCK_HITS).by("datname");
    define("pg_stat_database_blks_read", DATABASE_BLOCK_READS).by("datname");
    define("pg_locks_count", DATABASE_LOCKS).by("datname").detail("mode");
    define("pg_stat_user_tables_n_live_tup", TABLE_ROWS).by("relname").fixed("live");
    define("pg_stat_user_tables_n_dead_tup", TABLE_ROWS).by("relname").fixed("dead");
    define("mysql_global_status_threads_connected", DATABASE_CONNECTIONS).otherwise("mysql");
    define("mysql_global_status_threads_running", DATABASE_RUNNING).otherwise("mysql");
    define("mysql_global_variables_max_connections", DATABASE_CONNECTION_LIMIT).otherwise("mysql");
  }

  private static void retries() {
    define("failsafe.retry_policy.attempts", RETRY_ATTEMPTS)
        .by("failsafe.retry_policy.name")
        .detail("failsafe.retry_policy.outcome");
    define("failsafe.retry_policy.execution.count", RETRY_CALLS)
        .by("failsafe.retry_policy.name")
        .detail("failsafe.retry_policy.outcome");
    define("resilience4j.retry.calls", RETRY_CALLS).by("name").detail("kind");
    define("kafka.producer.record_retry_total", RETRY_RESENDS)
        .by("topic", "client-id")
        .otherwise("producer");
    define("upstream_rq_retry", RETRY_RESENDS)
        .by("envoy.cluster_name", "cluster_name")
        .otherwise("envoy");
    define("envoy_cluster_upstream_rq_retry", RETRY_RESENDS).by("envoy_cluster_name");
    define("resilience4j.bulkhead.available.concurrent.calls", BULKHEAD_AVAILABLE).by("name");
    define("resilience4j.bulkhead.max.allowed.concurrent.calls", BULKHEAD_LIMIT).by("name");
    define("resilience4j.circuitbreaker.state", BREAKER_STATE).by("name").detail("state");
    define("resilience4j.circuitbreaker.slow.call.rate", BREAKER_SLOW_SHARE).share(0.01).by("name");
    define("resilience4j.circuitbreaker.not.permitted.calls", BREAKER_REFUSED).by("name");
    define("resilience4j.ratelimiter.available.permissions", LIMITER_AVAILABLE).by("name");
    define("resilience4j.ratelimiter.waiting_threads", LIMITER_WAITING).by("name");
  }

  private static Definition define(String name) {
    Definition definition = new Definition(name);
    DEFINITIONS.add(definition);
    return definition;
  }

  private static Definition define(String name, Measure measure) {
    return define(name).when("", measure);
  }

  private static String canonical(String name) {
    return name.toLowerCase(Locale.ROOT).replace('.', '_').replace('-', '_').replace('/', '_');
  }

  private static String without(String name, String suffix) {
    return name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : name;
  }

  /** Each key as it is and with underscores, as Prometheus has it. */
  private static List<String> spellings(String... keys) {
    List<String> spellings = new ArrayList<>(List.of(keys));
    for (String key : keys) {
      String underscored = canonical(key);
      if (!spellings.contains(underscored)) {
        spellings.add(underscored);
      }
    }
    return List.copyOf(spellings);
  }

  /** A row of the table while it is written down. */
  static final class Definition {
    final String name;
    final List<List<String>> subject = new ArrayList<>();
    final List<List<String>> detail = new ArrayList<>();
    final Map<String, Measure> choices = new LinkedHashMap<>();
    Concept.Dimension dimension = ONE;
    double scale = 1;
    String defaultSubject = "";
    String fixedDetail = "";
    List<String> selector = List.of();
    List<String> required = List.of();
    String requiredValue = "";

    Definition(String name) {
      this.name = name;
    }

    /** A time, of this scale to seconds where the sender tells no unit. */
    Definition time(double scaleToSeconds) {
      dimension = SECONDS;
      scale = scaleToSeconds;
      return this;
    }

    Definition bytes() {
      dimension = BYTES;
      return this;
    }

    Definition share(double scaleToOne) {
      scale = scaleToOne;
      return this;
    }

    /** The next part of the subject: the first of these attributes that is there. */
    Definition by(String... keys) {
      subject.add(spellings(keys));
      return this;
    }

    /** The subject when no attribute tells. */
    Definition otherwise(String word) {
      defaultSubject = word;
      return this;
    }

    Definition detail(String... keys) {
      detail.add(spellings(keys));
      return this;
    }

    Definition fixed(String word) {
      fixedDetail = word;
      return this;
    }

    /** Only points where the attribute has this value are read. */
    Definition only(String key, String value) {
      required = spellings(key);
      requiredValue = value;
      return this;
    }

    /** What the metric measures where the attribute named by {@link #choose} has this value. */
    Definition when(String value, Measure measure) {
      choices.put(value, measure);
      return this;
    }

    Definition choose(String... keys) {
      selector = spellings(keys);
      return this;
    }
  }
}
