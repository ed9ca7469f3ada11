package wallet;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Exchanges money between a customer's currencies.
 *
 * <p>One transaction on one connection, and all of it while the customer waits: the balances stay
 * locked during the question for the rate, and (with synchronous reporting) during the reporting
 * and accounting that no customer needs.
 */
final class Exchanges {
  private static final int SCALE = 8;

  private final DataSource pool;
  private final Rates rates;
  private final Reporting reporting;
  private final Balances balances;
  private final Notifications notifications;

  Exchanges(
      DataSource pool,
      Rates rates,
      Reporting reporting,
      Balances balances,
      Notifications notifications) {
    this.pool = pool;
    this.rates = rates;
    this.reporting = reporting;
    this.balances = balances;
    this.notifications = notifications;
  }

  Exchange exchange(long account, String sold, String bought, BigDecimal amount)
      throws SQLException {
    check(sold, bought, amount);
    var done =
        Sql.inTransaction(pool, connection -> exchange(connection, account, sold, bought, amount));
    balances.changed(account);
    notifications.exchanged(done);
    return done;
  }

  private static void check(String sold, String bought, BigDecimal amount) {
    for (String currency : new String[] {sold, bought}) {
      if (!Schema.CURRENCIES.contains(currency)) {
        throw new Refusal(400, "currency must be one of " + Schema.CURRENCIES);
      }
    }
    if (sold.equals(bought)) {
      throw new Refusal(400, "from and to must differ");
    }
    if (amount.signum() <= 0 || amount.scale() > SCALE || amount.precision() > 20) {
      throw new Refusal(400, "amount must be positive with at most " + SCALE + " decimals");
    }
  }

  private Exchange exchange(
      Connection connection, long account, String sold, String bought, BigDecimal amount)
      throws SQLException {
    var owned = lockBalances(connection, account, sold, bought);
    if (owned.getOrDefault(sold, BigDecimal.ZERO).compareTo(amount) < 0) {
      throw new Refusal(422, "not enough " + sold);
    }
    BigDecimal rate = rates.rate(sold, bought);
    BigDecimal received = amount.multiply(rate).setScale(SCALE, RoundingMode.DOWN);
    addToBalance(connection, account, sold, amount.negate());
    addToBalance(connection, account, bought, received);
    long id =
        Sql.first(
                connection,
                "INSERT INTO exchange (account_id, sold, bought, amount, received, rate)"
                    + " VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
                row -> row.getLong(1),
                account,
                sold,
                bought,
                amount,
                received,
                rate)
            .orElseThrow();
    writeLedger(connection, id, account, sold, amount.negate());
    writeLedger(connection, id, account, bought, received);
    var done = new Exchange(id, account, sold, bought, amount, received, rate);
    reporting.record(connection, done);
    return done;
  }

  /**
   * Locked in the order of currencies, so that opposite exchanges of a customer cannot deadlock.
   */
  private static Map<String, BigDecimal> lockBalances(
      Connection connection, long account, String sold, String bought) throws SQLException {
    var owned = new HashMap<String, BigDecimal>();
    Sql.query(
        connection,
        "SELECT currency, amount FROM balance WHERE account_id = ? AND currency IN (?, ?)"
            + " ORDER BY currency FOR UPDATE",
        row -> owned.put(row.getString(1), row.getBigDecimal(2)),
        account,
        sold,
        bought);
    return owned;
  }

  private static void addToBalance(
      Connection connection, long account, String currency, BigDecimal amount) throws SQLException {
    Sql.update(
        connection,
        "UPDATE balance SET amount = amount + ? WHERE account_id = ? AND currency = ?",
        amount,
        account,
        currency);
  }

  /** What the customer gains the house loses, and the other way round. */
  private static void writeLedger(
      Connection connection, long exchange, long account, String currency, BigDecimal amount)
      throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO ledger_entry (exchange_id, account_id, currency, amount)"
            + " VALUES (?, ?, ?, ?), (?, NULL, ?, ?)",
        exchange,
        account,
        currency,
        amount,
        exchange,
        currency,
        amount.negate());
  }
}
