/** The store on disk: rollups and events in one folder, kept by an embedded DuckDB. */
@NullMarked
package headroom.duckdb;

import org.jspecify.annotations.NullMarked;
