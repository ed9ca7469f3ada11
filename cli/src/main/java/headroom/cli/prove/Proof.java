package headroom.cli.prove;

import headroom.analysis.StationUses;
import headroom.cli.terminal.NumberText;
import headroom.ledger.Prediction;
import headroom.load.engine.LoadEngine;
import headroom.load.engine.LoadListener;
import headroom.load.engine.LoadOptions;
import headroom.load.engine.LoadRun;
import headroom.load.network.TargetUnusableException;
import headroom.model.Event;
import headroom.model.Station;
import headroom.plan.Plan;
import headroom.plan.RateSegment;
import headroom.wall.Estimate;
import headroom.wall.Objective;
import headroom.wall.Wall;
import headroom.wall.Walls;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/**
 * The main job once through: watch a service at a fraction of its limit, predict its wall, then
 * grow the load until it breaks, and lay prediction and measurement side by side.
 *
 * <p>How load grows is fixed before the prediction is made and does not look at it.
 */
public final class Proof {
  private static final Duration LATEST_METRICS = Duration.ofSeconds(6);

  /** Seconds at the low load before growth begins. */
  private static final double BEGINNING_SECONDS = 5;

  /** A failing load so far above the wall still tells what was full there. */
  private static final double NEAR_THE_WALL = 1.2;

  private final Settings settings;
  private final Observatory observatory;
  private final InstantSource clock;
  private final Narrator narrator;
  private final Tape tape;

  /**
   * How a proof is run.
   *
   * @param service under which its outcome is kept
   * @param plan journeys and target; its profile is not used
   * @param watch the load while watching, in journeys per second
   * @param warmUp before that
   * @param seed fixes arrivals and users
   * @param repeated long plateaus around the wall that short ones found; empty for short ones only
   */
  public record Settings(
      String service,
      Plan plan,
      List<RateSegment> watch,
      Duration warmUp,
      Objective objective,
      Bounds bounds,
      Optional<Repeated> repeated,
      long seed) {
    public Settings {
      watch = List.copyOf(watch);
      double seconds = seconds(watch);
      if (!(seconds >= 120 && seconds <= 3_600)) {
        throw new IllegalArgumentException(
            "watching must take 120 to 3600 seconds, got %.0f".formatted(seconds));
      }
      if (!(peak(watch) > 0)) {
        throw new IllegalArgumentException("the watched load must be > 0, got " + peak(watch));
      }
    }

    double watchSeconds() {
      return seconds(watch);
    }

    double peakJourneysPerSecond() {
      return peak(watch);
    }

    private static double seconds(List<RateSegment> segments) {
      return segments.stream().mapToDouble(RateSegment::seconds).sum();
    }

    private static double peak(List<RateSegment> segments) {
      return segments.stream().mapToDouble(RateSegment::maxRatePerSecond).max().orElse(0);
    }
  }

  /** Long plateaus. */
  public record Repeated(int plateauSeconds, int times) {
    public Repeated {
      if (plateauSeconds < 20 || plateauSeconds > 600) {
        throw new IllegalArgumentException(
            "a plateau must take 20 to 600 seconds, got " + plateauSeconds);
      }
      if (times < 1 || times > 9) {
        throw new IllegalArgumentException("a plateau is repeated 1 to 9 times, got " + times);
      }
    }
  }

  public Proof(
      Settings settings,
      Observatory observatory,
      InstantSource clock,
      Narrator narrator,
      Tape tape) {
    this.settings = settings;
    this.observatory = observatory;
    this.clock = clock;
    this.narrator = narrator;
    this.tape = tape;
  }

  /** Runs it. */
  public ProofResult run() throws ProofFailed, TargetUnusableException, InterruptedException {
    Watched watched = new Watching(settings, observatory, narrator, tape).watch();
    Walls walls = watched.walls();
    if (walls.load() == null) {
      throw new ProofFailed("no request of a user was seen in the telemetry");
    }
    for (Prediction said : Prediction.of(walls, clock.instant())) {
      observatory.keep(said.event());
    }
    tell(walls, walls.load());
    Grown grown = grow(watched);
    var result =
        new ProofResult(settings, watched, grown.outcome, grown.full, grown.use, grown.plateaus);
    keep(result);
    return result;
  }

  private void tell(Walls walls, Walls.Load load) {
    Optional<Wall> first = ProofResult.first(walls);
    if (first.isEmpty()) {
      narrator.say(
          "predicted: nothing; %d stations were seen, but none well enough"
              .formatted(walls.walls().size()));
      return;
    }
    Estimate predicted = first.get().multiple();
    if (predicted != null) {
      narrator.say(
          NumberText.format(
              "predicted: %s breaks first, at %.2fx (%.2f to %.2f) of the peak of %.1f requests/s:"
                  + " %s",
              first.get().station().text(),
              predicted.median(),
              predicted.low(),
              predicted.high(),
              load.peakPerSecond(),
              first.get().breaks()));
    }
    for (Wall.Cause cause : first.get().because().stream().limit(4).toList()) {
      narrator.say(NumberText.format("           %3.0f %% %s", 100 * cause.share(), cause.name()));
    }
  }

