package headroom.duckdb;

import headroom.model.Event;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tables of events and of their attributes. */
final class EventTable {
  private EventTable() {}

  /** Adds an event unless its like is there. */
  static void add(Connection connection, Event event) throws SQLException {
    Instant at = event.at();
    boolean known =
        !at.equals(Instant.MAX)
            && read(connection, at, at.plusNanos(1), event.kind()).contains(event);
    if (known) {
      return;
    }
    long id = DatabaseFile.number(connection, "SELECT max(id) FROM event") + 1;
    DatabaseFile.update(
        connection,
        "INSERT INTO event VALUES (?, ?, ?, ?, ?)",
        id,
        at.getEpochSecond(),
        at.getNano(),
        event.kind(),
        event.subject());
    for (var attribute : event.attributes().entrySet()) {
      DatabaseFile.update(
          connection,
          "INSERT INTO event_attribute VALUES (?, ?, ?)",
          id,
          attribute.getKey(),
          attribute.getValue());
    }
  }

  /** Events of a kind (all when empty) within [from, to), oldest first. */
  static List<Event> read(Connection connection, Instant from, Instant to, String kind)
      throws SQLException {
    String chosen =
        "%s AND NOT %s AND (? = '' OR kind = ?)".formatted(notBefore(from), notBefore(to));
    Map<Long, Map<String, String>> attributes = new HashMap<>();
    DatabaseFile.query(
        connection,
        "SELECT event, name, value FROM event_attribute WHERE event IN (SELECT id FROM event WHERE "
            + chosen
            + ")",
        row ->
            attributes
                .computeIfAbsent(row.getLong(1), unused -> new HashMap<>())
                .put(row.getString(2), row.getString(3)),
        kind,
        kind);
    List<Event> events = new ArrayList<>();
    DatabaseFile.query(
        connection,
        "SELECT id, at_second, at_nano, kind, subject FROM event WHERE "
            + chosen
            + " ORDER BY at_second, at_nano, id",
        row ->
            events.add(
                new Event(
                    row.getString(4),
                    Instant.ofEpochSecond(row.getLong(2), row.getInt(3)),
                    row.getString(5),
                    attributes.getOrDefault(row.getLong(1), Map.of()))),
        kind,
        kind);
    return events;
  }

  private static String notBefore(Instant moment) {
    return "(at_second > %1$d OR (at_second = %1$d AND at_nano >= %2$d))"
        .formatted(moment.getEpochSecond(), moment.getNano());
  }

  /** Drops events before a moment and says how many. */
  static long expire(Connection connection, Instant oldest) throws SQLException {
    long dropped =
        DatabaseFile.update(connection, "DELETE FROM event WHERE NOT " + notBefore(oldest));
    if (dropped > 0) {
      DatabaseFile.execute(
          connection, "DELETE FROM event_attribute WHERE event NOT IN (SELECT id FROM event)");
    }
    return dropped;
  }
}
