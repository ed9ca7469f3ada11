package headroom.load.study.growth;

import headroom.plan.DataPlan;
import headroom.plan.Plan;
import headroom.plan.ValueSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** The values of a row's variables: its number, and what the plan draws, from seed and number. */
final class RowValues {
  private final Map<String, ValueSource> sources = new HashMap<>();
  private final long seed;

  RowValues(Plan plan, Set<String> wanted, long seed) {
    this.seed = seed;
    for (String name : wanted) {
      ValueSource source = plan.variables().getOrDefault(name, Plan.GENERATED.get(name));
      if (source != null && !name.equals(DataPlan.ROW)) {
        sources.put(name, source);
      }
    }
  }

  Map<String, String> of(long row) {
    var random = new SplittableRandom(seed * 31 + row);
    var values = new HashMap<String, String>();
    sources.keySet().stream()
        .sorted()
        .forEach(name -> {
          ValueSource source = sources.get(name);
          if (source != null) {
            values.put(name, source.draw(random, row));
          }
        });
    values.put(DataPlan.ROW, Long.toString(row));
    return values;
  }
}
