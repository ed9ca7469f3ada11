package headroom.drift;

import static headroom.drift.SuspectBeliefs.ACTIVE;
import static headroom.drift.SuspectBeliefs.DATA_NIGHTLY;
import static headroom.drift.SuspectBeliefs.DATA_RAMP;
import static headroom.drift.SuspectBeliefs.DATA_STEP;
import static headroom.drift.SuspectBeliefs.DEPLOY_AFTER_HOURS;
import static headroom.drift.SuspectBeliefs.DEPLOY_AT_ONSET;
import static headroom.drift.SuspectBeliefs.DEPLOY_BEFORE_HOURS;
import static headroom.drift.SuspectBeliefs.DEPLOY_NIGHTLY;
import static headroom.drift.SuspectBeliefs.DEPLOY_RAMP;
import static headroom.drift.SuspectBeliefs.DEPLOY_STEP;
import static headroom.drift.SuspectBeliefs.JOB_ALL_DAY;
import static headroom.drift.SuspectBeliefs.JOB_NIGHTLY;
import static headroom.drift.SuspectBeliefs.LONG_RUN_SECONDS;
import static headroom.drift.SuspectBeliefs.MOST_ODDS;
import static headroom.drift.SuspectBeliefs.MOST_TOLD;
import static headroom.drift.SuspectBeliefs.MOVED;
import static headroom.drift.SuspectBeliefs.MOVED_SCALE;
import static headroom.drift.SuspectBeliefs.NARROW_HOURS;
import static headroom.drift.SuspectBeliefs.NEUTRAL_OVERLAP;
import static headroom.drift.SuspectBeliefs.NEWLY_RUNNING;
import static headroom.drift.SuspectBeliefs.NEW_JOB;
import static headroom.drift.SuspectBeliefs.NOT_ALL_THE_TIME;
import static headroom.drift.SuspectBeliefs.NO_SURPLUS;
import static headroom.drift.SuspectBeliefs.OLD_JOB;
import static headroom.drift.SuspectBeliefs.OVERLAP_ODDS;
import static headroom.drift.SuspectBeliefs.SAME_SERVICE_DEPLOY;
import static headroom.drift.SuspectBeliefs.SAME_SERVICE_LEVEL;
import static headroom.drift.SuspectBeliefs.SHOWING_OVERLAP;
import static headroom.drift.SuspectBeliefs.SHOWING_SURPLUS;
import static headroom.drift.SuspectBeliefs.SURPLUS_FROM_HOURS;
import static headroom.drift.SuspectBeliefs.SURPLUS_SCALE;
import static headroom.drift.SuspectBeliefs.VAGUE_ONSET_HOURS;

import headroom.drift.Drift.Shape;
import headroom.drift.Drift.Suspicion;
import headroom.drift.HourlySeries.Column;
import headroom.drift.Suspect.Kind;
import headroom.model.Event;
import headroom.model.Measure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What may have caused a change, ranked by explicit evidence: how often such a thing is the cause,
 * whether it moved, when, in the same way, and whether what it touches is what became slower. "None
 * of these" takes part with no evidence for or against it.
 */
final class Suspects {
  private static final double SECONDS_PER_HOUR = 3_600;

  private final Landscape landscape;
  private final Target target;
  private final Change change;
  private final OnsetProfile onset;
  private final Timeframe span;
  private final Mediation mediation;
  private final Scope scope;

  /** Services in which the cause may lie, that of the target first. */
  private final Set<String> near = new LinkedHashSet<>();

  private final List<Suspect> all = new ArrayList<>();

  Suspects(Landscape landscape, Target target, Change change, OnsetProfile onset) {
    this.landscape = landscape;
    this.target = target;
    this.change = change;
    this.onset = onset;
    this.span = landscape.span;
    mediation = new Mediation(target.of(target.quantile()), change, onset);
    near.add(target.service);
    landscape.callees(target.service).stream().sorted().forEach(near::add);
    scope = new Scope(landscape, target, change);
    deploys();
    levels();
    tables();
    dependencies();
    mixes();
    jobs();
    all.add(new Suspect(Kind.NONE, "none of these"));
  }

