package headroom.cli.demo;

import headroom.ledger.Prediction;
import headroom.load.engine.LiveSnapshot;
import headroom.load.engine.LoadEngine;
import headroom.load.engine.LoadListener;
import headroom.load.engine.LoadOptions;
import headroom.load.engine.LoadRun;
import headroom.load.network.TargetUnusableException;
import headroom.model.Event;
import headroom.model.Station;
import headroom.plan.RateSegment;
import headroom.requests.UserRequests;
import headroom.rollup.Cell;
import headroom.rollup.Resolution;
import headroom.server.HeadroomServer;
import headroom.store.History;
import headroom.store.RollupStore;
import headroom.wall.Estimate;
import headroom.wall.Objective;
import headroom.wall.Wall;
import headroom.wall.WallPredictor;
import headroom.wall.Walls;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The main job once through: watch a service at a fraction of its limit, predict its wall, then
 * grow the load until it breaks, and lay prediction and measurement side by side.
 *
 * <p>The growth is fixed before the prediction is made and does not look at it.
 */
public final class Demo {
  private static final Duration WARM_UP = Duration.ofSeconds(25);

  /** The agent exports every five seconds and traces stay open a little: then all is in. */
  private static final Duration REST_OF_TELEMETRY = Duration.ofSeconds(12);

  static final String NO_STATION = "no station that reports itself";
  private static final Objective OBJECTIVE = Objective.DEFAULT;
  private static final Duration LATEST_METRICS = Duration.ofSeconds(6);

  private final Settings settings;
  private final HeadroomServer server;
  private final RollupStore store;
  private final InstantSource clock;
  private final Narrator narrator;
  private final Tape tape;

  /**
   * How a demo is run.
   *
   * @param seed fixes arrivals and users
   * @param watchSeconds how long to watch before predicting
   * @param watchedPerSecond the highest load while watching, requests per second
   */
  public record Settings(long seed, int watchSeconds, double watchedPerSecond) {
    public Settings {
      if (watchSeconds < 120 || watchSeconds > 3_600) {
        throw new IllegalArgumentException(
            "watching must take 120 to 3600 seconds, got " + watchSeconds);
      }
      if (!(watchedPerSecond > 0)) {
        throw new IllegalArgumentException(
            "the watched load must be > 0 requests/s, got " + watchedPerSecond);
      }
    }
  }

  /** The demo could not be brought to its end; the message says why. */
  public static final class Interrupted extends Exception {
    private static final long serialVersionUID = 1L;

    Interrupted(String message) {
      super(message);
    }
  }

  public Demo(
      Settings settings,
      HeadroomServer server,
      RollupStore store,
      InstantSource clock,
      Narrator narrator,
      Tape tape) {
    this.settings = settings;
    this.server = server;
    this.store = store;
    this.clock = clock;
    this.narrator = narrator;
    this.tape = tape;
  }

  /** Runs it against the wallet at this address. */
  public DemoResult run(URI wallet)
      throws Interrupted, TargetUnusableException, InterruptedException {
    Walls walls = watch(wallet);
    Wall first = firstToBreak(walls);
    Estimate predicted = first.multiple();
    Walls.Load load = walls.load();
    if (predicted == null || load == null) {
      throw new Interrupted("no wall could be predicted from what was seen");
    }
    Prediction.of(walls, clock.instant()).forEach(said -> store.record(said.event()));
    tell(first, predicted, load);
    Measured broken = grow(wallet);
    var result =
        new DemoResult(
            settings.seed(),
            load.peakPerSecond(),
            settings.watchSeconds(),
            first.station().text(),
            predicted,
            broken.station(),
            broken.perSecond());
    store.record(
        new Event(
            "outcome",
            clock.instant(),
            "wallet",
            Map.of(
                "station", broken.station().equals(NO_STATION) ? "" : broken.station(),
                "multiple", String.valueOf(result.measuredMultiple()),
                "perSecond", String.valueOf(broken.perSecond()))));
    return result;
  }

