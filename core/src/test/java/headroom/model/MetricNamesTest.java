package headroom.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricNamesTest {
  /** name | attributes | measure | scale without a declared unit | subject | detail */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          db.client.connection.count | db.client.connection.pool.name=p,db.client.connection.state=used | POOL_USED | 1 | p |
          db.client.connection.count | db.client.connection.pool.name=p,db.client.connection.state=idle | POOL_IDLE | 1 | p |
          db.client.connection.max | db.client.connection.pool.name=p | POOL_LIMIT | 1 | p |
          db.client.connection.idle.max | db.client.connection.pool.name=p | POOL_IDLE_MAX | 1 | p |
          db.client.connection.idle.min | db.client.connection.pool.name=p | POOL_IDLE_MIN | 1 | p |
          db.client.connection.pending_requests | db.client.connection.pool.name=p | POOL_PENDING | 1 | p |
          db.client.connection.timeouts | db.client.connection.pool.name=p | POOL_TIMEOUTS | 1 | p |
          db.client.connection.create_time | db.client.connection.pool.name=p | POOL_CREATE | 1 | p |
          db.client.connection.wait_time | db.client.connection.pool.name=p | POOL_WAIT | 1 | p |
          db.client.connection.use_time | db.client.connection.pool.name=p | POOL_HOLD | 1 | p |
          db.client.connections.usage | pool.name=p,state=used | POOL_USED | 1 | p |
          db.client.connections.usage | pool.name=p,state=idle | POOL_IDLE | 1 | p |
          db_client_connections_usage | pool_name=p,state=used | POOL_USED | 1 | p |
          db.client.connections.max | pool.name=p | POOL_LIMIT | 1 | p |
          db.client.connections.idle.max | pool.name=p | POOL_IDLE_MAX | 1 | p |
          db.client.connections.idle.min | pool.name=p | POOL_IDLE_MIN | 1 | p |
          db.client.connections.pending_requests | pool.name=p | POOL_PENDING | 1 | p |
          db.client.connections.timeouts | pool.name=p | POOL_TIMEOUTS | 1 | p |
          db.client.connections.create_time | pool.name=p | POOL_CREATE | 0.001 | p |
          db.client.connections.wait_time | pool.name=p | POOL_WAIT | 0.001 | p |
          db.client.connections.use_time | pool.name=p | POOL_HOLD | 0.001 | p |
          apache_commons_pool.object.count | apache_commons_pool.pool.name=p,apache_commons_pool.object.state=used | POOL_USED | 1 | p |
          apache_commons_pool.object.max | apache_commons_pool.pool.name=p | POOL_LIMIT | 1 | p |
          apache_commons_pool.object.pending_requests | apache_commons_pool.pool.name=p | POOL_PENDING | 1 | p |
          hikaricp.connections | pool=p | POOL_SIZE | 1 | p |
          hikaricp.connections.active | pool=p | POOL_USED | 1 | p |
          hikaricp.connections.idle | pool=p | POOL_IDLE | 1 | p |
          hikaricp.connections.max | pool=p | POOL_LIMIT | 1 | p |
          hikaricp.connections.min | pool=p | POOL_IDLE_MIN | 1 | p |
          hikaricp.connections.pending | pool=p | POOL_PENDING | 1 | p |
          hikaricp.connections.timeout | pool=p | POOL_TIMEOUTS | 1 | p |
          hikaricp.connections.acquire | pool=p | POOL_WAIT | 1 | p |
          hikaricp.connections.usage | pool=p | POOL_HOLD | 1 | p |
          hikaricp.connections.creation | pool=p | POOL_CREATE | 1 | p |
          hikaricp_connections | pool=p | POOL_SIZE | 1 | p |
          hikaricp_connections_active | pool=p | POOL_USED | 1 | p |
          hikaricp_connections_max | pool=p | POOL_LIMIT | 1 | p |
          hikaricp_connections_timeout_total | pool=p | POOL_TIMEOUTS | 1 | p |
          hikaricp_connections_acquire_seconds | pool=p | POOL_WAIT | 1 | p |
          hikaricp_connections_usage_seconds | pool=p | POOL_HOLD | 1 | p |
          go_sql_in_use_connections | db_name=d | POOL_USED | 1 | d |
          go_sql_idle_connections | db_name=d | POOL_IDLE | 1 | d |
          go_sql_open_connections | db_name=d | POOL_SIZE | 1 | d |
          go_sql_max_open_connections | db_name=d | POOL_LIMIT | 1 | d |
          http_request_duration_seconds | method=GET,handler=/a | SERVER_DURATION | 1 | GET /a |
          http_request_duration_seconds | method=GET,path=/a,status_code=200 | SERVER_DURATION | 1 | GET /a |
          grpc_server_handling_seconds | grpc_service=s,grpc_method=m | SERVER_DURATION | 1 | s m |
          grpc_client_handling_seconds | grpc_service=s,grpc_method=m | CLIENT_DURATION | 1 | s m |
          jvm_memory_pool_used_bytes | pool=G1 Old Gen | MEMORY_USED | 1 | G1 Old Gen |
          jvm_memory_pool_max_bytes | pool=G1 Old Gen | MEMORY_LIMIT | 1 | G1 Old Gen |
          jvm_memory_pool_collection_used_bytes | pool=G1 Old Gen | MEMORY_LIVE | 1 | G1 Old Gen |
          jvm_threads_live_threads | | THREAD_COUNT | 1 | |
          jvm_threads_current | | THREAD_COUNT | 1 | |
          go_threads | | THREAD_COUNT | 1 | |
          process_cpu_time_ns_total | | CPU_TIME | 1e-9 | |
          dotnet_process_cpu_time_seconds_total | | CPU_TIME | 1 | |
          dotnet_process_cpu_count | | CPU_COUNT | 1 | |
          go_sched_gomaxprocs_threads | | CPU_COUNT | 1 | |
          dotnet_thread_pool_thread_count | | EXECUTOR_SIZE | 1 | dotnet |
          dotnet_thread_pool_queue_length | | EXECUTOR_QUEUED | 1 | dotnet |
          pg_stat_database_numbackends | datname=d | DATABASE_CONNECTIONS | 1 | d |
          pg_stat_database_xact_commit_total | datname=d | DATABASE_COMMITS | 1 | d |
          pg_database_size_bytes | datname=d | DATABASE_SIZE | 1 | d |
          jdbc.connections.active | name=p | POOL_USED | 1 | p |
          jdbc.connections.idle | name=p | POOL_IDLE | 1 | p |
          jdbc.connections.max | name=p | POOL_LIMIT | 1 | p |
          jdbc.connections.min | name=p | POOL_IDLE_MIN | 1 | p |
          hikaricp_active_connections | pool=p | POOL_USED | 1 | p |
          hikaricp_idle_connections | pool=p | POOL_IDLE | 1 | p |
          hikaricp_pending_threads | pool=p | POOL_PENDING | 1 | p |
          hikaricp_max_connections | pool=p | POOL_LIMIT | 1 | p |
          hikaricp_min_connections | pool=p | POOL_IDLE_MIN | 1 | p |
          hikaricp_connection_acquired_nanos | pool=p | POOL_WAIT | 1e-9 | p |
          hikaricp_connection_usage_millis | pool=p | POOL_HOLD | 1e-3 | p |
          hikaricp_connection_creation_millis | pool=p | POOL_CREATE | 1e-3 | p |
          hikaricp_connection_timeout_total | pool=p | POOL_TIMEOUTS | 1 | p |
          pgbouncer_pools_client_active_connections | database=d,user=u | POOL_USED | 1 | d | u
          pgbouncer_pools_client_waiting_connections | database=d,user=u | POOL_PENDING | 1 | d | u
          pgbouncer_pools_client_maxwait_seconds | database=d,user=u | POOL_LONGEST_WAIT | 1 | d | u
          http.server.request.duration | http.request.method=GET,http.route=/a | SERVER_DURATION | 1 | GET /a |
          http.server.duration | http.method=GET,http.route=/a | SERVER_DURATION | 0.001 | GET /a |
          http_server_request_duration_seconds | http_request_method=GET,http_route=/a | SERVER_DURATION | 1 | GET /a |
          http.server.active_requests | http.request.method=GET,url.scheme=http | SERVER_ACTIVE | 1 | GET | http
          http.client.request.duration | server.address=h | CLIENT_DURATION | 1 | h |
          rpc.server.call.duration | rpc.service=s,rpc.method=m | SERVER_DURATION | 1 | s m |
          rpc.server.duration | rpc.service=s,rpc.method=m | SERVER_DURATION | 0.001 | s m |
          rpc.client.call.duration | rpc.service=s,rpc.method=m | CLIENT_DURATION | 1 | s m |
          rpc.client.duration | rpc.service=s,rpc.method=m | CLIENT_DURATION | 0.001 | s m |
          http.server.requests | method=GET,uri=/a | SERVER_DURATION | 1 | GET /a |
          http_server_requests_seconds | method=GET,uri=/a | SERVER_DURATION | 1 | GET /a |
          http.client.requests | client.name=h,uri=/a | CLIENT_DURATION | 1 | h |
          tomcat.thread.busy.count | tomcat.thread.pool.name=n | THREADS_BUSY | 1 | n |
          tomcat.thread.limit | tomcat.thread.pool.name=n | THREADS_LIMIT | 1 | n |
          tomcat.threads.busy | name=n | THREADS_BUSY | 1 | n |
          tomcat_threads_busy_threads | name=n | THREADS_BUSY | 1 | n |
          tomcat.threads.current | name=n | THREADS_CURRENT | 1 | n |
          tomcat.threads.config.max | name=n | THREADS_LIMIT | 1 | n |
          tomcat.connections.current | name=n | SERVER_CONNECTIONS | 1 | n |
          tomcat.connections.config.max | name=n | SERVER_CONNECTION_LIMIT | 1 | n |
          jetty.threads.busy | | THREADS_BUSY | 1 | jetty |
          jetty.threads.config.max | | THREADS_LIMIT | 1 | jetty |
          jetty.threads.jobs | | THREADS_QUEUED | 1 | jetty |
          httpcomponents.httpclient.pool.total.max | httpclient=c | POOL_LIMIT | 1 | c |
          httpcomponents.httpclient.pool.total.connections | httpclient=c,state=leased | POOL_USED | 1 | c |
          httpcomponents.httpclient.pool.total.connections | httpclient=c,state=available | POOL_IDLE | 1 | c |
          httpcomponents.httpclient.pool.total.pending | httpclient=c | POOL_PENDING | 1 | c |
          executor.active | name=e | EXECUTOR_ACTIVE | 1 | e |
          executor.queued | name=e | EXECUTOR_QUEUED | 1 | e |
          executor_queued_tasks | name=e | EXECUTOR_QUEUED | 1 | e |
          executor.queue.remaining | name=e | EXECUTOR_QUEUE_REMAINING | 1 | e |
          executor.pool.size | name=e | EXECUTOR_SIZE | 1 | e |
          executor.pool.max | name=e | EXECUTOR_LIMIT | 1 | e |
          executor.completed | name=e | EXECUTOR_COMPLETED | 1 | e |
          executor_completed_tasks_total | name=e | EXECUTOR_COMPLETED | 1 | e |
          executor | name=e | EXECUTOR_DURATION | 1 | e |
          executor.idle | name=e | EXECUTOR_WAIT | 1 | e |
          kafka.producer.waiting_threads | client-id=c | POOL_PENDING | 1 | c |
          cache.gets | cache=c,result=hit | CACHE_HITS | 1 | c |
          cache.gets | cache=c,result=miss | CACHE_MISSES | 1 | c |
          cache_gets_total | cache=c,result=miss | CACHE_MISSES | 1 | c |
          cache.puts | cache=c | CACHE_PUTS | 1 | c |
          cache.evictions | cache=c | CACHE_EVICTIONS | 1 | c |
          cache.size | cache=c | CACHE_SIZE | 1 | c |
          cache.load.duration | cache=c | CACHE_LOAD | 1 | c |
          redis_keyspace_hits_total | | CACHE_HITS | 1 | redis |
          redis_keyspace_misses_total | | CACHE_MISSES | 1 | redis |
          redis_evicted_keys_total | | CACHE_EVICTIONS | 1 | redis |
          redis_memory_used_bytes | | CACHE_MEMORY_USED | 1 | redis |
          redis_memory_max_bytes | | CACHE_MEMORY_LIMIT | 1 | redis |
          redis_rejected_connections_total | | CACHE_REFUSED | 1 | redis |
          redis_connected_clients | | CACHE_CONNECTIONS | 1 | redis |
          redis.keyspace.hits | | CACHE_HITS | 1 | redis |
          redis.keyspace.misses | | CACHE_MISSES | 1 | redis |
          redis.keys.evicted | | CACHE_EVICTIONS | 1 | redis |
          redis.memory.used | | CACHE_MEMORY_USED | 1 | redis |
          redis.maxmemory | | CACHE_MEMORY_LIMIT | 1 | redis |
          redis.clients.connected | | CACHE_CONNECTIONS | 1 | redis |
          memcached_commands_total | command=get,status=hit | CACHE_HITS | 1 | memcached |
          memcached_commands_total | command=get,status=miss | CACHE_MISSES | 1 | memcached |
          memcached_items_evicted_total | | CACHE_EVICTIONS | 1 | memcached |
          messaging.process.duration | messaging.destination.name=t | QUEUE_PROCESS | 1 | t |
          messaging.client.sent.messages | messaging.destination.name=t | QUEUE_PUBLISHED | 1 | t |
          messaging.client.consumed.messages | messaging.destination.name=t | QUEUE_CONSUMED | 1 | t |
          messaging.client.operation.duration | messaging.destination.name=t,messaging.operation.name=poll | QUEUE_OPERATION | 1 | t | poll
          messaging.publish.duration | messaging.destination.name=t | QUEUE_OPERATION | 1 | t | publish
          messaging.receive.duration | messaging.destination.name=t | QUEUE_OPERATION | 1 | t | receive
          messaging.publish.messages | messaging.destination.name=t | QUEUE_PUBLISHED | 1 | t |
          messaging.receive.messages | messaging.destination.name=t | QUEUE_CONSUMED | 1 | t |
          kafka.consumer.records_lag | topic=t,partition=3,client-id=c | QUEUE_CLIENT_LAG | 1 | t | 3
          kafka.consumer.records_lag_avg | topic=t,partition=3,client-id=c | QUEUE_CLIENT_LAG_MEAN | 1 | t | c 3
          kafka.consumer.records_lag_max | client-id=c | QUEUE_CLIENT_LAG_MAX | 1 | (all) | c
          kafka.consumer.fetch.manager.records.lag | topic=t,partition=3,client.id=c | QUEUE_CLIENT_LAG | 1 | t | 3
          kafka.consumer.fetch.manager.records.lag.avg | topic=t,partition=3,client.id=c | QUEUE_CLIENT_LAG_MEAN | 1 | t | c 3
          kafka.consumer.fetch.manager.records.lag.max | client.id=c | QUEUE_CLIENT_LAG_MAX | 1 | (all) | c
          kafka_consumer_fetch_manager_records_lag_max | client_id=c | QUEUE_CLIENT_LAG_MAX | 1 | (all) | c
          kafka_consumergroup_lag | consumergroup=g,topic=t,partition=3 | QUEUE_DEPTH | 1 | g t | 3
          kafka_consumergroup_lag_sum | consumergroup=g,topic=t | QUEUE_DEPTH_TOTAL | 1 | g t |
          kafka_consumergroup_current_offset | consumergroup=g,topic=t,partition=3 | QUEUE_COMMITTED | 1 | g t | 3
          kafka_topic_partition_current_offset | topic=t,partition=3 | QUEUE_OFFSET | 1 | t | 3
          kafka.consumer_group.lag | group=g,topic=t,partition=3 | QUEUE_DEPTH | 1 | g t | 3
          kafka.consumer_group.lag_sum | group=g,topic=t | QUEUE_DEPTH_TOTAL | 1 | g t |
          kafka.consumer_group.offset | group=g,topic=t,partition=3 | QUEUE_COMMITTED | 1 | g t | 3
          kafka.partition.current_offset | topic=t,partition=3 | QUEUE_OFFSET | 1 | t | 3
          rabbitmq_queue_messages | queue=q | QUEUE_DEPTH | 1 | q |
          rabbitmq_queue_messages_ready | queue=q | QUEUE_READY | 1 | q |
          rabbitmq_queue_messages_unacked | queue=q | QUEUE_UNACKED | 1 | q |
          rabbitmq_queue_consumers | queue=q | QUEUE_CONSUMERS | 1 | q |
          rabbitmq.message.current | state=ready | QUEUE_READY | 1 | rabbitmq |
          rabbitmq.message.current | state=unacknowledged | QUEUE_UNACKED | 1 | rabbitmq |
          rabbitmq.message.published | | QUEUE_PUBLISHED | 1 | rabbitmq |
          rabbitmq.message.delivered | | QUEUE_DELIVERED | 1 | rabbitmq |
          rabbitmq.message.acknowledged | | QUEUE_CONSUMED | 1 | rabbitmq |
          rabbitmq.consumer.count | | QUEUE_CONSUMERS | 1 | rabbitmq |
          jvm.memory.used | jvm.memory.pool.name=Eden,jvm.memory.type=heap | MEMORY_USED | 1 | Eden | heap
          jvm.memory.limit | jvm.memory.pool.name=Eden,jvm.memory.type=heap | MEMORY_LIMIT | 1 | Eden | heap
          jvm.memory.committed | jvm.memory.pool.name=Eden,jvm.memory.type=heap | MEMORY_COMMITTED | 1 | Eden | heap
          jvm.memory.used_after_last_gc | jvm.memory.pool.name=Eden,jvm.memory.type=heap | MEMORY_LIVE | 1 | Eden | heap
          jvm.gc.duration | jvm.gc.name=G1,jvm.gc.action=end | GC_DURATION | 1 | G1 | end
          jvm.thread.count | jvm.thread.state=waiting,jvm.thread.daemon=true | THREAD_COUNT | 1 | | waiting true
          jvm.cpu.recent_utilization | | CPU_UTILIZATION | 1 | |
          jvm.cpu.time | | CPU_TIME | 1 | |
          jvm.cpu.count | | CPU_COUNT | 1 | |
          jvm.memory.used | id=Eden,area=heap | MEMORY_USED | 1 | Eden | heap
          jvm.memory.max | id=Eden,area=heap | MEMORY_LIMIT | 1 | Eden | heap
          jvm.gc.live.data.size | | MEMORY_LIVE | 1 | long-lived |
          jvm_gc_live_data_size_bytes | | MEMORY_LIVE | 1 | long-lived |
          jvm.gc.max.data.size | | MEMORY_LIVE_LIMIT | 1 | long-lived |
          jvm.memory.usage.after.gc | pool=long-lived,area=heap | MEMORY_LIVE_SHARE | 1 | long-lived | heap
          jvm.gc.overhead | | GC_SHARE | 1 | |
          jvm.gc.memory.allocated | | MEMORY_ALLOCATED | 1 | |
          jvm.gc.memory.promoted | | MEMORY_PROMOTED | 1 | |
          jvm.gc.pause | gc=G1,action=end | GC_DURATION | 1 | G1 | end
          jvm_memory_used_bytes | area=heap | MEMORY_USED | 1 | heap | heap
          jvm_memory_max_bytes | area=heap | MEMORY_LIMIT | 1 | heap | heap
          jvm_gc_collection_seconds | gc=G1 | GC_DURATION | 1 | G1 |
          db.client.operation.duration | db.namespace=d,db.operation.name=SELECT,db.collection.name=t | DATABASE_DURATION | 1 | d | SELECT t
          postgres.blocks.hits | database=d | DATABASE_BLOCK_HITS | 1 | d |
          postgres.blocks.reads | database=d | DATABASE_BLOCK_READS | 1 | d |
          postgres.rows.dead | database=d | TABLE_ROWS | 1 | d | dead
          postgres.temp.writes | database=d | DATABASE_TEMP_WRITES | 1 | d |
          pg_stat_statements_calls_total | queryid=1 | STATEMENT_CALLS | 1 | 1 |
          pg_stat_statements_seconds_total | queryid=1 | STATEMENT_SECONDS | 1 | 1 |
          pg_stat_statements_rows_total | queryid=1 | STATEMENT_ROWS | 1 | 1 |
          pg_stat_statements_block_read_seconds_total | queryid=1 | STATEMENT_READ_SECONDS | 1 | 1 |
          pg_stat_activity_count | datname=d,state=idle | DATABASE_CONNECTIONS | 1 | d | idle
          pg_settings_max_connections | | DATABASE_CONNECTION_LIMIT | 1 | postgresql |
          pg_stat_database_blks_hit | datname=d | DATABASE_BLOCK_HITS | 1 | d |
          pg_stat_database_blks_read | datname=d | DATABASE_BLOCK_READS | 1 | d |
          pg_locks_count | datname=d,mode=m | DATABASE_LOCKS | 1 | d | m
          pg_stat_user_tables_n_live_tup | relname=t | TABLE_ROWS | 1 | t | live
          pg_stat_user_tables_n_dead_tup | relname=t | TABLE_ROWS | 1 | t | dead
          postgresql.backends | | DATABASE_CONNECTIONS | 1 | |
          postgresql.connection.max | | DATABASE_CONNECTION_LIMIT | 1 | postgresql |
          postgresql.db_size | | DATABASE_SIZE | 1 | |
          postgresql.rows | state=dead | TABLE_ROWS | 1 | (all) | dead
          postgresql.table.size | | TABLE_SIZE | 1 | (all) |
          postgresql.blks_hit | | DATABASE_BLOCK_HITS | 1 | |
          postgresql.blks_read | | DATABASE_BLOCK_READS | 1 | |
          postgresql.blocks_read | source=heap_hit | DATABASE_BLOCK_HITS | 1 | |
          postgresql.blocks_read | source=idx_read | DATABASE_BLOCK_READS | 1 | |
          postgresql.commits | | DATABASE_COMMITS | 1 | |
          mysql_global_status_threads_connected | | DATABASE_CONNECTIONS | 1 | mysql |
          mysql_global_status_threads_running | | DATABASE_RUNNING | 1 | mysql |
          mysql_global_variables_max_connections | | DATABASE_CONNECTION_LIMIT | 1 | mysql |
          failsafe.retry_policy.attempts | failsafe.retry_policy.name=p,failsafe.retry_policy.outcome=success | RETRY_ATTEMPTS | 1 | p | success
          failsafe.retry_policy.execution.count | failsafe.retry_policy.name=p,failsafe.retry_policy.outcome=success | RETRY_CALLS | 1 | p | success
          kafka.producer.record_retry_total | topic=t | RETRY_RESENDS | 1 | t |
          resilience4j.retry.calls | name=r,kind=failed_with_retry | RETRY_CALLS | 1 | r | failed_with_retry
          resilience4j_retry_calls_total | name=r,kind=successful_with_retry | RETRY_CALLS | 1 | r | successful_with_retry
          resilience4j.bulkhead.available.concurrent.calls | name=b | BULKHEAD_AVAILABLE | 1 | b |
          resilience4j.bulkhead.max.allowed.concurrent.calls | name=b | BULKHEAD_LIMIT | 1 | b |
          resilience4j.circuitbreaker.state | name=b,state=open | BREAKER_STATE | 1 | b | open
          resilience4j.circuitbreaker.slow.call.rate | name=b | BREAKER_SLOW_SHARE | 0.01 | b |
          resilience4j.circuitbreaker.not.permitted.calls | name=b | BREAKER_REFUSED | 1 | b |
          resilience4j.ratelimiter.available.permissions | name=l | LIMITER_AVAILABLE | 1 | l |
          resilience4j.ratelimiter.waiting_threads | name=l | LIMITER_WAITING | 1 | l |
          upstream_rq_retry | | RETRY_RESENDS | 1 | envoy |
          """)
  void resolves(
      String name,
      String attributes,
      Measure measure,
      double scale,
      String subject,
      String detail) {
    MetricPoint point = point(name, attributes == null ? "" : attributes);
    Concept concept = concept(name);
    assertThat(concept.measure(point)).isEqualTo(measure);
    assertThat(concept.scale(MetricNames.unitIn(name))).isEqualTo(scale);
    assertThat(concept.subject(point)).isEqualTo(subject == null ? "" : subject);
    assertThat(concept.detail(point)).isEqualTo(detail == null ? "" : detail);
  }

  @ParameterizedTest
  @CsvSource({
    "db.client.connections.use_time, ms, 0.001",
    "db.client.connections.use_time, s, 1",
    "db.client.connection.use_time, ms, 0.001",
    "hikaricp.connections.usage, milliseconds, 0.001",
    "process.cpu.time, ns, 1e-9",
    "jvm.memory.used, By, 1",
    "jvm.memory.used, KiBy, 1024",
    "jvm.memory.used, {unheard}, 1",
    "resilience4j.circuitbreaker.slow.call.rate, %, 0.01",
  })
  void believesTheDeclaredUnit(String name, String unit, double scale) {
    assertThat(concept(name).scale(unit)).isEqualTo(scale);
  }

  @ParameterizedTest
  @CsvSource({
    "hikaricp.connections.acquire.max",
    "http_server_requests_seconds_max",
    "jvm_gc_pause_seconds_max",
    "executor.idle.max",
    "executor.max",
    "otlp.exporter.seen",
    "total",
    "_seconds",
    "''",
  })
  void leavesOthersAlone(String name) {
    assertThat(MetricNames.of(name)).isNull();
  }

  @Test
  void readsOnlyTheStatesItKnows() {
    assertThat(measure("cache.gets", "cache=c,result=pending")).isNull();
    assertThat(measure("memcached_commands_total", "command=set,status=hit")).isNull();
    assertThat(measure("db.client.connections.usage", "pool.name=p")).isNull();
  }

  @Test
  void takesTheQuotesOfJmxOff() {
    var point = new MetricPoint();
    point.name = "tomcat.thread.busy.count";
    point.addAttribute("tomcat.thread.pool.name", "\"http-nio-8080\"");
    assertThat(concept("tomcat.thread.busy.count").subject(point)).isEqualTo("http-nio-8080");
  }

  @Test
  void tellsErrorsByAttributes() {
    Concept concept = concept("http.server.request.duration");
    assertThat(concept.isError(point("x", "http.response.status_code=503"))).isTrue();
    assertThat(concept.isError(point("x", "http.response.status_code=404"))).isFalse();
    assertThat(concept.isError(point("x", "error.type=timeout"))).isTrue();
    assertThat(concept.isError(point("x", "status_code=502"))).isTrue();
    assertThat(concept.isError(point("x", "code=5xx"))).isTrue();
    assertThat(concept.isError(point("x", "exception=None,status=200"))).isFalse();
  }

  @Test
  void prefersTheNewerConventionsThenTheOlderThenMicrometer() {
    assertThat(rank("db.client.connection.use_time"))
        .isLessThan(rank("db.client.connections.use_time"));
    assertThat(rank("db.client.connections.use_time"))
        .isLessThan(rank("hikaricp.connections.usage"));
    assertThat(rank("hikaricp.connections.usage"))
        .isLessThan(rank("hikaricp_connection_usage_millis"));
    assertThat(rank("jvm.cpu.time")).isLessThan(rank("process.cpu.time"));
  }

  @Test
  void everyNameStandsOnceInTheTable() {
    List<String> names = MetricNames.names();
    Set<String> distinct = new HashSet<>(names);
    assertThat(distinct).hasSameSizeAs(names);
    for (String name : names) {
      assertThat(concept(name).name()).isEqualTo(name);
    }
  }

  private static Concept concept(String name) {
    return Objects.requireNonNull(MetricNames.of(name), name);
  }

  private static int rank(String name) {
    return concept(name).rank();
  }

  private static @Nullable Measure measure(String name, String attributes) {
    return concept(name).measure(point(name, attributes));
  }

  private static MetricPoint point(String name, String attributes) {
    MetricPoint point = new MetricPoint();
    point.name = name;
    Arrays.stream(attributes.split(","))
        .filter(pair -> !pair.isEmpty())
        .map(pair -> pair.split("=", 2))
        .forEach(pair -> point.addAttribute(pair[0], pair[1]));
    return point;
  }
}
