package headroom.load.study.capacity;

import headroom.load.engine.LoadEngine;
import headroom.load.engine.LoadListener;
import headroom.load.engine.LoadOptions;
import headroom.load.engine.LoadRun;
import headroom.load.network.TargetUnusableException;
import headroom.load.result.Interval;
import headroom.load.result.Judgement;
import headroom.load.result.LoadResult;
import headroom.plan.Plan;
import headroom.plan.Profile;
import headroom.plan.RateSegment;
import headroom.plan.Spacing;
import headroom.plan.Study;
import headroom.rollup.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks for the highest rate at which a target keeps the plan's objectives. Plateau follows plateau
 * without a pause; each lasts until its response time has settled or it has broken.
 */
public final class CapacitySearch {
  /** Load is appended so far ahead of the clock, and answers are waited for so long. */
  private static final double AHEAD_SECONDS = 2;

  private static final double SETTLE_SECONDS = 1;
  private static final long LOOK_NANOS = 100_000_000;

  /** After a plateau has broken, the target may recover at this share of the rate that held. */
  private static final double RECOVERY_SHARE = 0.3;

  private static final double RECOVERY_SECONDS = 5;
  private static final double HOPELESS_SECONDS = 3;
  private static final String OVER = "the search is over";

  private final Plan plan;
  private final Study.Capacity goal;
  private final LoadRun run;
  private final RateSearch search;
  private final List<Plateau> plateaus = new ArrayList<>();

  private CapacitySearch(Plan plan, Study.Capacity goal, LoadRun run) {
    this.plan = plan;
    this.goal = goal;
    this.run = run;
    this.search = new RateSearch(goal);
  }

  /**
   * Searches, which takes some minutes.
   *
   * @param plan whose profile is not used; without objectives there is nothing to search for
   * @param listener is told each plateau when it begins and when it is over
   * @param live is told about once a second how it goes
   * @throws TargetUnusableException when the target cannot be loaded at all
   */
  public static CapacityResult run(
      Plan plan, Study.Capacity goal, LoadOptions options, Listener listener, LoadListener live)
      throws TargetUnusableException {
    if (plan.objectives().isEmpty()) {
      throw new IllegalArgumentException("a capacity search needs objectives to be kept");
    }
    Spacing spacing =
        plan.profile() instanceof Profile.Open open ? open.spacing() : Spacing.UNIFORM;
    // A rule that stops a run at the first failures would end the search before it knows anything.
    Plan endless = plan.withoutStop().withProfile(new Profile.Open(List.of(), spacing));
    try (LoadRun run = LoadEngine.start(endless, options.extendableProfile(), live)) {
      return new CapacitySearch(plan, goal, run).search(listener);
    }
  }

  /** Is told how far a search is. */
  public interface Listener {
    /**
     * A plateau begins.
     *
     * @param ahead what is known of it and those that may follow
     */
    void begins(Ahead ahead);

    /** A plateau is over. */
    void ended(Plateau plateau);
  }

  /**
   * What is to come.
   *
   * @param ratePerSecond of the plateau that begins
   * @param number of that plateau, from 1
   * @param most how many there are at most, those before it included
   * @param beganSeconds of the run
   * @param leftSeconds until the end at most: plateaus that settle late are taken to last like the
   *     mean of those before
   */
  public record Ahead(
      double ratePerSecond, int number, int most, double beganSeconds, double leftSeconds) {}

  private Ahead ahead(double rate, int left) {
    double mean =
        plateaus.stream()
            .mapToDouble(Plateau::seconds)
            .average()
            .orElse((goal.leastSeconds() + goal.mostSeconds()) / 2);
    int number = plateaus.size() + 1;
    return new Ahead(
        rate,
        number,
        number - 1 + left,
        Math.max(0, run.elapsedSeconds()),
        left * (mean + SETTLE_SECONDS));
  }

  private CapacityResult search(Listener listener) {
    int left = search.mostLeft();
    for (OptionalDouble rate = search.next();
        rate.isPresent() && !run.isDone();
        rate = search.next()) {
      listener.begins(ahead(rate.getAsDouble(), Math.max(1, left)));
      Plateau plateau = plateau(rate.getAsDouble());
      plateaus.add(plateau);
      search.tell(plateau.ratePerSecond(), plateau.verdict());
      left = search.mostLeft();
      listener.ended(plateau);
      if (plateau.verdict() == Plateau.Verdict.BROKEN) {
        recover(plateau);
      }
    }
    run.stop(OVER);
    LoadResult ended = run.await();
    LoadResult result =
        ended.stoppedBecause().equals(Optional.of(OVER)) ? ended.completed() : ended;
    return new CapacityResult(
        search.held() > 0 ? OptionalDouble.of(search.held()) : OptionalDouble.empty(),
        search.broken() < Double.POSITIVE_INFINITY
            ? OptionalDouble.of(search.broken())
            : OptionalDouble.empty(),
        Knee.of(plateaus),
        scalability(),
        plateaus,
        result);
  }

