package headroom.model;

import static headroom.model.Measure.Kind.COUNTER;
import static headroom.model.Measure.Kind.DISTRIBUTION;
import static headroom.model.Measure.Kind.GAUGE;

/**
 * What a series measures. Durations are seconds, sizes bytes, utilizations 0..1, whatever the
 * sender's unit was.
 *
 * <p>The comment behind each says what {@link SeriesKey#subject} and {@link SeriesKey#detail} hold;
 * where none stands the detail is empty.
 */
public enum Measure {
  // From traces. "Action" is the operation at the root of a trace.
  ACTION(DISTRIBUTION), // subject: action; errors are failed actions
  OPERATION(DISTRIBUTION), // subject: operation (server and consumer spans)
  OPERATION_SELF(DISTRIBUTION), // subject: operation; of its time in which no call was running
  CALL(DISTRIBUTION), // subject: calling operation, detail: peer; client spans but databases
  STATEMENT(DISTRIBUTION), // subject: normalised statement, detail: operation that ran it
  HOLD(DISTRIBUTION), // subject: operation, detail: database; each time that it kept a connection
  HOLD_STATEMENT(DISTRIBUTION), // the same; each statement that it ran meanwhile
  ACTION_CALLS(DISTRIBUTION), // subject: action; remote calls in one trace
  ACTION_STATEMENTS(DISTRIBUTION), // subject: action; statements in one trace
  ACTION_DATABASE_SECONDS(DISTRIBUTION), // subject: action; sum over its statements
  ACTION_DATABASE_SHARE(DISTRIBUTION), // subject: action; of its time in which a statement ran
  ACTION_DEPTH(DISTRIBUTION), // subject: action; longest chain of services
  ACTION_RETRIES(DISTRIBUTION), // subject: action; resent calls in one trace
  ACTION_REPEATS(DISTRIBUTION), // subject: action, detail: its most repeated statement; runs >= 2

  // Pools of connections. Subject: pool.
  POOL_USED(GAUGE),
  POOL_IDLE(GAUGE),
  POOL_SIZE(GAUGE), // used and idle
  POOL_IDLE_MAX(GAUGE), // configured
  POOL_IDLE_MIN(GAUGE), // configured
  POOL_LIMIT(GAUGE),
  POOL_PENDING(GAUGE),
  POOL_TIMEOUTS(COUNTER),
  POOL_LONGEST_WAIT(GAUGE), // of those waiting now
  POOL_WAIT(DISTRIBUTION),
  POOL_HOLD(DISTRIBUTION),
  POOL_CREATE(DISTRIBUTION),

  // Servers and clients where there are no spans. Subject: route or peer.
  SERVER_DURATION(DISTRIBUTION),
  SERVER_ACTIVE(GAUGE),
  SERVER_CONNECTIONS(GAUGE),
  SERVER_CONNECTION_LIMIT(GAUGE),
  CLIENT_DURATION(DISTRIBUTION),
  DATABASE_DURATION(DISTRIBUTION), // subject: database, detail: operation and table

  // Thread pools of servers, and executors. Subject: pool or executor.
  THREADS_BUSY(GAUGE),
  THREADS_CURRENT(GAUGE),
  THREADS_LIMIT(GAUGE),
  THREADS_QUEUED(GAUGE), // jobs that wait for a thread
  THREADS_DURATION(DISTRIBUTION), // of requests, from when a thread took them
  EXECUTOR_ACTIVE(GAUGE),
  EXECUTOR_QUEUED(GAUGE),
  EXECUTOR_QUEUE_REMAINING(GAUGE),
  EXECUTOR_SIZE(GAUGE),
  EXECUTOR_LIMIT(GAUGE),
  EXECUTOR_COMPLETED(COUNTER),
  EXECUTOR_DURATION(DISTRIBUTION),
  EXECUTOR_WAIT(DISTRIBUTION),

  // Caches. Subject: cache.
  CACHE_HITS(COUNTER),
  CACHE_MISSES(COUNTER),
  CACHE_PUTS(COUNTER),
  CACHE_EVICTIONS(COUNTER),
  CACHE_SIZE(GAUGE),
  CACHE_MEMORY_USED(GAUGE),
  CACHE_MEMORY_LIMIT(GAUGE),
  CACHE_LOAD(DISTRIBUTION),
  CACHE_CONNECTIONS(GAUGE),
  CACHE_REFUSED(COUNTER), // connections

