package headroom.duckdb;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a query gave.
 *
 * @param columns their names
 * @param rows each with one value per column: a Long, Double, BigDecimal, Boolean, String or null;
 *     times are ISO 8601 in UTC, lists and maps are text as DuckDB shows them
 * @param truncated whether there were more rows than asked for
 */
public record QueryResult(
    List<String> columns, List<List<@Nullable Object>> rows, boolean truncated) {}
