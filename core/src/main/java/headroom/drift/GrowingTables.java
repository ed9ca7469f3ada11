package headroom.drift;

import static headroom.drift.SuspectBeliefs.DATA_NIGHTLY;
import static headroom.drift.SuspectBeliefs.DATA_RAMP;
import static headroom.drift.SuspectBeliefs.DATA_STEP;
import static headroom.drift.SuspectBeliefs.MOST_ODDS;
import static headroom.drift.SuspectBeliefs.MOVED;
import static headroom.drift.SuspectBeliefs.MOVED_SCALE;
import static headroom.drift.SuspectBeliefs.NO_SURPLUS;
import static headroom.drift.SuspectBeliefs.SHOWING_SURPLUS;
import static headroom.drift.SuspectBeliefs.SURPLUS_FROM_HOURS;
import static headroom.drift.SuspectBeliefs.SURPLUS_SCALE;

import headroom.drift.HourlySeries.Column;
import headroom.drift.Suspect.Kind;
import headroom.model.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Growing data as causes: tables that grew beyond the usual while statements on them got slower.
 */
final class GrowingTables {
  private final Landscape landscape;
  private final Target target;
  private final Change change;
  private final OnsetProfile onset;
  private final Timeframe span;

  GrowingTables(Landscape landscape, Target target, Change change, OnsetProfile onset) {
    this.landscape = landscape;
    this.target = target;
    this.change = change;
    this.onset = onset;
    this.span = landscape.span;
  }

  /** Tables whose statements these services run. */
  List<Suspect> suspects(Set<String> near) {
    List<Suspect> all = new ArrayList<>();
    for (HourlySeries rows : landscape.history.of(Measure.TABLE_ROWS)) {
      String table = rows.key().subject();
      if (rows.key().detail().equals("dead") || table.isEmpty()) {
        continue;
      }
      double slower = 0;
      boolean used = false;
      for (HourlySeries statement :
          landscape.history.of(
              Measure.STATEMENT,
              key -> near.contains(key.service()) && mentions(key.subject(), table))) {
        Residuals r = landscape.residuals(statement, Column.P50);
        boolean own =
            statement.key().detail().equals(target.operation)
                || !statement.key().service().equals(target.service);
        if (r != null && own) {
          used = true;
          slower = Math.max(slower, r.shows(change).z());
        }
      }
      if (used) {
        double[] logs = Target.logs(rows.column(Column.LAST, span.from(), span.to()));
        all.add(growth(table, logs, slower));
      }
    }
    return all;
  }

  private Suspect growth(String table, double[] logs, double slower) {
    int begin = change.plainFrom(span.length());
    double before = slope(logs, 0, onset.likeliest());
    double after = slope(logs, onset.likeliest(), span.length());
    double grown =
        level(logs, begin) - level(logs, Math.max(0, onset.likeliest() - SURPLUS_FROM_HOURS));
    double surplus = grown - before * (begin - onset.likeliest() + SURPLUS_FROM_HOURS);
    var suspect = new Suspect(Kind.DATA_GROWTH, table);
    return suspect
        .term(
            Math.clamp(surplus / SURPLUS_SCALE - NO_SURPLUS, -MOST_ODDS, MOST_ODDS),
            "%s grew by %.1f %% more than before the onset (%.2f %% a day, before %.2f %%)",
            table,
            100 * Math.expm1(Math.max(0, surplus)),
            2_400 * after,
            2_400 * before)
        .term(
            (slower - MOVED) / MOVED_SCALE,
            slower >= MOVED ? "statements on it are slower" : "statements on it are no slower")
        .term(
            switch (change.shape()) {
              case RAMP -> DATA_RAMP;
              case STEP -> DATA_STEP;
              case NIGHTLY -> DATA_NIGHTLY;
            },
            "data grow slowly, the change is a %s",
            change.shape().name().toLowerCase(Locale.ROOT))
        .shows(surplus > SHOWING_SURPLUS && slower > MOVED);
  }

  private static boolean mentions(String statement, String table) {
    int at = statement.toLowerCase(Locale.ROOT).indexOf(table.toLowerCase(Locale.ROOT));
    int end = at + table.length();
    return at >= 0
        && (at == 0 || !Character.isJavaIdentifierPart(statement.charAt(at - 1)))
        && (end == statement.length() || !Character.isJavaIdentifierPart(statement.charAt(end)));
  }

  private static double slope(double[] values, int from, int to) {
    double first = level(values, from);
    double last = Double.NaN;
    for (int t = to - 1; t >= from && Double.isNaN(last); t--) {
      last = values[t];
    }
    return to - from < 2 || Double.isNaN(last) ? 0 : (last - first) / (to - from);
  }

  /** The first known value from here on. */
  private static double level(double[] values, int from) {
    for (int t = from; t < values.length; t++) {
      if (!Double.isNaN(values[t])) {
        return values[t];
      }
    }
    return 0;
  }
}
