package headroom.duckdb;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's SQL, run so that it can do nothing but read what is in the store. Each of these would
 * do alone:
 *
 * <ul>
 *   <li>it is the text argument of DuckDB's table function {@code query}, whose parser takes one
 *       statement that selects, and nothing else;
 *   <li>the transaction is a read-only one;
 *   <li>files, network and extensions are off for the whole database, and its settings are locked.
 * </ul>
 */
final class ReadOnlySql {
  private static final int MAX_TEXT = 65_536;

  private ReadOnlySql() {}

  /** What came of an attempt: one of the two. */
  record Attempt(@Nullable QueryResult result, @Nullable QueryException refusal) {}

  static Attempt run(Connection reader, String sql, int maxRows, Duration timeout)
      throws SQLException {
    if (sql.length() > MAX_TEXT || sql.indexOf('\0') >= 0) {
      String rule = "SQL must be at most %d characters without a zero one".formatted(MAX_TEXT);
      return new Attempt(null, new QueryException(rule, null));
    }
    try (Statement statement = reader.createStatement()) {
      statement.setQueryTimeout((int) Math.max(1, timeout.toSeconds()));
      // Nothing but a quote has a meaning within a quoted string.
      String wrapped = "FROM query('%s') LIMIT %d".formatted(sql.replace("'", "''"), maxRows + 1L);
      try (ResultSet rows = statement.executeQuery(wrapped)) {
        return new Attempt(result(rows, maxRows), null);
      }
    } catch (SQLException e) {
      if (Failures.isFatal(e)) {
        throw e;
      }
      return new Attempt(null, new QueryException(reason(e, timeout), e));
    }
  }

  private static String reason(SQLException failure, Duration timeout) {
    String first = Failures.firstLine(failure);
    return first.startsWith("INTERRUPT")
        ? "the query took longer than %d second(s) and was stopped".formatted(timeout.toSeconds())
        : first;
  }

  private static QueryResult result(ResultSet rows, int maxRows) throws SQLException {
    ResultSetMetaData meta = rows.getMetaData();
    List<String> columns = new ArrayList<>();
    for (int i = 1; i <= meta.getColumnCount(); i++) {
      columns.add(meta.getColumnLabel(i));
    }
    List<List<@Nullable Object>> values = new ArrayList<>();
    while (rows.next()) {
      if (values.size() == maxRows) {
        return new QueryResult(columns, values, true);
      }
      List<@Nullable Object> row = new ArrayList<>(columns.size());
      for (int i = 1; i <= columns.size(); i++) {
        row.add(value(rows, i, meta.getColumnTypeName(i)));
      }
      values.add(row);
    }
    return new QueryResult(columns, values, false);
  }

  private static @Nullable Object value(ResultSet row, int column, String type)
      throws SQLException {
    if (type.startsWith("TIMESTAMP") && !type.contains("WITH TIME ZONE")) {
      // Read as a local time: the driver's own conversion would shift it by this machine's zone.
      LocalDateTime time = row.getObject(column, LocalDateTime.class);
      return time == null ? null : time.toInstant(ZoneOffset.UTC).toString();
    }
    Object value = row.getObject(column);
    return switch (value) {
      case null -> null;
      case Boolean truth -> truth;
      case BigDecimal number -> number;
      case BigInteger number -> new BigDecimal(number);
      case Float number -> (double) number;
      case Double number -> number;
      case Number number -> number.longValue();
      case OffsetDateTime time -> time.toInstant().toString();
      case java.sql.Blob blob -> "blob of " + blob.length() + " bytes";
      default -> value.toString();
    };
  }
}
