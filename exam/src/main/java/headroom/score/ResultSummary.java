package headroom.score;

import headroom.stats.Quantiles;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** Shares and medians over results; NaN over none. */
final class ResultSummary {
  private ResultSummary() {}

  /** Which part of them counts, 0..1. */
  static <T> double share(List<T> all, Predicate<T> counted) {
    return all.isEmpty() ? Double.NaN : (double) all.stream().filter(counted).count() / all.size();
  }

  static <T> double median(List<T> all, ToDoubleFunction<T> value) {
    return all.isEmpty() ? Double.NaN : Quantiles.median(all.stream().mapToDouble(value).toArray());
  }
}
