package headroom.model;

import static headroom.model.Measure.*;

import java.util.List;

/** The names of pools of connections: of databases, of HTTP clients and of producers. */
final class PoolMetrics {
  private static final String POOL_NAME = "db.client.connection.pool.name";

  private PoolMetrics() {}

  static void define(MetricTable table) {
    for (String now : List.of("db.client.connection.", "db.client.connections.")) {
      boolean old = now.endsWith("s.");
      double scale = old ? 1e-3 : 1;
      table
          .define(now + (old ? "usage" : "count"))
          .by(POOL_NAME, "pool.name")
          .when("used", POOL_USED)
          .when("idle", POOL_IDLE)
          .choose("db.client.connection.state", "state");
      table.define(now + "max", POOL_LIMIT).by(POOL_NAME, "pool.name");
      table.define(now + "idle.max", POOL_IDLE_MAX).by(POOL_NAME, "pool.name");
      table.define(now + "idle.min", POOL_IDLE_MIN).by(POOL_NAME, "pool.name");
      table.define(now + "pending_requests", POOL_PENDING).by(POOL_NAME, "pool.name");
      table.define(now + "timeouts", POOL_TIMEOUTS).by(POOL_NAME, "pool.name");
      table.define(now + "create_time", POOL_CREATE).time(scale).by(POOL_NAME, "pool.name");
      table.define(now + "wait_time", POOL_WAIT).time(scale).by(POOL_NAME, "pool.name");
      table.define(now + "use_time", POOL_HOLD).time(scale).by(POOL_NAME, "pool.name");
    }
    table
        .define("apache_commons_pool.object.count")
        .by("apache_commons_pool.pool.name")
        .when("used", POOL_USED)
        .when("idle", POOL_IDLE)
        .choose("apache_commons_pool.object.state");
    table.define("apache_commons_pool.object.max", POOL_LIMIT).by("apache_commons_pool.pool.name");
    table
        .define("apache_commons_pool.object.idle.max", POOL_IDLE_MAX)
        .by("apache_commons_pool.pool.name");
    table
        .define("apache_commons_pool.object.idle.min", POOL_IDLE_MIN)
        .by("apache_commons_pool.pool.name");
    table
        .define("apache_commons_pool.object.pending_requests", POOL_PENDING)
        .by("apache_commons_pool.pool.name");
    table.define("hikaricp.connections.active", POOL_USED).by("pool");
    table.define("hikaricp.connections.idle", POOL_IDLE).by("pool");
    table.define("hikaricp.connections", POOL_SIZE).by("pool");
    table.define("hikaricp.connections.max", POOL_LIMIT).by("pool");
    table.define("hikaricp.connections.min", POOL_IDLE_MIN).by("pool");
    table.define("hikaricp.connections.pending", POOL_PENDING).by("pool");
    table.define("hikaricp.connections.timeout", POOL_TIMEOUTS).by("pool");
    table.define("hikaricp.connections.acquire", POOL_WAIT).time(1).by("pool");
    table.define("hikaricp.connections.usage", POOL_HOLD).time(1).by("pool");
    table.define("hikaricp.connections.creation", POOL_CREATE).time(1).by("pool");
    table.define("hikaricp_active_connections", POOL_USED).by("pool");
    table.define("hikaricp_idle_connections", POOL_IDLE).by("pool");
    table.define("hikaricp_max_connections", POOL_LIMIT).by("pool");
    table.define("hikaricp_min_connections", POOL_IDLE_MIN).by("pool");
    table.define("hikaricp_pending_threads", POOL_PENDING).by("pool");
    table.define("hikaricp_connection_timeout_total", POOL_TIMEOUTS).by("pool");
    table.define("hikaricp_connection_acquired_nanos", POOL_WAIT).time(1e-9).by("pool");
    table.define("hikaricp_connection_usage_millis", POOL_HOLD).time(1e-3).by("pool");
    table.define("hikaricp_connection_creation_millis", POOL_CREATE).time(1e-3).by("pool");
    table.define("jdbc.connections.active", POOL_USED).by("name");
    table.define("jdbc.connections.idle", POOL_IDLE).by("name");
    table.define("jdbc.connections.max", POOL_LIMIT).by("name");
    table.define("jdbc.connections.min", POOL_IDLE_MIN).by("name");
    table.define("go_sql_in_use_connections", POOL_USED).by("db_name");
    table.define("go_sql_idle_connections", POOL_IDLE).by("db_name");
    table.define("go_sql_open_connections", POOL_SIZE).by("db_name");
    table.define("go_sql_max_open_connections", POOL_LIMIT).by("db_name").zeroIsNone();
    table
        .define("pgbouncer_pools_client_active_connections", POOL_USED)
        .by("database")
        .detail("user");
    table
        .define("pgbouncer_pools_client_waiting_connections", POOL_PENDING)
        .by("database")
        .detail("user");
    table
        .define("pgbouncer_pools_client_maxwait_seconds", POOL_LONGEST_WAIT)
        .time(1)
        .by("database")
        .detail("user");
    table.define("httpcomponents.httpclient.pool.total.max", POOL_LIMIT).by("httpclient");
    table
        .define("httpcomponents.httpclient.pool.total.connections")
        .by("httpclient")
        .when("leased", POOL_USED)
        .when("available", POOL_IDLE)
        .choose("state");
    table.define("httpcomponents.httpclient.pool.total.pending", POOL_PENDING).by("httpclient");
    table
        .define("kafka.producer.waiting_threads", POOL_PENDING)
        .by("client-id")
        .otherwise("producer");
  }
}
