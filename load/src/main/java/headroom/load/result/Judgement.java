package headroom.load.result;

import headroom.load.arrival.ArrivalSchedule;
import headroom.load.result.LoadResult.Outcome;
import headroom.plan.Objective;
import headroom.plan.Plan;
import headroom.plan.Profile;
import headroom.rollup.Cell;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Judges what a run measured: did it hold its objectives, and may it be believed. */
public final class Judgement {
  /** Below this the generator's own lag is taken for granted. */
  private static final double LAG_FLOOR_SECONDS = 0.001;

  /** Above this share of the tail, the generator and not the target explains it. */
  private static final double LAG_SHARE = 0.5;

  private Judgement() {}

  public static LoadResult of(
      Plan plan,
      long seed,
      Instant startedAt,
      ArrivalSchedule schedule,
      RunStats stats,
      Generator generator,
      @Nullable String stoppedBecause) {
    return of(plan, seed, startedAt, schedule, stats, generator, stoppedBecause, List.of());
  }

  /** As above, with the commands that were run meanwhile. */
  public static LoadResult of(
      Plan plan,
      long seed,
      Instant startedAt,
      ArrivalSchedule schedule,
      RunStats stats,
      Generator generator,
      @Nullable String stoppedBecause,
      List<Hook> hooks) {
    List<StepKey> steps = stats.steps().stream().map(StepStats::key).toList();
    List<Cell> responses = stats.steps().stream().map(StepStats::response).toList();
    var measured =
        new Measured(steps, responses, stats.requests(), stats.errors(), stats.dropped());
    List<Outcome> outcomes = judge(plan.objectives(), measured);
    return new LoadResult(
        plan,
        seed,
        startedAt,
        schedule,
        stats,
        generator,
        doubts(stats, hooks),
        Optional.ofNullable(stoppedBecause),
        outcomes,
        recoveries(plan, schedule, stats.timeline()),
        hooks);
  }

  private static List<Recovery> recoveries(Plan plan, ArrivalSchedule schedule, Timeline timeline) {
    double loadEnds =
        switch (plan.profile()) {
          case Profile.Open open -> schedule.seconds();
          case Profile.Closed closed -> closed.duration().toNanos() / 1e9;
        };
    return plan.faults().stream()
        .map(fault ->
            Recovery.of(
                timeline,
                plan.objectives(),
                fault.action().describe(),
                fault.atSeconds(),
                fault.endSeconds(),
                loadEnds))
        .toList();
  }

  /** Judges a stretch of a run. */
  public static List<Outcome> of(
      List<Objective> objectives, List<StepKey> steps, Interval interval) {
    var responses = new ArrayList<Cell>();
    for (int i = 0; i < steps.size(); i++) {
      Cell cell = interval.response(i);
      responses.add(cell == null ? new Cell() : cell);
    }
    long answered = responses.stream().mapToLong(Cell::count).sum();
    long failed = interval.requestsFailed();
    // Those that never left are among the failed but not among the answered.
    long unsent = Math.max(0, failed - responses.stream().mapToLong(Cell::errors).sum());
    return judge(
        objectives, new Measured(steps, responses, answered + unsent, failed, interval.dropped()));
  }

  private record Measured(
      List<StepKey> steps, List<Cell> responses, long requests, long failed, long dropped) {}

  private static List<Outcome> judge(List<Objective> objectives, Measured measured) {
    var outcomes = new ArrayList<Outcome>();
    for (Objective objective : objectives) {
      outcomes.add(
          switch (objective) {
            case Objective.Latency latency -> judge(latency, measured);
            case Objective.Errors errors -> judge(errors, measured);
          });
    }
    return outcomes;
  }

  private static Outcome judge(Objective.Latency objective, Measured measured) {
    OptionalDouble worst = OptionalDouble.empty();
    Optional<StepKey> where = Optional.empty();
    for (int i = 0; i < measured.steps().size(); i++) {
      OptionalDouble value = measured.responses().get(i).quantile(objective.quantile());
      if (value.isPresent() && (worst.isEmpty() || value.getAsDouble() > worst.getAsDouble())) {
        worst = value;
        where = Optional.of(measured.steps().get(i));
      }
    }
    boolean held = worst.isPresent() && worst.getAsDouble() <= objective.limitSeconds();
    return new Outcome(objective.name(), objective.limitSeconds(), worst, where, held);
  }

  /** An arrival that was dropped is a request that failed. */
  private static Outcome judge(Objective.Errors objective, Measured measured) {
    long all = measured.requests() + measured.dropped();
    if (all == 0) {
      return new Outcome(
          objective.name(),
          objective.limitShare(),
          OptionalDouble.empty(),
          Optional.empty(),
          false);
    }
    double share = (double) (measured.failed() + measured.dropped()) / all;
    return new Outcome(
        objective.name(),
        objective.limitShare(),
        OptionalDouble.of(share),
        Optional.empty(),
        share <= objective.limitShare());
  }

  /** A target that never answers is none: its failures in order of their number. */
  private static String silence(RunStats stats) {
    var all = new ErrorLog();
    stats.steps().forEach(step -> all.merge(step.errors()));
    String why =
        all.entries().stream()
            .sorted(Comparator.comparingLong(entry -> -entry.count()))
            .limit(3)
            .map(entry -> "%s (%d)".formatted(entry.kind().label(), entry.count()))
            .collect(Collectors.joining(", "));
    return "not one of %d requests was answered: %s".formatted(stats.requests(), why);
  }

  private static List<String> doubts(RunStats stats, List<Hook> hooks) {
    var doubts = new ArrayList<String>();
    // What should have been done to the target was not: the figures answer another question.
    for (Hook hook : hooks) {
      hook.failure()
          .ifPresent(
              why -> doubts.add("the command '%s' failed: %s".formatted(hook.command(), why)));
    }
    if (stats.requests() == 0) {
      doubts.add("no request was made");
    } else if (stats.answered() == 0) {
      doubts.add(silence(stats));
    }
    double lag = stats.lag().quantile(0.99).orElse(0);
    double tail = stats.allResponses().quantile(0.99).orElse(0);
    if (lag > LAG_FLOOR_SECONDS && lag > LAG_SHARE * tail) {
      doubts.add(
          "the generator was late by %.1f ms at p99, the response time is %.1f ms: the tail is its own"
              .formatted(lag * 1e3, tail * 1e3));
    }
    long local = 0;
    for (StepStats step : stats.steps()) {
      local += step.errors().count(ErrorKind.LOCAL);
    }
    if (local > 0) {
      doubts.add("the generator ran out of local ports or files %d times".formatted(local));
    }
    return doubts;
  }
}
