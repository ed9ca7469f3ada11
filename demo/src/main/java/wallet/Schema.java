package wallet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.SplittableRandom;
import javax.sql.DataSource;

/** The tables and their first contents, written set by set so that a far database is no hurdle. */
final class Schema {
  static final List<String> CURRENCIES = List.of("EUR", "USD", "GBP", "USDC");
  static final String HISTORY_INDEX = "exchange_by_account";
  static final String SEEDED_PIN = "1234";

  private static final int PAST_EXCHANGES_PER_USER = 20;

  private Schema() {}

  /** Creates and fills what is missing; an existing wallet keeps its accounts. */
  static void prepare(DataSource pool, Knobs knobs) throws SQLException {
    Sql.inTransaction(
        pool,
        connection -> {
          boolean exists =
              Sql.first(
                      connection,
                      "SELECT to_regclass('public.account') IS NOT NULL",
                      row -> row.getBoolean(1))
                  .orElseThrow();
          if (!exists) {
            create(connection);
            seed(connection, knobs);
          }
          setIndex(connection, knobs.index);
          return exists;
        });
    Sql.inTransaction(
        pool,
        connection -> Sql.update(connection, "ANALYZE account, balance, exchange, ledger_entry"));
  }

  private static void create(Connection connection) throws SQLException {
    try (var script = Schema.class.getResourceAsStream("schema.sql");
        var statement = connection.createStatement()) {
      if (script == null) {
        throw new IllegalStateException("schema.sql is missing from the jar");
      }
      statement.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void seed(Connection connection, Knobs knobs) throws SQLException {
    var salt = Pins.salt(knobs.seed);
    Sql.update(
        connection,
        "INSERT INTO account (id, name, pin_salt, pin_hash)"
            + " SELECT n, 'user-' || n, ?, ? FROM generate_series(1, ?) n",
        salt,
        Pins.hash(SEEDED_PIN, salt),
        knobs.users);
    // Between -1 and 1, as PostgreSQL wants it.
    double databaseSeed = new SplittableRandom(knobs.seed).nextDouble(-1, 1);
    Sql.query(connection, "SELECT setseed(?)", row -> row, databaseSeed);
    String[] currencies = CURRENCIES.toArray(String[]::new);
    Sql.update(
        connection,
        "INSERT INTO balance SELECT a.id, c, 100000 + floor(random() * 100000)"
            + " FROM account a CROSS JOIN unnest(?) c",
        (Object) currencies);
    Sql.update(
        connection,
        "INSERT INTO exchange (account_id, sold, bought, amount, received, rate, created_at)"
            + " SELECT 1 + floor(random() * ?)::bigint, 'EUR', 'USD', 10, 10.9, 1.09,"
            + " now() - n * interval '1 minute' FROM generate_series(1, ?) n",
        knobs.users,
        knobs.users * PAST_EXCHANGES_PER_USER);
    Sql.update(
        connection,
        "INSERT INTO ledger_entry (exchange_id, account_id, currency, amount)"
            + " SELECT e.id, v.* FROM exchange e CROSS JOIN LATERAL (VALUES"
            + " (e.account_id, e.sold, -e.amount), (NULL, e.sold, e.amount),"
            + " (NULL, e.bought, -e.received), (e.account_id, e.bought, e.received)) v");
    Sql.update(
        connection,
        "INSERT INTO report_dimension SELECT r.id, c, r.name || '/' || c"
            + " FROM report r CROSS JOIN unnest(?) c",
        (Object) currencies);
    Sql.update(
        connection,
        "INSERT INTO chart_of_accounts SELECT c, '2100-' || c FROM unnest(?) c",
        (Object) currencies);
  }

  private static void setIndex(Connection connection, Knobs.Toggle index) throws SQLException {
    Sql.update(
        connection,
        switch (index) {
          case ON ->
              "CREATE INDEX IF NOT EXISTS "
                  + HISTORY_INDEX
                  + " ON exchange (account_id, created_at DESC, id DESC)";
          case OFF -> "DROP INDEX IF EXISTS " + HISTORY_INDEX;
        });
  }
}
