package headroom.cli.prove;

import headroom.cli.terminal.NumberText;
import headroom.load.engine.LoadRun;
import headroom.load.result.LoadResult;
import headroom.plan.RateSegment.Steady;
import headroom.rollup.Cell;
import headroom.rollup.ExponentialHistogram;
import headroom.wall.Objective;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plateaus made by the load engine on one run, within bounds, each remembered. */
final class GrowingLoad implements PlateauLoad {
  /** Not judged at the beginning of a plateau: what the step itself stirs up. */
  private static final double SETTLING_SHARE = 0.3;

  /**
   * Load goes on as it was while a plateau is read and the next one decided: so long after the last
   * answer that may still be in time.
   */
  private static final double READING_SECONDS = 1.5;

  /** A plateau that the generator itself has spoiled is tried so often. */
  private static final int MOST_TRIES = 3;

  private static final int PAUSE_SECONDS = 8;

  /** A target that has not drained after so many pauses is not waited for any longer. */
  private static final int MOST_PAUSES = 15;

  /** So few requests under way are no queue. */
  private static final int FEW_IN_FLIGHT = 3;

  /** Of the share that the objective forgives, what the generator's own lateness may use up. */
  private static final double OWN_SHARE = 0.5;

  private final LoadRun run;
  private final Objective objective;
  private final double requestsPerJourney;
  private final double lowPerSecond;
  private final Bounds bounds;
  private final Narrator narrator;
  private final List<Plateau> plateaus = new ArrayList<>();

  GrowingLoad(
      LoadRun run,
      Objective objective,
      double requestsPerJourney,
      double lowPerSecond,
      Bounds bounds,
      Narrator narrator) {
    this.run = run;
    this.objective = objective;
    this.requestsPerJourney = requestsPerJourney;
    this.lowPerSecond = lowPerSecond;
    this.bounds = bounds;
    this.narrator = narrator;
  }

  @Override
  public double lowPerSecond() {
    return lowPerSecond;
  }

  /** All so far, in the order in which they were held. */
  List<Plateau> plateaus() {
    return List.copyOf(plateaus);
  }

  @Override
  public LoadLevel plateau(double perSecond, int seconds) throws GrowthEnded, InterruptedException {
    if (perSecond > bounds.mostPerSecond()) {
      throw new GrowthEnded(
          "%.0f requests/s would be more than the %.0f that were allowed"
              .formatted(perSecond, bounds.mostPerSecond()));
    }
    if (run.elapsedSeconds() + seconds > bounds.longest().toSeconds()) {
      throw new GrowthEnded(
          "it would take longer than the %s that were allowed"
              .formatted(NumberText.clock((double) bounds.longest().toSeconds())));
    }
    for (int i = 1; i <= MOST_TRIES; i++) {
      Plateau plateau = once(perSecond, seconds);
      plateaus.add(plateau);
      if (plateau.valid()) {
        return plateau.level();
      }
      pause();
    }
    throw new GrowthEnded(
        NumberText.format(
            "at %.0f requests/s the load generator itself was late, %d times in a row: what was"
                + " measured there is its own limit, or that of the machine it shares",
            perSecond, MOST_TRIES));
  }

  private Plateau once(double perSecond, int seconds) throws GrowthEnded, InterruptedException {
    double began = run.append(steady(perSecond, seconds + objective.seconds() + READING_SECONDS));
    double end = began + seconds;
    awaitSeconds(began);
    HostLoad.Mark before = HostLoad.mark();
    Late lateBefore = late();
    awaitSeconds(end);
    HostLoad machine = HostLoad.since(before);
    awaitSeconds(end + objective.seconds());
    double judgedFrom = began + Math.ceil(SETTLING_SHARE * seconds);
    LoadLevel level = LoadLevel.read(run.between(judgedFrom, end), perSecond, objective);
    boolean held = level.keeps(objective);
    boolean valid = held || !late().sinceIsTooMuch(lateBefore, objective);
    narrator.say(
        NumberText.format(
            "grown to %5.1f requests/s for %2d s: p%.0f %s, errors %.1f %%%s%s",
            perSecond,
            seconds,
            100 * objective.quantile(),
            Double.isInfinite(level.latencySeconds())
                ? "without end"
                : NumberText.format("%.0f ms", 1e3 * level.latencySeconds()),
            100 * level.errorShare(),
            held ? "" : valid ? "   objective failed" : "   the load generator itself was late",
            machine.isDisturbed() ? "   (the load waited for a processor)" : ""));
    return new Plateau(at(began), at(end), level, held, valid, machine);
  }

  /** Arrivals that the generator itself began so late that they cannot have been in time. */
  private record Late(double arrivals, double tooLate) {
    /** Whether more of them since then than may fail without breaking the objective. */
    boolean sinceIsTooMuch(Late before, Objective objective) {
      double all = arrivals - before.arrivals;
      return all > 0 && (tooLate - before.tooLate) / all > OWN_SHARE * (1 - objective.quantile());
    }
  }

  private Late late() {
    Cell lag = run.snapshot().lag();
    ExponentialHistogram histogram = lag.histogram();
    double share = histogram == null ? 0 : histogram.shareAbove(objective.seconds() / 2);
    return new Late(lag.count(), share * lag.count());
  }

  /**
   * {@inheritDoc}
   *
   * <p>By Little's law a load that is answered within the objective has at most load times seconds
   * under way: while there are more, the queue is still being worked off.
   */
  @Override
  public void pause() throws GrowthEnded, InterruptedException {
    double most = Math.max(FEW_IN_FLIGHT, lowPerSecond * objective.seconds());
    narrator.say("pausing, so that what has piled up can drain");
    for (int i = 0; i < MOST_PAUSES; i++) {
      double began = run.append(steady(lowPerSecond, PAUSE_SECONDS + READING_SECONDS));
      awaitSeconds(began + PAUSE_SECONDS);
      if (run.snapshot().inFlight() <= most) {
        return;
      }
    }
    throw new GrowthEnded(
        "after %d s back at %.1f requests/s the service still had not worked off what had piled up"
            .formatted(MOST_PAUSES * PAUSE_SECONDS, lowPerSecond));
  }

  private Steady steady(double perSecond, double seconds) {
    return new Steady(perSecond / requestsPerJourney, seconds);
  }

  private Instant at(double seconds) {
    return run.startedAt().plusMillis(Math.round(1e3 * seconds));
  }

  private void awaitSeconds(double elapsed) throws GrowthEnded, InterruptedException {
    if (!run.awaitElapsed(elapsed)) {
      throw new GrowthEnded(
          stopped().map("the plan's stop rule ended it: "::concat).orElse("the load ended early"));
    }
  }

  private Optional<String> stopped() throws InterruptedException {
    LoadResult result = run.await(Duration.ofSeconds(1));
    return result == null ? Optional.empty() : result.stoppedBecause();
  }
}
