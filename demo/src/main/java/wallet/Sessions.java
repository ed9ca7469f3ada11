package wallet;

import com.github.benmanes.caffeine.cache.Cache;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import javax.sql.DataSource;

/** Who is signed in: kept in the database, and in memory for the instance that signed them in. */
final class Sessions {
  private final DataSource pool;
  private final Cache<String, Long> accountByToken;
  private final SecureRandom random = new SecureRandom();

  Sessions(DataSource pool, Cache<String, Long> accountByToken) {
    this.pool = pool;
    this.accountByToken = accountByToken;
  }

  /** The token of a new session; refuses an unknown user and a wrong PIN alike. */
  String signIn(String user, String pin) throws SQLException {
    String token = newToken();
    long account = Sql.inTransaction(pool, connection -> open(connection, user, pin, token));
    accountByToken.put(token, account);
    return token;
  }

  private static long open(Connection connection, String user, String pin, String token)
      throws SQLException {
    record Account(long id, String salt, String hash) {}
    var account =
        Sql.first(
                connection,
                "SELECT id, pin_salt, pin_hash FROM account WHERE name = ?",
                row -> new Account(row.getLong(1), row.getString(2), row.getString(3)),
                user)
            .filter(found -> Pins.matches(pin, found.salt, found.hash))
            .orElseThrow(() -> new Refusal(401, "user or PIN is wrong"));
    Sql.update(
        connection, "INSERT INTO session (token, account_id) VALUES (?, ?)", token, account.id);
    Sql.update(connection, "UPDATE account SET last_login = now() WHERE id = ?", account.id);
    return account.id;
  }

  /** The account behind a token; refuses when there is none. */
  long account(String token) throws SQLException {
    Long known = accountByToken.getIfPresent(token);
    if (known != null) {
      return known;
    }
    try (var connection = pool.getConnection()) {
      long account =
          Sql.first(
                  connection,
                  "SELECT account_id FROM session WHERE token = ?",
                  row -> row.getLong(1),
                  token)
              .orElseThrow(() -> new Refusal(401, "sign in first"));
      accountByToken.put(token, account);
      return account;
    }
  }

  private String newToken() {
    var bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
