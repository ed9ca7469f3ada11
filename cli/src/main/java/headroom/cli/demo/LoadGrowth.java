package headroom.cli.demo;

import headroom.load.engine.LoadRun;
import headroom.load.result.Interval;
import headroom.plan.RateSegment.Steady;
import headroom.rollup.Cell;
import headroom.wall.Objective;
import java.util.Locale;

/**
 * Grows the load of a run until the objective fails, and finds the load at which it begins to.
 *
 * <p>First in coarse steps, to learn roughly where; then, after a pause, in fine and longer steps
 * from below, since a queue near its limit needs time to fill and short plateaus break too late.
 * One bad plateau may be chance, in either part: it is tried again after a pause, and where the two
 * disagree a third decides. A fine plateau that comes near to the limit goes on for as long again.
 *
 * <pre>
 *   load             ┌─┐ fails          ┌───┐       ┌───┐ fails twice: between the last that held
 *                    │ │            ┌───┘   │       │   │ and the one that failed lies the break
 *                ┌─┐ │ │        ┌───┘       │       │   │
 *            ┌─┐ │ │ │ └─pause──┘           └─pause─┘   │
 * </pre>
 *
 * Nothing of this looks at a prediction.
 */
final class LoadGrowth {
  private static final double COARSE_STEP = 1.4;
  private static final int COARSE_SECONDS = 10;
  private static final double FINE_STEP = 1.08;
  private static final int FINE_SECONDS = 22;

  /**
   * A plateau that held with this share of the allowed latency, or more, goes on for as long again.
   */
  private static final double NEAR_LIMIT = 0.5;

  /** A load that has failed already is not tried again on the way up. */
  private static final double SAME_LOAD = 0.99;

  private static final int MOST_PLATEAUS = 60;
  private static final double MOST_REQUESTS_PER_SECOND = 2_000;

  /** Not judged at the beginning of a plateau: what the step itself stirs up. */
  private static final double SETTLING_SHARE = 0.3;

  /** Load goes on as it was while a plateau is read and the next one decided. */
  private static final int READING_SECONDS = 2;

  private static final int PAUSE_SECONDS = 8;

  private final LoadRun run;
  private final Objective objective;
  private final Narrator narrator;
  private int plateaus;
  private double failingFrom;
  private double failingTo;

  LoadGrowth(LoadRun run, Objective objective, Narrator narrator) {
    this.run = run;
    this.objective = objective;
    this.narrator = narrator;
  }

  /**
   * The load at which the objective begins to fail.
   *
   * @param perSecond requests
   * @param from when the failing load began, in seconds of the run
   * @param to when it ended
   */
  record Break(double perSecond, double from, double to) {}

  /** Grows from this load on, in requests per second, until it has broken. */
  Break from(double requestsPerSecond) throws Demo.Interrupted, InterruptedException {
    double load = coarse(requestsPerSecond) / COARSE_STEP;
    pause(requestsPerSecond);
    LoadLevel failed = null;
    LoadLevel held = tried(load, FINE_SECONDS, requestsPerSecond);
    while (!held.keeps(objective)) {
      // It fails below what the short steps had let pass: begin lower.
      failed = held;
      load /= FINE_STEP * FINE_STEP;
      pause(requestsPerSecond);
      held = tried(load, FINE_SECONDS, requestsPerSecond);
    }
    while (true) {
      load *= FINE_STEP;
      LoadLevel next =
          failed != null && load > SAME_LOAD * failed.offeredPerSecond()
              ? failed
              : tried(load, FINE_SECONDS, requestsPerSecond);
      if (!next.keeps(objective)) {
        return new Break(BreakPoint.perSecond(held, next, objective), failingFrom, failingTo);
      }
      held = next;
    }
  }

  /**
   * A plateau at this load, and more where the first leaves a doubt: a second one after a pause
   * when it failed, since that may be chance, and a third where the two disagree; a longer one when
   * it held but came near to the limit, since what waits there is still growing.
   */
  private LoadLevel tried(double load, int seconds, double pauseAt)
      throws Demo.Interrupted, InterruptedException {
    LoadLevel first = plateau(load, seconds);
    if (!first.keeps(objective)) {
      pause(pauseAt);
      LoadLevel second = plateau(load, seconds);
      if (!second.keeps(objective)) {
        return first.and(second);
      }
      LoadLevel third = plateau(load, seconds);
      return third.keeps(objective) ? second.and(third) : first.and(third);
    }
    if (seconds < FINE_SECONDS || first.latencySeconds() < NEAR_LIMIT * objective.seconds()) {
      return first;
    }
    LoadLevel longer = plateau(load, seconds);
    return longer.keeps(objective) ? longer : first.and(longer);
  }

  private double coarse(double from) throws Demo.Interrupted, InterruptedException {
    double load = from * COARSE_STEP;
    while (tried(load, COARSE_SECONDS, from).keeps(objective)) {
      load *= COARSE_STEP;
    }
    return load;
  }

  private LoadLevel plateau(double load, int seconds)
      throws Demo.Interrupted, InterruptedException {
    if (++plateaus > MOST_PLATEAUS || load > MOST_REQUESTS_PER_SECOND) {
      throw new Demo.Interrupted(
          "no load was found at which the objective fails for good; the last was %.0f requests/s"
              .formatted(load));
    }
    double began =
        run.append(new Steady(load / WalletLoad.REQUESTS_PER_JOURNEY, seconds + READING_SECONDS));
    double end = began + seconds;
    awaitSeconds(end + objective.seconds());
    LoadLevel plateau =
        read(run.between(began + Math.ceil(SETTLING_SHARE * seconds), end), load, objective);
    if (!plateau.keeps(objective)) {
      failingFrom = began;
      failingTo = end;
    }
    narrator.say(
        String.format(
            Locale.ROOT,
            "grown to %5.1f requests/s for %2d s: p%.0f %.0f ms, errors %.1f %%%s",
            load,
            seconds,
            100 * objective.quantile(),
            1e3 * plateau.latencySeconds(),
            100 * plateau.errorShare(),
            plateau.keeps(objective) ? "" : "   objective failed"));
    return plateau;
  }

  private void pause(double load) throws Demo.Interrupted, InterruptedException {
    double began =
        run.append(
            new Steady(load / WalletLoad.REQUESTS_PER_JOURNEY, PAUSE_SECONDS + READING_SECONDS));
    narrator.say("pausing, so that what has piled up can drain");
    awaitSeconds(began + PAUSE_SECONDS);
  }

  private void awaitSeconds(double elapsed) throws Demo.Interrupted, InterruptedException {
    if (!run.awaitElapsed(elapsed)) {
      throw new Demo.Interrupted("the load ended before its time");
    }
  }

  /** What was due in a stretch of the run, judged. */
  static LoadLevel read(Interval seen, double offeredPerSecond, Objective objective) {
    Cell responses = seen.allResponses();
    double latency = responses.quantile(objective.quantile()).orElse(Double.POSITIVE_INFINITY);
    long requests = responses.count();
    double errors =
        requests == 0 ? 1 : (double) (seen.requestsFailed() + seen.dropped()) / requests;
    return new LoadLevel(offeredPerSecond, requests, latency, Math.min(1, errors));
  }
}
