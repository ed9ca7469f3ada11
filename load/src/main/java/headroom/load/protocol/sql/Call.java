package headroom.load.protocol.sql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement to run once, or once for each of several rows of values: then as one batch and one
 * transaction.
 *
 * @param text in SQL, a question mark for each value
 * @param rows for each run one value for every question mark, in order: a text, or a {@link Long}
 *     to be bound as the number it is
 * @param columns of the first row that is read, to be handed back
 * @param timeout after which the database is asked to give up
 */
public record Call(
    String text, List<List<@Nullable Object>> rows, List<String> columns, Duration timeout) {
  /** Stands for the first column, whatever its name. */
  public static final String FIRST_COLUMN = "#1";

  public Call {
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("a call needs at least one row of values");
    }
    var copies = new ArrayList<List<@Nullable Object>>();
    for (List<@Nullable Object> row : rows) {
      copies.add(Collections.unmodifiableList(new ArrayList<>(row)));
    }
    rows = Collections.unmodifiableList(copies);
    columns = List.copyOf(columns);
  }

  /** A statement to run once, all its values texts. */
  public static Call once(
      String text, List<@Nullable String> values, List<String> columns, Duration timeout) {
    return new Call(text, List.of(new ArrayList<@Nullable Object>(values)), columns, timeout);
  }
}
