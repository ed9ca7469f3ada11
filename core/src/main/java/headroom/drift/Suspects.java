package headroom.drift;

import static headroom.drift.SuspectBeliefs.DEPLOY_AFTER_HOURS;
import static headroom.drift.SuspectBeliefs.DEPLOY_AT_ONSET;
import static headroom.drift.SuspectBeliefs.DEPLOY_BEFORE_HOURS;
import static headroom.drift.SuspectBeliefs.DEPLOY_NIGHTLY;
import static headroom.drift.SuspectBeliefs.DEPLOY_RAMP;
import static headroom.drift.SuspectBeliefs.DEPLOY_STEP;
import static headroom.drift.SuspectBeliefs.MOST_TOLD;
import static headroom.drift.SuspectBeliefs.NARROW_HOURS;
import static headroom.drift.SuspectBeliefs.SAME_SERVICE_DEPLOY;
import static headroom.drift.SuspectBeliefs.SAME_SERVICE_LEVEL;
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
    all.addAll(new GrowingTables(landscape, target, change, onset).suspects(near));
    dependencies();
    mixes();
    all.addAll(new RunningJobs(landscape, change).suspects());
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
      double hour = event.at().getEpochSecond() / RunningJobs.SECONDS_PER_HOUR - span.from();
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
}
