package headroom.load.sql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement to run once.
 *
 * @param text in SQL, a question mark for each value
 * @param values one for each question mark, in order
 * @param columns of the first row, to be handed back
 * @param timeout after which the database is asked to give up
 */
public record Call(
    String text, List<@Nullable String> values, List<String> columns, Duration timeout) {
  public Call {
    values = Collections.unmodifiableList(new ArrayList<>(values));
    columns = List.copyOf(columns);
  }
}
