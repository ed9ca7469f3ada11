package headroom.load.result;

import headroom.load.arrival.ArrivalSchedule;
import headroom.load.journey.Objective;
import headroom.load.journey.Plan;
import headroom.load.result.LoadResult.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
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
    var outcomes = new ArrayList<Outcome>();
    for (Objective objective : plan.objectives()) {
      outcomes.add(
          switch (objective) {
            case Objective.Latency latency -> judge(latency, stats);
            case Objective.Errors errors -> judge(errors, stats);
          });
    }
    return new LoadResult(
        plan,
        seed,
        startedAt,
        schedule,
        stats,
        generator,
        doubts(stats),
        Optional.ofNullable(stoppedBecause),
        outcomes);
  }

  private static Outcome judge(Objective.Latency objective, RunStats stats) {
    OptionalDouble worst = OptionalDouble.empty();
    String where = "";
    for (StepStats step : stats.steps()) {
      OptionalDouble value = step.response().quantile(objective.quantile());
      if (value.isPresent() && (worst.isEmpty() || value.getAsDouble() > worst.getAsDouble())) {
        worst = value;
        where = step.name();
      }
    }
    boolean held = worst.isPresent() && worst.getAsDouble() <= objective.limitSeconds();
    return new Outcome(objective.name(), objective.limitSeconds(), worst, where, held);
  }

  /** An arrival that was dropped is a request that failed. */
  private static Outcome judge(Objective.Errors objective, RunStats stats) {
    long all = stats.requests() + stats.dropped();
    if (all == 0) {
      return new Outcome(
          objective.name(), objective.limitShare(), OptionalDouble.empty(), "", false);
    }
    double share = (double) (stats.errors() + stats.dropped()) / all;
    return new Outcome(
        objective.name(),
        objective.limitShare(),
        OptionalDouble.of(share),
        "",
        share <= objective.limitShare());
  }

  private static List<String> doubts(RunStats stats) {
    var doubts = new ArrayList<String>();
    if (stats.requests() == 0) {
      doubts.add("no request was made");
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