  /** What growing load came to, which station was full then, and how busy each was. */
  private record Grown(
      Outcome outcome, Optional<Station> full, StationUses use, List<Plateau> plateaus) {}

  private Grown grow(Watched watched) throws TargetUnusableException, InterruptedException {
    double low = settings.peakJourneysPerSecond() * watched.requestsPerJourney();
    var beginning = new RateSegment.Steady(low / watched.requestsPerJourney(), BEGINNING_SECONDS);
    try (LoadRun run =
        LoadEngine.start(
            Watching.arriving(settings.plan(), List.of(beginning)),
            LoadOptions.seed(settings.seed() + 1).extendableProfile(),
            LoadListener.none())) {
      var load =
          new GrowingLoad(
              run,
              settings.objective(),
              watched.requestsPerJourney(),
              low,
              settings.bounds(),
              narrator);
      Outcome outcome = measure(load);
      if (!run.isDone()) {
        double unused = run.append(beginning);
      }
      Thread.sleep(LATEST_METRICS.toMillis());
      observatory.catchUp();
      Optional<Plateau> broken = broken(outcome, load.plateaus());
      if (broken.isEmpty()) {
        return new Grown(outcome, Optional.empty(), StationUses.NONE, load.plateaus());
      }
      StationUses use =
          observatory.uses(
              broken.get().from(), broken.get().to(), settings.objective().quantile());
      return new Grown(
          outcome,
          SaturatedStation.among(use, settings.objective()),
          use,
          load.plateaus());
    }
  }

  private Outcome measure(GrowingLoad load) throws InterruptedException {
    try {
      MeasuredWall wall = new LoadGrowth(load, settings.objective()).measure();
      if (settings.repeated().isPresent()) {
        Repeated how = settings.repeated().get();
        wall =
            new RepeatedPlateaus(
                    load,
                    settings.objective(),
                    how.plateauSeconds(),
                    how.times(),
                    new SplittableRandom(settings.seed() + 2))
                .around(wall.perSecond());
      }
      return new Outcome.Reached(wall);
    } catch (GrowthEnded e) {
      List<Plateau> plateaus = load.plateaus();
      OptionalDouble held =
          plateaus.stream()
              .filter(Plateau::held)
              .mapToDouble(one -> one.level().offeredPerSecond())
              .max();
      OptionalDouble failed =
          plateaus.stream()
              .filter(one -> !one.held())
              .mapToDouble(one -> one.level().offeredPerSecond())
              .filter(load1 -> load1 > held.orElse(0))
              .min();
      return new Outcome.NotReached(String.valueOf(e.getMessage()), held, failed);
    }
  }

  /** The failing plateau that tells what was full: the last one near the wall, else the last. */
  private static Optional<Plateau> broken(Outcome outcome, List<Plateau> plateaus) {
    double most =
        switch (outcome) {
          case Outcome.Reached reached -> NEAR_THE_WALL * reached.wall().perSecond();
          case Outcome.NotReached notReached -> Double.POSITIVE_INFINITY;
        };
    List<Plateau> failing = plateaus.stream().filter(one -> !one.held()).toList();
    return failing.stream()
        .filter(one -> one.level().offeredPerSecond() <= most)
        .reduce((earlier, later) -> later)
        .or(() -> failing.stream().reduce((earlier, later) -> later));
  }

  /** For the ledger. */
  private void keep(ProofResult result) throws InterruptedException {
    Map<String, String> attributes = new HashMap<>();
    Objective objective = settings.objective();
    attributes.put("quantile", String.valueOf(objective.quantile()));
    attributes.put("limitSeconds", String.valueOf(objective.seconds()));
    result.station().ifPresent(station -> attributes.put("station", station.text()));
    String kind =
        switch (result.outcome()) {
          case Outcome.Reached reached -> {
            attributes.put("multiple", String.valueOf(result.multiple(reached.wall().perSecond())));
            attributes.put("perSecond", String.valueOf(result.counted(reached.wall().perSecond())));
            yield "outcome";
          }
          case Outcome.NotReached notReached -> {
            notReached
                .held()
                .ifPresent(
                    held -> attributes.put("heldPerSecond", String.valueOf(result.counted(held))));
            yield "test";
          }
        };
    attributes.putIfAbsent("station", "");
    observatory.keep(new Event(kind, now(), settings.service(), attributes));
  }

  private Instant now() {
    return clock.instant();
  }
}