  /** Holds a rate, a second more at a time, until it can be judged. */
  private Plateau plateau(double rate) {
    // The schedule counts whole seconds, so that intervals belong to one plateau each.
    double begin = Math.ceil(Math.max(run.schedule().seconds(), run.elapsedSeconds()));
    pauseUntil(begin);
    while (true) {
      while (run.schedule().seconds() < run.elapsedSeconds() + AHEAD_SECONDS) {
        run.append(new RateSegment.Steady(rate, 1));
      }
      LockSupport.parkNanos(LOOK_NANOS);
      double end = Math.floor(run.elapsedSeconds() - SETTLE_SECONDS);
      if (end - begin >= HOPELESS_SECONDS || run.isDone()) {
        Optional<Plateau> judged = judge(rate, begin, end);
        if (judged.isPresent()) {
          return judged.get();
        }
      }
    }
  }

  private void pauseUntil(double second) {
    double gap = second - run.schedule().seconds();
    if (gap > 0) {
      run.append(new RateSegment.Steady(0, gap));
    }
  }

  private Optional<Plateau> judge(double rate, double begin, double end) {
    int seconds = (int) (end - begin);
    if (seconds < Stationarity.LEAST) {
      Plateau early = plateau(rate, begin, end, 0, Optional.empty());
      return isHopeless(early) || run.isDone() ? Optional.of(early) : Optional.empty();
    }
    Stationarity stationarity = Stationarity.of(means(begin, seconds));
    Plateau plateau = plateau(rate, begin, end, stationarity.warmUp(), Optional.of(stationarity));
    boolean broken = plateau.objectives().stream().anyMatch(o -> !o.held());
    boolean settled = stationarity.isStationary();
    if (seconds >= goal.mostSeconds() || run.isDone() || isHopeless(plateau)) {
      return Optional.of(plateau);
    }
    boolean long_ = seconds - stationarity.warmUp() >= goal.leastSeconds();
    return long_ && (settled || broken) ? Optional.of(plateau) : Optional.empty();
  }

  /** Far beyond a limit already: waiting would only hurt the target. */
  private static boolean isHopeless(Plateau plateau) {
    return plateau.objectives().stream()
        .anyMatch(
            o -> o.value().isPresent() && o.value().getAsDouble() > 3 * o.limit() && o.limit() > 0);
  }

  private double[] means(double begin, int seconds) {
    double[] means = new double[seconds];
    for (int i = 0; i < seconds; i++) {
      Cell cell = run.between(begin + i, begin + i + 1).allResponses();
      means[i] = cell.mean().orElse(0);
    }
    return means;
  }

  private Plateau plateau(
      double rate, double begin, double end, int warmUp, Optional<Stationarity> stationarity) {
    Interval measured = run.between(begin + warmUp, end);
    Cell all = measured.allResponses();
    List<LoadResult.Outcome> outcomes = Judgement.of(plan.objectives(), run.steps(), measured);
    double seconds = Math.max(1, end - begin - warmUp);
    double throughput = measured.requestsCompleted() / seconds;
    boolean held =
        outcomes.stream().allMatch(LoadResult.Outcome::held)
            && stationarity.map(s -> s.isStationary() || s.change() < 0).orElse(false);
    return new Plateau(
        rate,
        begin,
        end - begin,
        throughput,
        throughput * all.mean().orElse(0),
        all.quantile(0.5),
        all.quantile(0.99),
        all.count() == 0 ? 0 : (double) measured.requestsFailed() / all.count(),
        outcomes,
        stationarity,
        held ? Plateau.Verdict.HELD : Plateau.Verdict.BROKEN);
  }

  /** Lets the queues of a target that broke empty themselves. */
  private void recover(Plateau broken) {
    double rate = RECOVERY_SHARE * (search.held() > 0 ? search.held() : broken.ratePerSecond() / 2);
    run.append(new RateSegment.Steady(rate, RECOVERY_SECONDS));
    double until = run.schedule().seconds() - AHEAD_SECONDS;
    while (run.elapsedSeconds() < until && !run.isDone()) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private Optional<Scalability> scalability() {
    List<Scalability.Point> points =
        plateaus.stream()
            .filter(p -> p.concurrency() > 0 && p.throughputPerSecond() > 0)
            .map(p -> new Scalability.Point(p.concurrency(), p.throughputPerSecond()))
            .toList();
    return points.size() < 4 ? Optional.empty() : Optional.of(Scalability.fit(points, 1));
  }
}