  /** Likeliest first, "none of these" always among them. */
  List<Suspicion> ranked() {
    double greatest = all.stream().mapToDouble(Suspect::logOdds).max().orElse(0);
    double sum = all.stream().mapToDouble(s -> Math.exp(s.logOdds() - greatest)).sum();
    List<Suspicion> ranked = new ArrayList<>();
    for (Suspect one : all) {
      double probability = Math.exp(one.logOdds() - greatest) / sum;
      ranked.add(new Suspicion(one.kind.wireName, one.what, probability, one.terms()));
    }
    ranked.sort(Comparator.comparingDouble(Suspicion::probability).reversed());
    List<Suspicion> shown = new ArrayList<>(ranked.subList(0, Math.min(MOST_TOLD, ranked.size())));
    String none = Kind.NONE.wireName;
    if (shown.stream().noneMatch(one -> one.kind().equals(none))) {
      ranked.stream().filter(one -> one.kind().equals(none)).forEach(shown::add);
    }
    return shown;
  }

  /** Which of them moved at that time and so show that something happened. */
  List<String> shownBy() {
    return all.stream()
        .filter(Suspect::moved)
        .map(one -> one.kind.wireName + " " + one.what)
        .toList();
  }

  private void deploys() {
    for (Event event : landscape.history.events()) {
      double hour = event.at().getEpochSecond() / SECONDS_PER_HOUR - span.from();
      boolean inTime =
          hour > onset.low() - DEPLOY_BEFORE_HOURS && hour < onset.high() + DEPLOY_AFTER_HOURS;
      if (!event.kind().equals("deploy") || !inTime || !near.contains(event.subject())) {
        continue;
      }
      double early = onset.low() - hour;
      double late = hour - onset.high() - 1;
      double away = Math.max(0, Math.max(early, late) - 1);
      double vague = Math.log1p((onset.high() - onset.low()) / VAGUE_ONSET_HOURS);
      var suspect =
          new Suspect(
              Kind.DEPLOY,
              (event.subject() + " " + event.attributes().getOrDefault("version", "")).strip());
      suspect
          .term(
              DEPLOY_AT_ONSET - vague - away,
              "%s the likeliest hour of the onset",
              lag(onset.likeliest() - hour))
          .term(
              switch (change.shape()) {
                case STEP -> DEPLOY_STEP;
                case RAMP -> DEPLOY_RAMP;
                case NIGHTLY -> DEPLOY_NIGHTLY;
              },
              "the change is %s, a deploy makes steps",
              change.shape() == Shape.STEP ? "a step" : "not a step")
          .term(
              event.subject().equals(target.service) ? SAME_SERVICE_DEPLOY : -SAME_SERVICE_DEPLOY,
              event.subject().equals(target.service)
                  ? "of the service that became slower"
                  : "of a service that it calls")
          .shows(away == 0 && onset.high() - onset.low() <= NARROW_HOURS);
      all.add(suspect);
    }
  }

  private static String lag(double hours) {
    return hours >= 0
        ? String.format(Locale.ROOT, "%.1f hours before", hours)
        : String.format(Locale.ROOT, "%.1f hours after", -hours);
  }

  /** What is a level of a service: caches, collections, neighbours, repeats. */
  private void levels() {
    var levels = new Levels(landscape);
    for (String service : near) {
      boolean own = service.equals(target.service);
      for (Levels.Level level : levels.of(service)) {
        Residuals r = landscape.residuals(service, level.logs());
        if (r == null) {
          continue;
        }
        var suspect = new Suspect(level.kind(), level.what());
        mediation.judge(suspect, r, level.says());
        suspect.term(
            own ? SAME_SERVICE_LEVEL : -SAME_SERVICE_LEVEL,
            own ? "of the same service" : "of a service that it calls");
        if (level.kind() != Kind.CACHE) {
          scope.judge(suspect, level.kind() != Kind.RETRIES);
        }
        all.add(suspect);
      }
    }
  }