  private Walls watch(URI wallet)
      throws Interrupted, TargetUnusableException, InterruptedException {
    List<RateSegment> segments = new ArrayList<>();
    segments.add(
        new RateSegment.Steady(
            0.5 * settings.watchedPerSecond() / WalletLoad.REQUESTS_PER_JOURNEY,
            WARM_UP.toSeconds()));
    segments.addAll(WalletLoad.watch(settings.watchedPerSecond(), settings.watchSeconds()));
    segments.add(
        new RateSegment.Steady(
            settings.watchedPerSecond() / WalletLoad.REQUESTS_PER_JOURNEY,
            REST_OF_TELEMETRY.toSeconds()));
    double total = segments.stream().mapToDouble(RateSegment::seconds).sum();
    try (LoadRun run =
        LoadEngine.start(
            WalletLoad.plan(wallet, segments),
            LoadOptions.seed(settings.seed()),
            progressOf("watching", total))) {
      Instant began = clock.instant();
      if (run.awaitElapsed((double) WARM_UP.toSeconds())) {
        tape.begin();
      }
      var unused = run.awaitElapsed(total);
      tape.end();
      server.flush();
      Instant from = began.plus(WARM_UP);
      return WallPredictor.predict(
          UserRequests.of(history(from, from.plusSeconds(settings.watchSeconds()))).history(),
          OBJECTIVE,
          new SplittableRandom(settings.seed()));
    }
  }

  private LoadListener progressOf(String part, double totalSeconds) {
    return now ->
        narrator.progress(part, Math.clamp(now.elapsedSeconds() / totalSeconds, 0, 1), live(now));
  }

  private static String live(LiveSnapshot now) {
    Cell all = new Cell();
    now.window().values().forEach(all::merge);
    double perSecond = now.windowSeconds() > 0 ? all.count() / now.windowSeconds() : 0;
    return "%5.1f requests/s, p99 %s, %d errors"
        .formatted(perSecond, millis(all.quantile(OBJECTIVE.quantile())), now.errors());
  }

  private static String millis(OptionalDouble seconds) {
    return seconds.isPresent() ? "%.0f ms".formatted(seconds.getAsDouble() * 1e3) : "-";
  }

  private Wall firstToBreak(Walls walls) throws Interrupted {
    return walls.walls().stream()
        .filter(wall -> wall.multiple() != null)
        .findFirst()
        .orElseThrow(() ->
            new Interrupted(
                "%d stations were seen, but none well enough to predict its wall"
                    .formatted(walls.walls().size())));
  }

  private void tell(Wall first, Estimate predicted, Walls.Load load) {
    narrator.say(
        "predicted: %s breaks first, at %.2fx (%.2f to %.2f) of the peak of %.1f requests/s: %s"
            .formatted(
                first.station().text(),
                predicted.median(),
                predicted.low(),
                predicted.high(),
                load.peakPerSecond(),
                first.breaks()));
    for (Wall.Cause cause : first.because().stream().limit(4).toList()) {
      narrator.say("           %3.0f %% %s".formatted(100 * cause.share(), cause.name()));
    }
  }

  /** Where it broke, and which station was full then. */
  private record Measured(double perSecond, String station) {}

  private Measured grow(URI wallet)
      throws Interrupted, TargetUnusableException, InterruptedException {
    double watched = settings.watchedPerSecond();
    var beginning = new RateSegment.Steady(watched / WalletLoad.REQUESTS_PER_JOURNEY, 5);
    try (LoadRun run =
        LoadEngine.start(
            WalletLoad.plan(wallet, List.of(beginning)),
            LoadOptions.seed(settings.seed() + 1).extendableProfile(),
            LoadListener.none())) {
      LoadGrowth.Break broken = new LoadGrowth(run, OBJECTIVE, narrator).from(watched);
      run.append(beginning);
      Thread.sleep(LATEST_METRICS.toMillis());
      server.flush();
      History failing = history(at(run, broken.from()), at(run, broken.to()));
      String station =
          SaturatedStation.during(failing, OBJECTIVE).map(Station::text).orElse(NO_STATION);
      return new Measured(broken.perSecond(), station);
    }
  }

  private static Instant at(LoadRun run, double seconds) {
    return run.startedAt().plusMillis(Math.round(1e3 * seconds));
  }

  private History history(Instant from, Instant to) {
    return store.history(Resolution.TEN_SECONDS, nextWindow(from), nextWindow(to), Set.of());
  }

  private static Instant nextWindow(Instant at) {
    int width = Resolution.TEN_SECONDS.seconds();
    return Instant.ofEpochSecond(Math.ceilDiv(at.getEpochSecond(), width) * width);
  }
}
