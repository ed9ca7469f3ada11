package headroom.drift;

import headroom.drift.HourlySeries.Column;
import headroom.drift.Residuals.Level;
import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.stats.Quantiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * What else shows a change, and what speaks against telling anybody: that operations which have
 * nothing to do with it did the same.
 */
final class Doubts {
  private static final double SHOWN = 3.5;

  /** The whole that a part belongs to shows less of it. */
  private static final double SHOWN_ABOVE = 3;

  private static final int FEWEST_CONTROLS = 3;

  private final Landscape landscape;
  private final Target target;
  private final Change change;
  private final List<String> shownBy = new ArrayList<>();
  private final List<String> against = new ArrayList<>();

  Doubts(Landscape landscape, Target target, Change change) {
    this.landscape = landscape;
    this.target = target;
    this.change = change;
    others();
    TimeParts.Part part = target.seenPart();
    if (part != null) {
      shownBy.add(told(part.what(), part.residuals().shows(change)));
    }
    inner(Measure.OPERATION_SELF, "its own time", key -> key.subject().equals(target.operation));
    inner(Measure.STATEMENT, "its statement", key -> key.detail().equals(target.operation));
    inner(Measure.CALL, "its call", key -> key.subject().equals(target.operation));
    control();
  }

  List<String> shownBy() {
    return shownBy;
  }

  List<String> against() {
    return against;
  }

  /**
   * Operations beside it, and above or below. What calls it is slower whenever it is, by accident
   * or not: that says something only where its parts are not measured.
   */
  private void others() {
    for (Target other : landscape.targets) {
      boolean same = other.service.equals(target.service);
      if (other.name().equals(target.name())
          || !landscape.areLinked(other.service, target.service)
          || (!same && target.isSeenInWholeOnly())) {
        continue;
      }
      Residuals r = other.near(target.quantile());
      if (r != null && r.shows(change).z() >= (same ? SHOWN : SHOWN_ABOVE)) {
        shownBy.add(told(other.name(), r.shows(change)));
      }
    }
  }

  private void inner(Measure measure, String what, Predicate<SeriesKey> wanted) {
    for (HourlySeries part :
        landscape.history.of(
            measure, key -> key.service().equals(target.service) && wanted.test(key))) {
      Residuals r = landscape.residuals(part, Column.P50);
      if (r != null && r.shows(change).z() >= SHOWN) {
        String where =
            measure == Measure.OPERATION_SELF
                ? part.key().instance()
                : measure == Measure.CALL ? part.key().detail() : part.key().subject();
        shownBy.add(told(where.isEmpty() ? what : what + " " + where, r.shows(change)));
      }
    }
  }

  private static String told(String what, Level level) {
    return String.format(Locale.ROOT, "%s: %+.1f %%", what, 100 * Math.expm1(level.size()));
  }

  /** What operations did in the same hours that neither call this service nor are called by it. */
  private void control() {
    List<Level> levels = new ArrayList<>();
    for (Target other : landscape.targets) {
      Residuals r = other.near(Column.P50);
      if (r != null
          && other.measure != Measure.ACTION
          && !landscape.areLinked(other.service, target.service)) {
        Level level = r.shows(change);
        if (Double.isFinite(level.sd())) {
          levels.add(level);
        }
      }
    }
    if (levels.size() < FEWEST_CONTROLS) {
      return;
    }
    double common = Quantiles.median(levels.stream().mapToDouble(Level::size).toArray());
    double sd =
        Quantiles.median(levels.stream().mapToDouble(Level::sd).toArray())
            / Math.sqrt(Math.min(4, levels.size()));
    double own = target.of(target.quantile()).shows(change).size();
    double z = (own - common) / Math.hypot(change.sd(), sd);
    if (common > 2 * sd && (common > 0.5 * own || z < 0.7 * ChangeCriteria.PAGE)) {
      against.add(
          String.format(
              Locale.ROOT,
              "operations that have nothing to do with it did the same (%+.1f %%)",
              100 * Math.expm1(common)));
    }
  }
}
