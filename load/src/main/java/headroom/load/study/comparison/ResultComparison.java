package headroom.load.study.comparison;

import headroom.load.study.comparison.Sample.Attempts;
import headroom.load.study.comparison.Sample.Batch;
import headroom.rollup.ExponentialHistogram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What changed from one run to another, step by step. Intervals hold 95 % and come from a bootstrap
 * over batches of time: both runs are drawn anew from their own batches many times, with
 * replacement, which keeps requests that shared a bad second together (block bootstrap, Künsch
 * 1989).
 *
 * <p>Of retries only the totals of a run are known, so their changes have no interval and are not
 * judged.
 *
 * <p>It lies when a run is short: with fewer than {@link #FEWEST} batches that hold anything
 * nothing is said. And two runs on different days differ by the days too.
 *
 * @param steps of both runs, by name
 * @param onlyBefore steps that the later run lacks
 * @param onlyAfter steps that the earlier run lacks
 */
public record ResultComparison(
    List<StepChange> steps, List<String> onlyBefore, List<String> onlyAfter) {
  static final int FEWEST = 5;
  private static final int DRAWS = 1_000;

  public ResultComparison {
    steps = List.copyOf(steps);
    onlyBefore = List.copyOf(onlyBefore);
    onlyAfter = List.copyOf(onlyAfter);
  }

  /** Which way something went. */
  public enum Direction {
    WORSE,
    BETTER,
    /** The interval holds "no change". */
    UNCERTAIN,
    /** Too little was measured. */
    UNKNOWN,
    /** Only told: how far chance explains it is not known, or it is neither good nor bad. */
    NOT_JUDGED
  }

  /** What kind of number a figure is. */
  public enum Unit {
    SECONDS,
    /** 0..1 */
    SHARE,
    /** Attempts for each request. */
    PER_REQUEST
  }

  /** The changes at one step. */
  public record StepChange(String step, List<Change> changes) {
    public StepChange {
      changes = List.copyOf(changes);
    }
  }

  /**
   * The change of one figure.
   *
   * @param what {@code p50}, {@code p90}, {@code p99}, {@code errors}; and, where either run sends
   *     again what has failed, {@code attempts} and, as a share of the requests, {@code
   *     refusedByBudget}
   * @param change the difference for shares, else the ratio after to before
   * @param low lower end of the interval of the change; absent when too little was measured
   */
  public record Change(
      String what,
      Unit unit,
      OptionalDouble before,
      OptionalDouble after,
      OptionalDouble change,
      OptionalDouble low,
      OptionalDouble high,
      Direction direction) {}

  /** Whether anything became worse beyond chance. */
  public boolean isWorse() {
    return steps.stream()
        .flatMap(step -> step.changes().stream())
        .anyMatch(change -> change.direction() == Direction.WORSE);
  }

  public static ResultComparison of(Sample before, Sample after, long seed) {
    var both = new TreeSet<>(before.steps().keySet());
    both.retainAll(after.steps().keySet());
    var random = new SplittableRandom(seed);
    var steps = new ArrayList<StepChange>();
    for (String step : both) {
      List<Change> changes = changes(batches(before, step), batches(after, step), random);
      changes.addAll(retries(before.retries().get(step), after.retries().get(step)));
      steps.add(new StepChange(step, changes));
    }
    return new ResultComparison(
        steps, missing(before.steps(), after.steps()), missing(after.steps(), before.steps()));
  }

  private static List<String> missing(Map<String, ?> of, Map<String, ?> in) {
    return of.keySet().stream().filter(step -> !in.containsKey(step)).sorted().toList();
  }

  private static List<Batch> batches(Sample sample, String step) {
    return sample.steps().getOrDefault(step, List.of()).stream()
        .filter(batch -> batch.count() > 0)
        .toList();
  }

  private static final double[] QUANTILES = {0.5, 0.9, 0.99};
  private static final List<String> NAMES = List.of("p50", "p90", "p99");

  private static List<Change> changes(
      List<Batch> before, List<Batch> after, RandomGenerator random) {
    boolean enough = before.size() >= FEWEST && after.size() >= FEWEST;
    int figures = QUANTILES.length + 1;
    double[][] drawn = new double[figures][enough ? DRAWS : 0];
    for (int draw = 0; draw < drawn[0].length; draw++) {
      Figures one = Figures.of(drawAnew(before, random));
      Figures other = Figures.of(drawAnew(after, random));
      for (int i = 0; i < QUANTILES.length; i++) {
        drawn[i][draw] = other.times[i] / one.times[i];
      }
      drawn[QUANTILES.length][draw] = other.errorShare - one.errorShare;
    }
    var changes = new ArrayList<Change>();
    Figures was = Figures.of(before);
    Figures is = Figures.of(after);
    for (int i = 0; i < QUANTILES.length; i++) {
      changes.add(
          change(
              NAMES.get(i),
              Unit.SECONDS,
              was.time(i),
              is.time(i),
              is.times[i] / was.times[i],
              1,
              drawn[i]));
    }
    changes.add(
        change(
            "errors",
            Unit.SHARE,
            was.errors(),
            is.errors(),
            is.errorShare - was.errorShare,
            0,
            drawn[QUANTILES.length]));
    return changes;
  }

  /** Of a step of both runs; a run that says nothing of retries sends each request once. */
  private static List<Change> retries(@Nullable Attempts before, @Nullable Attempts after) {
    if (before == null && after == null) {
      return List.of();
    }
    Attempts was = before == null ? Attempts.ONCE : before;
    Attempts is = after == null ? Attempts.ONCE : after;
    return List.of(
        told("attempts", Unit.PER_REQUEST, was.perRequest(), is.perRequest()),
        told("refusedByBudget", Unit.SHARE, was.refusedShare(), is.refusedShare()));
  }

  private static Change told(String what, Unit unit, OptionalDouble before, OptionalDouble after) {
    OptionalDouble change = OptionalDouble.empty();
    if (before.isPresent() && after.isPresent()) {
      double was = before.getAsDouble();
      double is = after.getAsDouble();
      change = known(unit == Unit.SHARE ? is - was : is / was);
    }
    return new Change(
        what,
        unit,
        before,
        after,
        change,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        Direction.NOT_JUDGED);
  }

  private static OptionalDouble known(double value) {
    return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  private static Change change(
      String what,
      Unit unit,
      OptionalDouble before,
      OptionalDouble after,
      double change,
      double same,
      double[] drawn) {
    OptionalDouble value = known(change);
    if (drawn.length == 0 || value.isEmpty()) {
      return new Change(
          what,
          unit,
          before,
          after,
          value,
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          Direction.UNKNOWN);
    }
    Arrays.sort(drawn);
    double low = drawn[(int) (0.025 * drawn.length)];
    double high = drawn[(int) (0.975 * drawn.length)];
    Direction direction =
        low > same ? Direction.WORSE : high < same ? Direction.BETTER : Direction.UNCERTAIN;
    return new Change(
        what,
        unit,
        before,
        after,
        value,
        OptionalDouble.of(low),
        OptionalDouble.of(high),
        direction);
  }

  private static List<Batch> drawAnew(List<Batch> batches, RandomGenerator random) {
    var drawn = new ArrayList<Batch>(batches.size());
    for (int i = 0; i < batches.size(); i++) {
      drawn.add(batches.get(random.nextInt(batches.size())));
    }
    return drawn;
  }

  /** Of some batches together; times that are unknown are not a number. */
  private static final class Figures {
    private final double[] times = new double[QUANTILES.length];
    private double errorShare = Double.NaN;

    static Figures of(List<Batch> batches) {
      var figures = new Figures();
      var all = new ExponentialHistogram();
      long count = 0;
      long errors = 0;
      for (Batch batch : batches) {
        count += batch.count();
        errors += batch.errors();
        if (batch.response() != null) {
          all.merge(batch.response());
        }
      }
      for (int i = 0; i < QUANTILES.length; i++) {
        figures.times[i] = all.isEmpty() ? Double.NaN : all.quantile(QUANTILES[i]);
      }
      if (count > 0) {
        figures.errorShare = (double) errors / count;
      }
      return figures;
    }

    OptionalDouble time(int index) {
      return known(times[index]);
    }

    OptionalDouble errors() {
      return known(errorShare);
    }
  }
}
