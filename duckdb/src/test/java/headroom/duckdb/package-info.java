/** What the store on disk promises beyond the contract of every store. */
@NullMarked
package headroom.duckdb;

import org.jspecify.annotations.NullMarked;