  // Queues. Subject: queue, topic or consumer group; detail: partition.
  QUEUE_DEPTH(GAUGE), // of a partition, or of a queue without partitions; detail: partition
  QUEUE_DEPTH_TOTAL(GAUGE), // over all partitions
  QUEUE_READY(GAUGE), // to be delivered
  QUEUE_UNACKED(GAUGE), // delivered but not acknowledged
  QUEUE_CLIENT_LAG(GAUGE), // as a consumer sees it; vanishes with the consumer
  QUEUE_CLIENT_LAG_MEAN(GAUGE), // detail: client
  QUEUE_CLIENT_LAG_MAX(GAUGE), // detail: client
  QUEUE_OFFSET(GAUGE),
  QUEUE_COMMITTED(GAUGE),
  QUEUE_PUBLISHED(COUNTER),
  QUEUE_DELIVERED(COUNTER),
  QUEUE_CONSUMED(COUNTER),
  QUEUE_CONSUMERS(GAUGE),
  QUEUE_AGE(DISTRIBUTION),
  QUEUE_PROCESS(DISTRIBUTION),
  QUEUE_OPERATION(DISTRIBUTION), // a client's send or receive; detail: which

  // Processor and memory.
  CPU_TIME(COUNTER), // seconds of processor time
  CPU_COUNT(GAUGE),
  CPU_UTILIZATION(GAUGE),
  HOST_CPU_UTILIZATION(GAUGE),
  THREAD_COUNT(GAUGE), // detail: state; the sum over details is the count
  MEMORY_USED(GAUGE), // subject: memory pool
  MEMORY_COMMITTED(GAUGE), // subject: memory pool
  MEMORY_LIMIT(GAUGE), // subject: memory pool
  MEMORY_LIVE(GAUGE), // subject: memory pool; after the last collection
  MEMORY_LIVE_LIMIT(GAUGE), // subject: memory pool
  MEMORY_LIVE_SHARE(GAUGE), // subject: memory pool; of its limit, after the last collection
  MEMORY_ALLOCATED(COUNTER),
  MEMORY_PROMOTED(COUNTER),
  GC_DURATION(DISTRIBUTION), // subject: collector, detail: action
  GC_SHARE(GAUGE), // of the time

  // Databases seen from their side. Subject: database, table or statement.
  DATABASE_CONNECTIONS(GAUGE),
  DATABASE_CONNECTION_LIMIT(GAUGE),
  DATABASE_RUNNING(GAUGE),
  DATABASE_BLOCK_HITS(COUNTER),
  DATABASE_BLOCK_READS(COUNTER),
  DATABASE_LOCKS(GAUGE),
  DATABASE_COMMITS(COUNTER),
  DATABASE_SIZE(GAUGE),
  DATABASE_TEMP_WRITES(COUNTER),
  TABLE_SIZE(GAUGE),
  TABLE_ROWS(GAUGE), // detail: live or dead
  STATEMENT_CALLS(COUNTER),
  STATEMENT_SECONDS(COUNTER),
  STATEMENT_ROWS(COUNTER),
  STATEMENT_READ_SECONDS(COUNTER),

  // Retries and guards. Subject: policy, breaker, bulkhead or limiter.
  RETRY_CALLS(COUNTER), // detail: outcome
  RETRY_ATTEMPTS(DISTRIBUTION),
  RETRY_RESENDS(COUNTER),
  BREAKER_STATE(GAUGE), // detail: state
  BREAKER_SLOW_SHARE(GAUGE), // of calls
  BREAKER_REFUSED(COUNTER),
  BULKHEAD_AVAILABLE(GAUGE),
  BULKHEAD_LIMIT(GAUGE),
  LIMITER_AVAILABLE(GAUGE),
  LIMITER_WAITING(GAUGE);

  /** How cells of a measure are read. */
  public enum Kind {
    /** Count, errors, sum, extremes and a histogram of single values. */
    DISTRIBUTION,
    /** The sum is the increase within the window. */
    COUNTER,
    /** Samples of a level: count, sum, extremes and the last one. */
    GAUGE
  }

  private final Kind kind;

  Measure(Kind kind) {
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
