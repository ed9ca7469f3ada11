package wallet;

import com.github.benmanes.caffeine.cache.Cache;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/** What customers own, by currency; cached until it changes or the cache's time is over. */
final class Balances {
  private final DataSource pool;
  private final Cache<Long, Map<String, BigDecimal>> cache;

  Balances(DataSource pool, Cache<Long, Map<String, BigDecimal>> cache) {
    this.pool = pool;
    this.cache = cache;
  }

  Map<String, BigDecimal> of(long account) throws SQLException {
    var cached = cache.getIfPresent(account);
    if (cached != null) {
      return cached;
    }
    try (var connection = pool.getConnection()) {
      var amounts = new TreeMap<String, BigDecimal>();
      Sql.query(
          connection,
          "SELECT currency, amount FROM balance WHERE account_id = ?",
          row -> amounts.put(row.getString(1), row.getBigDecimal(2)),
          account);
      cache.put(account, amounts);
      return amounts;
    }
  }

  void changed(long account) {
    cache.invalidate(account);
  }
}
