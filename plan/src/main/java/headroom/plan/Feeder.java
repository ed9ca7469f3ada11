package headroom.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Rows of data, of which every virtual user gets one; its columns are variables named {@code
 * feeder.column}.
 *
 * @param columns the names, each with its values from the first row to the last
 */
public record Feeder(String name, Map<String, List<String>> columns, int rows, Order order) {
  /** Which user gets which row. */
  public enum Order {
    /** Any, each time with the same probability. */
    RANDOM,
    /** One after the other, and from the beginning again. */
    CIRCULAR,
    /** One after the other, none twice: a run may not have more users than rows. */
    UNIQUE
  }

  public Feeder {
    columns = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    if (rows < 1) {
      throw new IllegalArgumentException("feeder '%s' has no rows".formatted(name));
    }
  }

  /** From rows of equal length under a head. */
  public static Feeder of(String name, List<String> head, List<List<String>> rows, Order order) {
    var columns = new LinkedHashMap<String, List<String>>();
    for (int i = 0; i < head.size(); i++) {
      var values = new ArrayList<String>();
      for (List<String> row : rows) {
        if (row.size() != head.size()) {
          throw new IllegalArgumentException(
              "feeder '%s': a row has %d columns, the head has %d: %s"
                  .formatted(name, row.size(), head.size(), row));
        }
        values.add(row.get(i));
      }
      columns.put(head.get(i), List.copyOf(values));
    }
    return new Feeder(name, columns, rows.size(), order);
  }

  /** A variable for each column. */
  public Map<String, ValueSource> variables() {
    var variables = new LinkedHashMap<String, ValueSource>();
    columns.forEach((column, values) ->
        variables.put(
            Template.checkName(name + "." + column), new ValueSource.Fed(name, values, order)));
    return variables;
  }

  /** The row of a user: the same for all columns, since it follows from the user's number. */
  static int row(String feeder, Order order, int rows, long user) {
    return switch (order) {
      case CIRCULAR, UNIQUE -> (int) (user % rows);
      case RANDOM -> {
        RandomGenerator own = new java.util.SplittableRandom(feeder.hashCode() * 31L + user);
        yield own.nextInt(rows);
      }
    };
  }
}
