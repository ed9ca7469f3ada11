package headroom.load.protocol.sql;

import headroom.load.result.ErrorKind;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;

/** What kind of failure a database's exception tells of; SQLSTATE classes after ISO 9075. */
final class SqlTrouble {
  private static final String CANCELLED = "57014";

  private SqlTrouble() {}

  /** What is behind a failure; that of a batch only says which of its rows it was. */
  static SQLException reason(SQLException failure) {
    SQLException next = failure.getNextException();
    return failure instanceof BatchUpdateException && next != null ? next : failure;
  }

  static ErrorKind kind(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    if (failure instanceof SQLTimeoutException || state.equals(CANCELLED)) {
      return ErrorKind.TIMEOUT;
    }
    // Class 08: connection; 57P: the server goes away.
    return state.startsWith("08") || state.startsWith("57P") ? ErrorKind.BROKEN : ErrorKind.SQL;
  }

  static String describe(SQLException failure) {
    String message = firstLine(String.valueOf(failure.getMessage()));
    return failure.getSQLState() == null ? message : failure.getSQLState() + ": " + message;
  }

  static String firstLine(String message) {
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
