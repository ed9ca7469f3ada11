package headroom.detect;

import static headroom.detect.Words.format;
import static headroom.detect.Words.seconds;

import headroom.detect.Finding.Cause;
import headroom.detect.Finding.Effect;
import headroom.detect.Finding.Evidence;
import headroom.detect.Finding.Kind;
import headroom.detect.Finding.Severity;
import headroom.model.Measure;
import headroom.rollup.Cell;
import headroom.stats.Quantiles;
import headroom.store.SeriesIndex.Thing;
import headroom.wall.Objective;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;

/** A job while which requests take longer: how long with it and without. */
final class JobImpact implements Detector {
  private static final double SMALLEST_RATIO = 1.3;

  /** Deviations of the rank sum of windows with the job among those without. */
  private static final double CERTAIN = 5;

  private static final long FEWEST_REQUESTS = 50;
  private static final long FEWEST_IN_WINDOW = 3;
  private static final int FEWEST_WINDOWS = 4;
  private static final double NINETY_PERCENT = 1.645;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  @Override
  public List<Finding> detect(Observation observation) {
    List<JobRuns> jobs = JobRuns.of(observation);
    List<Thing> busy = jobs.stream().map(JobRuns::job).toList();
    List<Finding> findings = new ArrayList<>();
    for (JobRuns job : jobs) {
      observation.index().things(Measure.ACTION).stream()
          .filter(action -> !busy.contains(action))
          .flatMap(action -> slowed(observation, job, action).stream())
          .max(Comparator.comparingDouble(slowed -> slowed.ratio()))
          .ifPresent(worst -> findings.add(finding(observation, job, worst)));
    }
    return findings;
  }

  /** Requests with the job and without it. */
  private record Slowed(Thing action, Objective objective, Cell with, Cell without, double z) {
    double ratio() {
      return median(with) / median(without);
    }

    static double median(Cell cell) {
      return cell.quantile(0.5).orElse(0);
    }

    static double tail(Cell cell, Objective objective) {
      return cell.quantile(objective.quantile()).orElse(0);
    }
  }

  private static Optional<Slowed> slowed(Observation observation, JobRuns job, Thing action) {
    NavigableMap<Long, Cell> cells =
        Observation.byWindow(observation.index().everywhere(Measure.ACTION, action));
    var with = new Cell();
    var without = new Cell();
    List<Double> mediansWith = new ArrayList<>();
    List<Double> mediansWithout = new ArrayList<>();
    cells.forEach((start, cell) -> {
      boolean runs = job.windows().contains(start);
      (runs ? with : without).merge(cell);
      if (cell.count() >= FEWEST_IN_WINDOW) {
        (runs ? mediansWith : mediansWithout).add(cell.quantile(0.5).orElse(0));
      }
    });
    if (with.count() < FEWEST_REQUESTS
        || without.count() < FEWEST_REQUESTS
        || mediansWith.size() < FEWEST_WINDOWS
        || mediansWithout.size() < FEWEST_WINDOWS) {
      return Optional.empty();
    }
    var slowed =
        new Slowed(
            action,
            observation.objectives().of(action.service(), action.subject()),
            with,
            without,
            rankSum(mediansWith, mediansWithout));
    return slowed.z >= CERTAIN && slowed.ratio() >= SMALLEST_RATIO
        ? Optional.of(slowed)
        : Optional.empty();
  }

  /** Mann and Whitney's U (1947) in deviations from what chance would give. */
  private static double rankSum(List<Double> some, List<Double> others) {
    double[] sorted = others.stream().mapToDouble(value -> value).sorted().toArray();
    double above = 0;
    for (double value : some) {
      int at = Arrays.binarySearch(sorted, value);
      above += at >= 0 ? at + 0.5 : -at - 1;
    }
    double n = some.size();
    double m = others.size();
    return (above - n * m / 2) / Math.sqrt(n * m * (n + m + 1) / 12);
  }

  private static Finding finding(Observation observation, JobRuns job, Slowed worst) {
    Objective objective = worst.objective;
    double tailWith = Slowed.tail(worst.with, objective);
    double tailWithout = Slowed.tail(worst.without, objective);
    boolean misses = tailWith > objective.seconds();
    String p = Words.quantile(objective.quantile());
    String name = job.job().service() + " " + job.job().subject();
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(Charts.number(p + " with it", tailWith, "s"));
    evidence.add(Charts.number(p + " without it", tailWithout, "s"));
    evidence.add(Charts.number("median with it", Slowed.median(worst.with), "s"));
    evidence.add(Charts.number("median without it", Slowed.median(worst.without), "s"));
    pools(observation, job, evidence);
    double spread = Math.exp(NINETY_PERCENT * 1.25 / Math.sqrt((double) worst.with.count()));
    double ratio = worst.ratio();
    return new Finding(
        Words.id(Kind.BATCH, job.job().service(), job.job().subject()),
        Kind.BATCH,
        name,
        misses ? Severity.WARNING : Severity.INFO,
        null,
        new Effect(ratio, ratio / spread, ratio * spread),
        format(
            "while it runs (%s) %s of %s %s is %s, without it %s: %s",
            when(observation, job),
            p,
            worst.action.service(),
            worst.action.subject(),
            seconds(tailWith),
            seconds(tailWithout),
            misses
                ? format("beyond the objective of %s", seconds(objective.seconds()))
                : format("within the objective of %s", seconds(objective.seconds()))),
        List.of(new Cause("batch", name, 1)),
        evidence,
        misses
            ? "Move it to calmer hours, give it connections of its own, or fewer workers."
            : "Nothing needs to be done; with more traffic it is the first to be moved, throttled"
                + " or given connections of its own.");
  }

  private static String when(Observation observation, JobRuns job) {
    String lasts = seconds(job.seconds(observation.windowSeconds()));
    return job.stretches() == 1
        ? format(
            "once, %s from %s", lasts, TIME.format(Instant.ofEpochSecond(job.windows().first())))
        : format("%d times, %s each", job.stretches(), lasts);
  }

  /** Connections in use with the job and without. */
  private static void pools(Observation observation, JobRuns job, List<Evidence> evidence) {
    for (Thing pool : observation.index().things(Measure.POOL_USED)) {
      if (!pool.service().equals(job.job().service())) {
        continue;
      }
      var used = Observation.byWindow(observation.index().everywhere(Measure.POOL_USED, pool));
      double[] with = levels(used, job, true);
      double[] without = levels(used, job, false);
      if (with.length > 0 && without.length > 0) {
        evidence.add(
            Charts.number(
                "connections of " + pool.subject() + " in use with it",
                Quantiles.mean(with),
                "connections"));
        evidence.add(
            Charts.number(
                "connections of " + pool.subject() + " in use without it",
                Quantiles.mean(without),
                "connections"));
      }
    }
  }

  private static double[] levels(NavigableMap<Long, Cell> used, JobRuns job, boolean with) {
    return used.entrySet().stream()
        .filter(window -> job.windows().contains(window.getKey()) == with)
        .mapToDouble(window -> window.getValue().mean().orElse(0))
        .toArray();
  }
}
