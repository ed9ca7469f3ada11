package wallet;

import java.sql.Connection;
import java.sql.SQLException;

/** Sees to it that every exchange ends up in the reports and in the books. */
sealed interface Reporting permits SynchronousReporting, Outbox {
  /** Called inside the exchange's transaction, on its connection. */
  void record(Connection connection, Exchange exchange) throws SQLException;
}
