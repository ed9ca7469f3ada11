package headroom.load.data;

import headroom.load.journey.DataPlan;
import headroom.load.journey.Template;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Rows written by a statement over JDBC: a batch is a transaction. */
final class SqlRows implements RowTarget {
  private final DataPlan.Sql sql;
  private final DataPlan.Present present;
  private final RowValues values;
  private final String text;
  private final List<String> parameters = new ArrayList<>();
  private @Nullable Connection connection;

  SqlRows(DataPlan.Sql sql, DataPlan.Present present, RowValues values) {
    this.sql = sql;
    this.present = present;
    this.values = values;
    this.text = withMarks(sql.statement());
  }

  /** The statement with a mark for every variable, whose names are kept in order. */
  private String withMarks(Template statement) {
    var marked = new StringBuilder();
    for (Template.Part part : statement.parts()) {
      switch (part) {
        case Template.Literal literal -> marked.append(literal.text());
        case Template.Raw raw -> marked.append(raw.bytes());
        case Template.Variable variable -> {
          marked.append('?');
          parameters.add(variable.name());
        }
      }
    }
    return marked.toString();
  }

  private Connection open() throws SQLException {
    Connection known = connection;
    if (known != null && !known.isClosed()) {
      return known;
    }
    var properties = new Properties();
    sql.user().ifPresent(user -> properties.setProperty("user", user));
    sql.password().ifPresent(password -> properties.setProperty("password", password));
    Connection opened = DriverManager.getConnection(sql.url(), properties);
    opened.setAutoCommit(false);
    connection = opened;
    return opened;
  }

  @Override
  public long present() throws RowsFailed {
    return switch (present) {
      case DataPlan.Known known -> {
        // Opened at once, so that a wrong address shows before the load begins.
        try {
          open();
        } catch (SQLException e) {
          throw new RowsFailed(String.valueOf(e.getMessage()), e);
        }
        yield known.rows();
      }
      case DataPlan.Counted counted -> {
        try (var statement = open().createStatement();
            var rows = statement.executeQuery(counted.query())) {
          if (!rows.next()) {
            throw new RowsFailed("'%s' gives no row".formatted(counted.query()));
          }
          long count = rows.getLong(1);
          open().rollback();
          yield count;
        } catch (SQLException e) {
          throw new RowsFailed(String.valueOf(e.getMessage()), e);
        }
      }
    };
  }

  @Override
  public int batch() {
    return sql.batch();
  }

  @Override
  public void write(long first, int count) throws RowsFailed {
    try {
      Connection open = open();
      try (PreparedStatement statement = open.prepareStatement(text)) {
        for (long row = first; row < first + count; row++) {
          bind(statement, values.of(row));
          statement.addBatch();
        }
        int[] unused = statement.executeBatch();
        open.commit();
      } catch (SQLException e) {
        drop(open);
        throw e;
      }
    } catch (SQLException e) {
      SQLException next = e.getNextException();
      throw new RowsFailed(String.valueOf((next == null ? e : next).getMessage()), e);
    }
  }

  /** Whole numbers as such, so that the database can count with them; all else as text. */
  private void bind(PreparedStatement statement, Map<String, String> row) throws SQLException {
    for (int i = 0; i < parameters.size(); i++) {
      String value = row.get(parameters.get(i));
      if (value != null && value.matches("-?\\d{1,18}")) {
        statement.setLong(i + 1, Long.parseLong(value));
      } else {
        statement.setString(i + 1, value);
      }
    }
  }

  private void drop(Connection open) {
    connection = null;
    try {
      open.close();
    } catch (SQLException e) {
      // It is broken already; the next write opens another.
    }
  }

  @Override
  public void close() {
    Connection open = connection;
    if (open != null) {
      drop(open);
    }
  }
}
