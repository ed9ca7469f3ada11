package wallet;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * A customer's latest exchanges, each with its ledger entries fetched by a statement of its own.
 */
final class History {
  static final int LENGTH = 5;
  static final String LATEST =
      "SELECT id, account_id, sold, bought, amount, received, rate FROM exchange"
          + " WHERE account_id = ? ORDER BY created_at DESC, id DESC LIMIT ?";

  private final DataSource pool;

  History(DataSource pool) {
    this.pool = pool;
  }

  record LedgerEntry(String currency, BigDecimal amount) {}

  record Item(Exchange exchange, List<LedgerEntry> entries) {}

  /** Newest first, at most {@value #LENGTH}. */
  List<Item> of(long account) throws SQLException {
    try (var connection = pool.getConnection()) {
      var items = new ArrayList<Item>();
      for (var exchange : latest(connection, account)) {
        items.add(new Item(exchange, entries(connection, exchange)));
      }
      return items;
    }
  }

  private static List<Exchange> latest(Connection connection, long account) throws SQLException {
    return Sql.query(
        connection,
        LATEST,
        row ->
            new Exchange(
                row.getLong(1),
                row.getLong(2),
                row.getString(3),
                row.getString(4),
                row.getBigDecimal(5),
                row.getBigDecimal(6),
                row.getBigDecimal(7)),
        account,
        LENGTH);
  }

  private static List<LedgerEntry> entries(Connection connection, Exchange exchange)
      throws SQLException {
    return Sql.query(
        connection,
        "SELECT currency, amount FROM ledger_entry WHERE exchange_id = ? AND account_id = ?"
            + " ORDER BY id",
        row -> new LedgerEntry(row.getString(1), row.getBigDecimal(2)),
        exchange.id(),
        exchange.account());
  }
}
