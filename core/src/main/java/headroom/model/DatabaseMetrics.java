package headroom.model;

import static headroom.model.Measure.*;

import java.util.List;

/** The names of databases as their clients and their own exporters report them. */
final class DatabaseMetrics {
  private DatabaseMetrics() {}

  static void define(MetricTable table) {
    table
        .define("db.client.operation.duration", DATABASE_DURATION)
        .time(1)
        .by("db.namespace", "db.name", "db.system.name", "db.system")
        .detail("db.operation.name", "db.operation")
        .detail("db.collection.name", "db.sql.table");
    table
        .define("postgresql.backends", DATABASE_CONNECTIONS)
        .by("postgresql.database.name", "database");
    table.define("postgresql.connection.max", DATABASE_CONNECTION_LIMIT).otherwise("postgresql");
    table
        .define("postgresql.db_size", DATABASE_SIZE)
        .bytes()
        .by("postgresql.database.name", "database");
    table
        .define("postgresql.rows", TABLE_ROWS)
        .by("postgresql.table.name", "table")
        .otherwise("(all)")
        .detail("state");
    table
        .define("postgresql.table.size", TABLE_SIZE)
        .bytes()
        .by("postgresql.table.name", "table")
        .otherwise("(all)");
    table
        .define("postgresql.blks_hit", DATABASE_BLOCK_HITS)
        .by("postgresql.database.name", "database");
    table
        .define("postgresql.blks_read", DATABASE_BLOCK_READS)
        .by("postgresql.database.name", "database");
    MetricDefinition blocks =
        table.define("postgresql.blocks_read").by("postgresql.database.name", "database");
    for (String source : List.of("heap", "idx", "toast", "tidx")) {
      blocks.when(source + "_hit", DATABASE_BLOCK_HITS);
      blocks.when(source + "_read", DATABASE_BLOCK_READS);
    }
    blocks.choose("source");
    table.define("postgresql.commits", DATABASE_COMMITS).by("postgresql.database.name", "database");
    table.define("postgres.blocks.hits", DATABASE_BLOCK_HITS).by("database");
    table.define("postgres.blocks.reads", DATABASE_BLOCK_READS).by("database");
    table.define("postgres.rows.dead", TABLE_ROWS).by("database").fixed("dead");
    table.define("postgres.temp.writes", DATABASE_TEMP_WRITES).by("database");
    table.define("pg_stat_statements_calls_total", STATEMENT_CALLS).by("query", "queryid");
    table
        .define("pg_stat_statements_seconds_total", STATEMENT_SECONDS)
        .time(1)
        .by("query", "queryid");
    table.define("pg_stat_statements_rows_total", STATEMENT_ROWS).by("query", "queryid");
    table
        .define("pg_stat_statements_block_read_seconds_total", STATEMENT_READ_SECONDS)
        .time(1)
        .by("query", "queryid");
    table.define("pg_stat_activity_count", DATABASE_CONNECTIONS).by("datname").detail("state");
    table.define("pg_stat_database_numbackends", DATABASE_CONNECTIONS).by("datname");
    table.define("pg_stat_database_xact_commit", DATABASE_COMMITS).by("datname");
    table.define("pg_database_size", DATABASE_SIZE).bytes().by("datname");
    table.define("pg_settings_max_connections", DATABASE_CONNECTION_LIMIT).otherwise("postgresql");
    table.define("pg_stat_database_blks_hit", DATABASE_BLOCK_HITS).by("datname");
    table.define("pg_stat_database_blks_read", DATABASE_BLOCK_READS).by("datname");
    table.define("pg_locks_count", DATABASE_LOCKS).by("datname").detail("mode");
    table.define("pg_stat_user_tables_n_live_tup", TABLE_ROWS).by("relname").fixed("live");
    table.define("pg_stat_user_tables_n_dead_tup", TABLE_ROWS).by("relname").fixed("dead");
    table.define("mysql_global_status_threads_connected", DATABASE_CONNECTIONS).otherwise("mysql");
    table.define("mysql_global_status_threads_running", DATABASE_RUNNING).otherwise("mysql");
    table
        .define("mysql_global_variables_max_connections", DATABASE_CONNECTION_LIMIT)
        .otherwise("mysql");
  }
}
