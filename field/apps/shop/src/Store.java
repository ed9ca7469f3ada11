import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** What the shop does in its database. */
record Store(DataSource pool) {
  /** Three acquisitions: who it is, the orders with each one's items, and that the page was seen. */
  String page(int customer) throws SQLException {
    String name;
    try (Connection connection = pool.getConnection()) {
      name = one(connection, "SELECT name FROM customer WHERE id = ?", customer);
    }
    var page = new StringBuilder(name);
    try (Connection connection = pool.getConnection()) {
      for (int order : many(connection, "SELECT id FROM orders WHERE customer = ? ORDER BY id LIMIT 8", customer)) {
        page.append(' ').append(one(connection, "SELECT string_agg(product::text, ',') FROM item WHERE orders = ?", order));
      }
    }
    try (Connection connection = pool.getConnection()) {
      update(connection, "UPDATE customer SET seen = now() WHERE id = ?", customer);
    }
    return page.toString();
  }

  /** One transaction, which holds the product's row from its second statement on. */
  String buy(int customer, int product) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      try {
        String name = one(connection, "SELECT name FROM customer WHERE id = ?", customer);
        one(connection, "SELECT stock FROM product WHERE id = ? FOR UPDATE", product);
        update(connection, "UPDATE product SET stock = stock - 1 WHERE id = ?", product);
        update(connection, "INSERT INTO purchase (customer, product) VALUES (?, ?)", customer, product);
        one(connection, "SELECT count(*)::text FROM item WHERE orders = ?", customer);
        connection.commit();
        return name;
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    }
  }

  String quote(int customer) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      var quote = new StringBuilder(one(connection, "SELECT name FROM customer WHERE id = ?", customer));
      for (int order : many(connection, "SELECT id FROM orders WHERE customer = ? ORDER BY id LIMIT 3", customer)) {
        quote.append(' ').append(one(connection, "SELECT string_agg(product::text, ',') FROM item WHERE orders = ?", order));
      }
      return quote.toString();
    }
  }

  private static String one(Connection connection, String sql, int parameter) throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      statement.setInt(1, parameter);
      try (var rows = statement.executeQuery()) {
        return rows.next() ? rows.getString(1) : "";
      }
    }
  }

  private static List<Integer> many(Connection connection, String sql, int parameter) throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      statement.setInt(1, parameter);
      try (var rows = statement.executeQuery()) {
        var found = new ArrayList<Integer>();
        while (rows.next()) {
          found.add(rows.getInt(1));
        }
        return found;
      }
    }
  }

  private static void update(Connection connection, String sql, int... parameters) throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setInt(i + 1, parameters[i]);
      }
      statement.executeUpdate();
    }
  }
}