  private void tables() {
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

  /** Peers that send no telemetry of their own. */
  private void dependencies() {
    Set<String> told = new TreeSet<>();
    for (HourlySeries call :
        landscape.history.of(
            Measure.CALL,
            key -> near.contains(key.service()) && !landscape.isService(key.detail()))) {
      boolean own =
          !call.key().service().equals(target.service)
              || call.key().subject().equals(target.operation);
      Residuals r = own ? landscape.residuals(call, Column.P50) : null;
      if (r != null && told.add(call.key().service() + call.key().detail())) {
        var suspect = new Suspect(Kind.DEPENDENCY, call.key().detail());
        mediation.judge(suspect, r, "the time that calls to it take");
        scope.judge(suspect, false);
        all.add(suspect);
      }
    }
  }

  /** Another operation of the same service that there is more of. */
  private void mixes() {
    for (String service : near) {
      boolean own = service.equals(target.service);
      double[] rate = Target.logs(landscape.rate(service));
      for (HourlySeries other :
          landscape.history.of(
              Measure.OPERATION,
              key ->
                  key.service().equals(service)
                      && !(own && key.subject().equals(target.operation)))) {
        double[] share = Target.logs(other.column(Column.COUNT, span.from(), span.to()));
        for (int t = 0; t < share.length; t++) {
          share[t] -= rate[t];
        }
        Residuals r = Residuals.of(span, share, new double[share.length], new double[share.length]);
        if (r != null) {
          var suspect = new Suspect(Kind.TRAFFIC_MIX, other.key().subject());
          mediation.judge(suspect, r, "its share of the requests");
          if (own) {
            scope.judge(suspect, true);
          }
          all.add(suspect);
        }
      }
    }
  }

  /** Whatever runs for minutes, and not all the time. */
  private void jobs() {
    for (HourlySeries job : landscape.history.of(Measure.ACTION)) {
      double[] busy = job.column(Column.SUM, span.from(), span.to());
      double[] runs = job.column(Column.COUNT, span.from(), span.to());
      double seconds = 0;
      double count = 0;
      int active = 0;
      for (int t = 0; t < busy.length; t++) {
        busy[t] = Double.isNaN(busy[t]) ? 0 : Math.min(1, busy[t] / SECONDS_PER_HOUR);
        if (busy[t] > ACTIVE) {
          seconds += busy[t] * SECONDS_PER_HOUR;
          count += runs[t];
          active++;
        }
      }
      if (active > 0
          && active < NOT_ALL_THE_TIME * busy.length
          && seconds / count >= LONG_RUN_SECONDS) {
        all.add(job(job.key().service() + " " + job.key().subject(), busy));
      }
    }
  }

  private Suspect job(String name, double[] busy) {
    int both = 0;
    int either = 0;
    int before = 0;
    int covered = 0;
    for (int t = 0; t < busy.length; t++) {
      boolean runs = busy[t] > ACTIVE;
      boolean slow = change.covers(t);
      if (t >= change.tau()) {
        both += runs && slow ? 1 : 0;
        either += runs || slow ? 1 : 0;
        covered += slow ? 1 : 0;
      } else if (change.covers(t + 24 * ((change.tau() - t) / 24 + 1))) {
        before += runs ? 1 : 0;
      }
    }
    double overlap = either == 0 ? 0 : (double) both / either;
    int hoursBefore =
        Math.max(1, change.width() == 0 ? change.tau() : change.tau() * change.width() / 24);
    double ranBefore = (double) before / hoursBefore;
    double runsNow = covered == 0 ? 0 : (double) both / covered;
    return new Suspect(Kind.BATCH, name)
        .term(
            OVERLAP_ODDS * (overlap - NEUTRAL_OVERLAP),
            "it ran in %.0f %% of the hours that were slow, and of all hours in which either was"
                + " so, %.0f %% were both",
            100 * runsNow,
            100 * overlap)
        .term(
            runsNow - ranBefore > NEWLY_RUNNING ? NEW_JOB : OLD_JOB,
            "before the onset it ran in %.0f %% of such hours",
            100 * ranBefore)
        .term(
            change.shape() == Shape.NIGHTLY ? JOB_NIGHTLY : JOB_ALL_DAY,
            change.shape() == Shape.NIGHTLY
                ? "latency is up in the same hours of each day"
                : "latency is up all day")
        .shows(overlap > SHOWING_OVERLAP && runsNow - ranBefore > NEWLY_RUNNING);
  }
}
