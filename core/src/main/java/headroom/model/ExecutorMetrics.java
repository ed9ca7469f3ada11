package headroom.model;

import static headroom.model.Measure.*;

/** The names of executors, whose threads do what is handed to them. */
final class ExecutorMetrics {
  private ExecutorMetrics() {}

  static void define(MetricTable table) {
    table.define("executor.active", EXECUTOR_ACTIVE).by("name");
    table.define("executor.queued", EXECUTOR_QUEUED).by("name");
    table.define("executor.queue.remaining", EXECUTOR_QUEUE_REMAINING).by("name");
    table.define("executor.pool.size", EXECUTOR_SIZE).by("name");
    table.define("executor.pool.max", EXECUTOR_LIMIT).by("name");
    table.define("executor.completed", EXECUTOR_COMPLETED).by("name");
    table.define("executor", EXECUTOR_DURATION).time(1).by("name");
    table.define("executor.execution", EXECUTOR_DURATION).time(1).by("name");
    table.define("dotnet.thread_pool.thread.count", EXECUTOR_SIZE).otherwise("dotnet");
    table.define("dotnet.thread_pool.queue.length", EXECUTOR_QUEUED).otherwise("dotnet");
    table.define("executor.idle", EXECUTOR_WAIT).time(1).by("name");
  }
}
