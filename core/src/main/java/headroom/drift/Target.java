package headroom.drift;

import headroom.drift.HourlySeries.Column;
import headroom.model.Measure;
import headroom.stats.Quantiles;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An operation that is judged: what its quantiles did at equal load, and the plainest change among
 * them.
 */
final class Target {
  /** Fewer requests in a usual hour say nothing about a quantile. */
  private static final Map<Column, Integer> FEWEST =
      Map.of(Column.P50, 30, Column.P95, 200, Column.P99, 1_000);

  final Measure measure;
  final String service;
  final String operation;
  private final Map<Column, Residuals> residuals = new EnumMap<>(Column.class);
  private @Nullable Change change;
  private Column quantile = Column.P50;

  /** Where the change was seen, and how it looks there: in the latency or in a part of it. */
  private @Nullable Seen seen;

  private boolean hasOwnTime;
  private TimeParts.@Nullable Part seenPart;

  private Target(Measure measure, String service, String operation) {
    this.measure = measure;
    this.service = service;
    this.operation = operation;
  }

  static Target of(HourlySeries series, Timeframe span, double[] serviceRate) {
    var key = series.key();
    var target = new Target(key.measure(), key.service(), key.subject());
    double[] counts = series.column(Column.COUNT, span.from(), span.to());
    double[] known = Arrays.stream(counts).filter(count -> count > 0).toArray();
    if (known.length == 0) {
      return target;
    }
    double usual = Quantiles.median(known);
    double[] load = logs(serviceRate);
    double[] mix = logs(counts);
    for (int t = 0; t < mix.length; t++) {
      mix[t] -= load[t];
    }
    for (Column column : new Column[] {Column.P50, Column.P95, Column.P99}) {
      if (usual >= FEWEST.getOrDefault(column, 0)) {
        double[] y = series.column(column, span.from(), span.to());
        Residuals found = Residuals.of(span, y, load, mix);
        if (found != null) {
          target.add(column, found);
        }
      }
    }
    return target;
  }

  static double[] logs(double[] values) {
    return Arrays.stream(values).map(value -> value > 0 ? Math.log(value) : Double.NaN).toArray();
  }

  private void add(Column column, Residuals found) {
    residuals.put(column, found);
    consider(column, ChangeScan.best(found));
    if (column != Column.P99) {
      consider(column, NightlyScan.best(found));
    }
  }

  private void consider(Column column, @Nullable Change other) {
    if (other != null && ChangeCriteria.isLasting(of(column), other)) {
      // A nightly window was chosen among many more; a level that is up all day is no window.
      double handicap = other.shape() == Drift.Shape.NIGHTLY ? ChangeCriteria.NIGHTLY_HANDICAP : 0;
      if (change == null || other.z() - handicap > change.z()) {
        change = other.sized(of(column).size(other));
        quantile = column;
        seen = new Seen(of(column), other);
      }
    }
  }

  /**
   * Considers a part of the time, in which a change is plainer than in the whole, for it is a
   * greater share of it: what three per cent of latency are can be seven of an operation's own
   * time. The latency itself must show it too.
   */
  void considerPart(TimeParts.Part part) {
    hasOwnTime |= part.what().equals(TimeParts.OWN_TIME);
    Residuals whole = residuals.get(Column.P50);
    Change other = ChangeScan.best(part.residuals());
    if (whole == null || other == null || !ChangeCriteria.isLasting(part.residuals(), other)) {
      return;
    }
    Residuals.Level level = whole.shows(other);
    double size = whole.size(other);
    boolean plainer = change == null || other.z() > change.z();
    if (plainer && ChangeCriteria.isConfirmed(whole, level, size)) {
      change = new Change(other.shape(), other.tau(), size, level.sd(), other.z(), 0);
      quantile = Column.P50;
      seen = new Seen(part.residuals(), other);
      seenPart = part;
    }
  }

  /** A change as it looks where it is plainest. */
  record Seen(Residuals in, Change as) {}

  boolean isKnown() {
    return !residuals.isEmpty();
  }

  /** The plainest lasting change; null without one. */
  @Nullable Change change() {
    return change;
  }

  /** Where it was seen; null without one. */
  @Nullable Seen seen() {
    return seen;
  }

  /** Whether its latency rose, and no part of its time that is measured shows that more plainly. */
  boolean isSeenInWholeOnly() {
    return hasOwnTime && seenPart == null;
  }

  /** The part of its time in which the change was seen; null when it was seen in the whole. */
  TimeParts.@Nullable Part seenPart() {
    return seenPart;
  }

  /** The quantile of latency in which it is judged. */
  Column quantile() {
    return quantile;
  }

  Residuals of(Column column) {
    Residuals found = residuals.get(column);
    if (found == null) {
      throw new IllegalStateException(column + " of " + name() + " is not known");
    }
    return found;
  }

  /** The residuals in this quantile, or in the median where it is not known. */
  @Nullable Residuals near(Column column) {
    Residuals found = residuals.get(column);
    return found == null ? residuals.get(Column.P50) : found;
  }

  String name() {
    return service + " " + operation;
  }
}
