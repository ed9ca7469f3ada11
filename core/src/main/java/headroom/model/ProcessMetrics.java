package headroom.model;

import static headroom.model.Measure.*;

/** The names of memory, garbage collection, threads and processors of a process. */
final class ProcessMetrics {
  private ProcessMetrics() {}

  static void define(MetricTable table) {
    memory(table, "jvm.memory.used", MEMORY_USED);
    memory(table, "jvm.memory.committed", MEMORY_COMMITTED);
    memory(table, "jvm.memory.limit", MEMORY_LIMIT);
    memory(table, "jvm.memory.max", MEMORY_LIMIT);
    memory(table, "jvm.memory.used_after_last_gc", MEMORY_LIVE);
    memory(table, "jvm_memory_pool_used", MEMORY_USED);
    memory(table, "jvm_memory_pool_max", MEMORY_LIMIT);
    memory(table, "jvm_memory_pool_collection_used", MEMORY_LIVE);
    table.define("jvm.gc.live.data.size", MEMORY_LIVE).bytes().otherwise("long-lived");
    table.define("jvm.gc.max.data.size", MEMORY_LIVE_LIMIT).bytes().otherwise("long-lived");
    table.define("jvm.memory.usage.after.gc", MEMORY_LIVE_SHARE).by("pool").detail("area");
    table.define("jvm.gc.memory.allocated", MEMORY_ALLOCATED).bytes();
    table.define("jvm.gc.memory.promoted", MEMORY_PROMOTED).bytes();
    table.define("jvm.gc.duration", GC_DURATION).time(1).by("jvm.gc.name").detail("jvm.gc.action");
    table.define("jvm.gc.pause", GC_DURATION).time(1).by("gc").detail("action");
    table.define("jvm_gc_collection_seconds", GC_DURATION).time(1).by("gc");
    table.define("jvm.gc.overhead", GC_SHARE);
    table
        .define("jvm.thread.count", THREAD_COUNT)
        .detail("jvm.thread.state", "state")
        .detail("jvm.thread.daemon", "daemon");
    table.define("jvm.threads.states", THREAD_COUNT).detail("state");
    table.define("jvm.threads.live", THREAD_COUNT);
    table.define("jvm_threads_current", THREAD_COUNT);
    table.define("go_threads", THREAD_COUNT);
    table.define("jvm.cpu.time", CPU_TIME).time(1);
    table.define("process.cpu.time", CPU_TIME).time(1);
    table.define("process_cpu_seconds_total", CPU_TIME).time(1);
    table.define("dotnet.process.cpu.time", CPU_TIME).time(1);
    table.define("jvm.cpu.count", CPU_COUNT);
    table.define("dotnet.process.cpu.count", CPU_COUNT);
    table.define("go_sched_gomaxprocs", CPU_COUNT);
    table.define("system.cpu.count", CPU_COUNT);
    table.define("system.cpu.logical.count", CPU_COUNT);
    table.define("jvm.cpu.recent_utilization", CPU_UTILIZATION);
    table.define("process.cpu.usage", CPU_UTILIZATION);
    table.define("jvm.system.cpu.utilization", HOST_CPU_UTILIZATION);
    table.define("system.cpu.usage", HOST_CPU_UTILIZATION);
  }

  private static void memory(MetricTable table, String name, Measure measure) {
    table
        .define(name, measure)
        .bytes()
        .by("jvm.memory.pool.name", "id", "pool", "area")
        .detail("jvm.memory.type", "area");
  }
}
