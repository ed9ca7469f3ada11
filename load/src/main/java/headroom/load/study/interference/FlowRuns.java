package headroom.load.study.interference;

import headroom.load.engine.LoadEngine;
import headroom.load.engine.LoadListener;
import headroom.load.engine.LoadOptions;
import headroom.load.engine.LoadRun;
import headroom.load.network.TargetUnusableException;
import headroom.load.result.Interval;
import headroom.load.result.Judgement;
import headroom.load.result.LoadResult;
import headroom.load.result.StepKey;
import headroom.load.study.interference.Interference.Condition;
import headroom.load.study.interference.Interference.Measured;
import headroom.plan.Journey;
import headroom.plan.Plan;
import headroom.plan.Profile;
import headroom.plan.RateSegment;
import headroom.plan.Study;
import headroom.rollup.Cell;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Measures interference: every combination of flows in random order within each of several blocks,
 * so that a target that drifts does not favour one of them.
 */
public final class FlowRuns {
  /** The share of every run that is not measured. */
  private static final double WARM_UP_SHARE = 0.2;

  private final Plan plan;
  private final double ratePerSecond;
  private final int seconds;
  private final LoadOptions options;
  private final LoadListener live;
  private final Map<Set<String>, Interval> intervals = new HashMap<>();
  private final Map<Set<String>, List<Interference.Span>> times = new HashMap<>();
  private List<StepKey> steps = List.of();
  private @Nullable LoadResult last;
  private int mostTogether;

  private FlowRuns(
      Plan plan, double ratePerSecond, int seconds, LoadOptions options, LoadListener live) {
    this.plan = plan;
    this.ratePerSecond = ratePerSecond;
    this.seconds = seconds;
    this.options = options;
    this.live = live;
  }

  /**
   * Runs everything, which takes blocks times combinations times seconds.
   *
   * @param plan whose journeys are the flows, each at its share of the mean rate of the profile
   * @param study how long and how often
   * @param listener is told before each run what runs together, and which of how many it is
   * @param live is told about once a second how it goes
   * @throws TargetUnusableException when the target cannot be loaded
   */
  public static Compared run(
      Plan plan,
      Study.Interference study,
      LoadOptions options,
      Listener listener,
      LoadListener live)
      throws TargetUnusableException {
    if (!(plan.profile() instanceof Profile.Open open) || open.segments().isEmpty()) {
      throw new IllegalArgumentException("interference is measured under an open profile");
    }
    double arrivals = open.segments().stream().mapToDouble(RateSegment::arrivals).sum();
    double length = open.segments().stream().mapToDouble(RateSegment::seconds).sum();
    int blocks = study.blocks();
    var runs =
        new FlowRuns(
            plan.withoutStop(),
            arrivals / length,
            study.seconds(),
            options.separatingFlows(),
            live);
    List<String> flows =
        plan.journeys().stream().filter(j -> j.share() > 0).map(Journey::name).toList();
    var measured = new HashMap<Condition, Map<String, Measured>>();
    var order = new Random(options.seed());
    int all = blocks * Interference.conditions(flows).size();
    for (int block = 0; block < blocks; block++) {
      var conditions = new ArrayList<>(Interference.conditions(flows));
      Collections.shuffle(conditions, order);
      for (Set<String> together : conditions) {
        if (runs.isStopped()) {
          break;
        }
        listener.begins(together, measured.size(), all, study.seconds());
        measured.put(new Condition(together, block), runs.measure(together));
      }
    }
    return new Compared(
        Interference.of(flows, blocks, measured, runs.companies(flows)),
        Objects.requireNonNull(runs.last));
  }

  /**
   * What was found, and the run of all flows together that came last.
   *
   * @param together for all that a single run is told by
   */
  public record Compared(Interference matrix, LoadResult together) {}

  /** Is told how far the runs are. */
  @FunctionalInterface
  public interface Listener {
    /**
     * @param seconds that each run takes
     */
    void begins(Set<String> together, int done, int all, int seconds);
  }

  /** Whether somebody ended the last run: the rest would be of no use to anybody. */
  private boolean isStopped() {
    return last != null && last.stoppedBecause().isPresent();
  }

  /** Each company's requests of all blocks, judged. */
  private List<Interference.Company> companies(List<String> flows) {
    var companies = new ArrayList<Interference.Company>();
    for (Set<String> together : Interference.conditions(flows)) {
      Interval sum = intervals.get(together);
      if (sum != null) {
        companies.add(
            new Interference.Company(
                together,
                rate(together),
                Judgement.of(plan.objectives(), steps, sum),
                times.getOrDefault(together, List.of())));
      }
    }
    return companies;
  }

  private double rate(Set<String> together) {
    double shares = plan.journeys().stream().mapToDouble(Journey::share).sum();
    double present =
        plan.journeys().stream()
            .filter(journey -> together.contains(journey.name()))
            .mapToDouble(Journey::share)
            .sum();
    return ratePerSecond * present / shares;
  }

  private Map<String, Measured> measure(Set<String> together) throws TargetUnusableException {
    List<Journey> journeys = new ArrayList<>();
    for (Journey journey : plan.journeys()) {
      boolean runs = together.contains(journey.name());
      journeys.add(new Journey(journey.name(), journey.steps(), runs ? journey.share() : 0));
    }
    Profile.Open open = (Profile.Open) plan.profile();
    var load = new RateSegment.Steady(rate(together), seconds);
    Plan part =
        plan.withJourneys(journeys).withProfile(new Profile.Open(List.of(load), open.spacing()));
    try (LoadRun run = LoadEngine.start(part, options, live)) {
      LoadResult result = run.await();
      steps = run.steps();
      Interval interval = run.between(Math.ceil(WARM_UP_SHARE * seconds), seconds);
      times
          .computeIfAbsent(Set.copyOf(together), flows -> new ArrayList<>())
          .add(new Interference.Span(result.startedAt(), result.startedAt().plusSeconds(seconds)));
      intervals.merge(Set.copyOf(together), interval, Interval::plus);
      keep(result, together);
      return read(run.steps(), interval, together);
    }
  }

  /** The run with the most company stands for all; what is doubtful about any is about all. */
  private void keep(LoadResult result, Set<String> together) {
    boolean largest = together.size() >= mostTogether;
    LoadResult before = last;
    if (before == null) {
      last = result;
    } else if (largest || result.stoppedBecause().isPresent()) {
      last = result.doubted(before.invalidBecause());
    } else {
      last = before.doubted(result.invalidBecause());
    }
    mostTogether = Math.max(mostTogether, together.size());
  }

  /** What the requests of each flow took. */
  static Map<String, Measured> read(List<StepKey> steps, Interval interval, Set<String> together) {
    var measured = new HashMap<String, Measured>();
    for (String flow : together) {
      var all = new Cell();
      for (int i = 0; i < steps.size(); i++) {
        Cell cell = interval.response(i);
        if (cell != null && steps.get(i).isOf(flow)) {
          all.merge(cell);
        }
      }
      if (all.count() > 0) {
        measured.put(
            flow,
            new Measured(
                all.quantile(0.5).orElseThrow(),
                all.quantile(0.99).orElseThrow(),
                (double) all.errors() / all.count()));
      }
    }
    return measured;
  }
}
