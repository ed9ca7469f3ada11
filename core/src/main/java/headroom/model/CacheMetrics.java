package headroom.model;

import static headroom.model.Measure.*;

/** The names of caches, within a process and beside it. */
final class CacheMetrics {
  private CacheMetrics() {}

  static void define(MetricTable table) {
    table
        .define("cache.gets")
        .by("cache", "cache.name", "name")
        .when("hit", CACHE_HITS)
        .when("miss", CACHE_MISSES)
        .choose("result");
    table.define("cache.puts", CACHE_PUTS).by("cache", "cache.name", "name");
    table.define("cache.evictions", CACHE_EVICTIONS).by("cache", "cache.name", "name");
    table.define("cache.size", CACHE_SIZE).by("cache", "cache.name", "name");
    table.define("cache.load.duration", CACHE_LOAD).time(1).by("cache", "cache.name", "name");
    table.define("redis.keyspace.hits", CACHE_HITS).otherwise("redis");
    table.define("redis.keyspace.misses", CACHE_MISSES).otherwise("redis");
    table.define("redis.keys.evicted", CACHE_EVICTIONS).otherwise("redis");
    table.define("redis.memory.used", CACHE_MEMORY_USED).bytes().otherwise("redis");
    table.define("redis.maxmemory", CACHE_MEMORY_LIMIT).bytes().otherwise("redis");
    table.define("redis.clients.connected", CACHE_CONNECTIONS).otherwise("redis");
    table.define("redis.connections.rejected", CACHE_REFUSED).otherwise("redis");
    table.define("redis_keyspace_hits_total", CACHE_HITS).otherwise("redis");
    table.define("redis_keyspace_misses_total", CACHE_MISSES).otherwise("redis");
    table.define("redis_evicted_keys_total", CACHE_EVICTIONS).otherwise("redis");
    table.define("redis_memory_used_bytes", CACHE_MEMORY_USED).bytes().otherwise("redis");
    table.define("redis_memory_max_bytes", CACHE_MEMORY_LIMIT).bytes().otherwise("redis");
    table.define("redis_rejected_connections_total", CACHE_REFUSED).otherwise("redis");
    table.define("redis_connected_clients", CACHE_CONNECTIONS).otherwise("redis");
    table
        .define("memcached_commands_total")
        .otherwise("memcached")
        .only("command", "get")
        .when("hit", CACHE_HITS)
        .when("miss", CACHE_MISSES)
        .choose("status");
    table.define("memcached_items_evicted_total", CACHE_EVICTIONS).otherwise("memcached");
  }
}
