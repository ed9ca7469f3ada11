package headroom.load.protocol.sql;

import headroom.load.protocol.Action;
import headroom.plan.Step.RowRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement whose values are named by slot.
 *
 * @param columns of the first row, to be kept in {@code savedTo}, slot by slot
 */
record CompiledStatement(
    int step,
    String text,
    List<Integer> values,
    List<String> columns,
    List<Integer> savedTo,
    RowRange rows,
    Duration limit,
    int timeout)
    implements Action {
  CompiledStatement {
    values = List.copyOf(values);
    columns = List.copyOf(columns);
    savedTo = List.copyOf(savedTo);
  }

  Call call(@Nullable String[] variables) {
    var bound = new ArrayList<@Nullable String>(values.size());
    for (int slot : values) {
      bound.add(variables[slot]);
    }
    return Call.once(text, bound, columns, limit);
  }
}
