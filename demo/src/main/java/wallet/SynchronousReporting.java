package wallet;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Reports and books while the customer waits, one row at a time: {@value #STATEMENTS} statements.
 */
final class SynchronousReporting implements Reporting {
  static final int STATEMENTS = 15;

  @Override
  public void record(Connection connection, Exchange exchange) throws SQLException {
    var reports =
        Sql.query(
            connection, "SELECT id FROM report WHERE active ORDER BY id", row -> row.getInt(1));
    for (int report : reports) {
      writeReportLine(connection, report, exchange);
    }
    writeJournal(connection, exchange.id(), exchange.sold(), exchange.amount().negate());
    writeJournal(connection, exchange.id(), exchange.bought(), exchange.received());
  }

  private static void writeReportLine(Connection connection, int report, Exchange exchange)
      throws SQLException {
    String bucket =
        Sql.first(
                connection,
                "SELECT bucket FROM report_dimension WHERE report_id = ? AND currency = ?",
                row -> row.getString(1),
                report,
                exchange.sold())
            .orElseThrow();
    Sql.update(
        connection,
        "INSERT INTO report_line (report_id, exchange_id, bucket, amount) VALUES (?, ?, ?, ?)",
        report,
        exchange.id(),
        bucket,
        exchange.amount());
  }

  private static void writeJournal(
      Connection connection, long exchange, String currency, BigDecimal amount)
      throws SQLException {
    String code =
        Sql.first(
                connection,
                "SELECT code FROM chart_of_accounts WHERE currency = ?",
                row -> row.getString(1),
                currency)
            .orElseThrow();
    Sql.update(
        connection,
        "INSERT INTO journal (exchange_id, code, amount) VALUES (?, ?, ?)",
        exchange,
        code,
        amount);
  }
}
