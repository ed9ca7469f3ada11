package headroom.plan;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What counts as success. */
public record Expectation(
    List<StatusRange> statuses, @Nullable String bodyContains, List<Check> checks) {
  /** Any answer below 400 that is no redirect to elsewhere. */
  public static final Expectation DEFAULT =
      new Expectation(
          List.of(new StatusRange(100, 299), new StatusRange(304, 304)), null, List.of());

  public Expectation {
    statuses = List.copyOf(statuses);
    checks = List.copyOf(checks);
  }

  /** The same with one check more. */
  public Expectation and(Check check) {
    var all = new ArrayList<>(checks);
    all.add(check);
    return new Expectation(statuses, bodyContains, all);
  }

  public static Expectation status(int status) {
    return new Expectation(List.of(new StatusRange(status, status)), null, List.of());
  }

  public boolean accepts(int status) {
    for (int i = 0; i < statuses.size(); i++) {
      if (statuses.get(i).holds(status)) {
        return true;
      }
    }
    return false;
  }
}
