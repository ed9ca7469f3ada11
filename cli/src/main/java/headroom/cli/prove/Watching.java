package headroom.cli.prove;

import headroom.cli.terminal.NumberText;
import headroom.load.engine.LiveSnapshot;
import headroom.load.engine.LoadEngine;
import headroom.load.engine.LoadOptions;
import headroom.load.engine.LoadRun;
import headroom.load.network.TargetUnusableException;
import headroom.load.result.Interval;
import headroom.plan.Plan;
import headroom.plan.Profile;
import headroom.plan.RateSegment;
import headroom.plan.Spacing;
import headroom.rollup.Cell;
import headroom.wall.Objective;
import headroom.wall.Walls;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Watches a service at a load far below its limit, and predicts. */
final class Watching {
  /** Exporters send every few seconds and traces stay open a little: then all is in. */
  private static final Duration REST_OF_TELEMETRY = Duration.ofSeconds(12);

  /** How much longer than the warm-up the first telemetry may take: as long again, within these. */
  private static final double LEAST_PATIENCE_SECONDS = 5;

  private static final double MOST_PATIENCE_SECONDS = 20;

  /** Nearer to one than this, edges of windows explain the difference. */
  private static final double SAME_COUNT = 0.05;

  private final Proof.Settings settings;
  private final Observatory observatory;
  private final Narrator narrator;
  private final Tape tape;

  Watching(Proof.Settings settings, Observatory observatory, Narrator narrator, Tape tape) {
    this.settings = settings;
    this.observatory = observatory;
    this.narrator = narrator;
    this.tape = tape;
  }

  Watched watch() throws ProofFailed, TargetUnusableException, InterruptedException {
    double warmUp = settings.warmUp().toMillis() / 1e3;
    double peak = settings.peakJourneysPerSecond();
    double watching = settings.watchSeconds();
    List<RateSegment> segments = new ArrayList<>();
    segments.add(new RateSegment.Steady(0.5 * peak, warmUp));
    segments.addAll(settings.watch());
    segments.add(new RateSegment.Steady(peak, REST_OF_TELEMETRY.toSeconds()));
    double end = warmUp + watching;
    double total = end + REST_OF_TELEMETRY.toSeconds();
    try (LoadRun run =
        LoadEngine.start(
            arriving(settings.plan(), segments),
            LoadOptions.seed(settings.seed()),
            now -> progress(now, total))) {
      await(run, warmUp);
      tape.begin();
      HostLoad.Mark before = HostLoad.mark();
      requireTelemetry(run, warmUp);
      await(run, end);
      HostLoad machine = HostLoad.since(before);
      warn(run, warmUp, end, machine);
      await(run, total);
      tape.end();
      observatory.catchUp();
      Instant from = run.startedAt().plusMillis(Math.round(1e3 * warmUp));
      Instant to = run.startedAt().plusMillis(Math.round(1e3 * end));
      Walls walls = observatory.walls(from, to, settings.objective(), settings.seed());
      Interval seen = run.between(warmUp, end);
      return new Watched(
          from,
          to,
          walls,
          requestsPerJourney(seen),
          counted(from, to, seen.allResponses().count() / watching),
          machine);
    }
  }

  /** The plan with arrivals that are independent of each other, as those of users are. */
  static Plan arriving(Plan plan, List<RateSegment> segments) {
    return plan.withProfile(new Profile.Open(segments, Spacing.POISSON));
  }

  private static void await(LoadRun run, double seconds) throws ProofFailed, InterruptedException {
    if (!run.awaitElapsed(seconds) && run.elapsedSeconds() < seconds - 1) {
      String why = run.await().stoppedBecause().orElse("the load ended before its time");
      throw new ProofFailed("watching did not come to its end: " + why);
    }
  }

  /** Without telemetry there is nothing to predict from, and no load should be grown. */
  private void requireTelemetry(LoadRun run, double warmUp)
      throws ProofFailed, InterruptedException {
    if (!isSeen(run)) {
      narrator.say("no telemetry yet of what is asked; waiting a little longer");
      await(run, warmUp + Math.clamp(warmUp, LEAST_PATIENCE_SECONDS, MOST_PATIENCE_SECONDS));
      if (!isSeen(run)) {
        throw new ProofFailed(
            "no telemetry of the plan's requests has arrived within %.0f s of load"
                .formatted(run.elapsedSeconds()));
      }
    }
  }

  private boolean isSeen(LoadRun run) throws InterruptedException {
    observatory.catchUp();
    return observatory
            .count(run.startedAt().minusSeconds(10), run.startedAt().plusSeconds(120))
            .actions()
        > 0;
  }

  private double requestsPerJourney(Interval seen) {
    OptionalDouble planned = JourneyRequests.of(settings.plan());
    return planned.orElseGet(
        () -> (double) seen.requestsSent() / Math.max(1, seen.arrivals() - seen.dropped()));
  }

  private double counted(Instant from, Instant to, double sentPerSecond)
      throws InterruptedException {
    Observatory.Count count = observatory.count(from, to);
    double share = count.actions() / (count.time().toMillis() / 1e3) / sentPerSecond;
    if (Math.abs(share - 1) <= SAME_COUNT || !(share > 0)) {
      return 1;
    }
    narrator.say(
        NumberText.format(
            share < 1
                ? "telemetry counts only %.2f root operations for each request that was sent:"
                      + " traces are sampled, or something in between answers; multiples are of"
                      + " what it counts"
                : "telemetry counts %.2f root operations for each request that was sent: others use"
                    + " the service too, or it works on its own; multiples are of what it counts",
            share));
    return share;
  }

  /** What makes a prediction from this time doubtful beforehand. */
  private void warn(LoadRun run, double from, double to, HostLoad machine) {
    if (machine.isDisturbed()) {
      narrator.say(
          NumberText.format(
              "other programs took the processors for %s of the time in which the load generator"
                  + " wanted them: what is measured here is disturbed",
              NumberText.percent(machine.delay().orElse(0))));
    }
    double perSecond = settings.peakJourneysPerSecond();
    LoadLevel level = LoadLevel.read(run.between(from, to), perSecond, settings.objective());
    if (!level.keeps(settings.objective())) {
      narrator.say(
          NumberText.format(
              "the objective fails while watching already: p%.0f %s, errors %s",
              100 * settings.objective().quantile(),
              Double.isFinite(level.latencySeconds())
                  ? NumberText.shortDuration(level.latencySeconds())
                  : "without end",
              NumberText.finePercent(level.errorShare())));
    }
  }

  private void progress(LiveSnapshot now, double totalSeconds) {
    narrator.progress(
        "watching",
        Math.clamp(now.elapsedSeconds() / totalSeconds, 0, 1),
        live(now, settings.objective()));
  }

  private static String live(LiveSnapshot now, Objective objective) {
    Cell all = new Cell();
    now.window().values().forEach(all::merge);
    double perSecond = now.windowSeconds() > 0 ? all.count() / now.windowSeconds() : 0;
    return NumberText.format(
        "%5.1f requests/s, p%.0f %s, %d errors",
        perSecond,
        100 * objective.quantile(),
        NumberText.orDash(all.quantile(objective.quantile()), NumberText::shortDuration),
        now.errors());
  }
}
