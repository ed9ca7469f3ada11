package headroom.cli.prove;

import headroom.cli.terminal.UserError;
import headroom.plan.Plan;
import headroom.plan.Profile;
import headroom.plan.RateSegment;
import headroom.plan.quantity.Quantities;
import headroom.wall.Objective;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how a service is watched and how far it is loaded. */
final class ProveOptions {
  private static final Duration SHORTEST_WATCH = Duration.ofMinutes(2);
  private static final Duration USUAL_PLATEAU = Duration.ofSeconds(60);

  @Option(
      names = "--watch",
      paramLabel = "TIME",
      defaultValue = "10m",
      description = "how long to watch before predicting, 2m to 60m (default: 10m)")
  private String watch;

  @Option(
      names = "--warm-up",
      paramLabel = "TIME",
      defaultValue = "25s",
      description = "load before that, which is not predicted from (default: 25s)")
  private String warmUp;

  @Option(
      names = "--rate",
      paramLabel = "RATE",
      description =
          "the highest load while watching, in journeys: 5/s (default: the highest of the plan's"
              + " profile); a third of the limit or less is best")
  private @Nullable String rate;

  @Option(
      names = "--p99",
      paramLabel = "TIME",
      description = "what p99 may be (default: the plan's objective, else 500ms)")
  private @Nullable String p99;

  @Option(
      names = "--errors",
      paramLabel = "SHARE",
      description = "which share of requests may fail (default: the plan's objective, else 1%%)")
  private @Nullable String errors;

  @Option(
      names = "--most",
      paramLabel = "RATE",
      defaultValue = "2000/s",
      description = "requests per second that are never exceeded (default: 2000/s)")
  private String most;

  @Option(
      names = "--longest",
      paramLabel = "TIME",
      defaultValue = "60m",
      description = "how long the growth of load may take (default: 60m)")
  private String longest;

  @Option(
      names = "--plateau",
      paramLabel = "TIME",
      description =
          "measure thoroughly: hold loads around the wall for so long each (60s when only --repeat"
              + " is given)")
  private @Nullable String plateau;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      description = "how often each of them, in shuffled order (3 when only --plateau is given)")
  private @Nullable Integer repeat;

  @Option(
      names = "--service",
      paramLabel = "NAME",
      description = "under which the outcome is kept (default: the target's address)")
  private @Nullable String service;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "fixes arrivals, users and the order of plateaus (default: 1)")
  private long seed;

  /** All of them, checked, with what the plan says where they say nothing. */
  Proof.Settings settings(Plan plan) {
    requireUsable(plan);
    Duration watched = duration("--watch", watch);
    if (watched.compareTo(SHORTEST_WATCH) < 0) {
      throw new UserError(
          "--watch must be at least 2m, got " + watch, "Ten minutes tell much more than two.");
    }
    String name = service == null ? String.valueOf(plan.target().getRawAuthority()) : service;
    return checked(() ->
        new Proof.Settings(
            name,
            plan,
            WatchWave.of(journeysPerSecond(plan), watched.toSeconds()),
            duration("--warm-up", warmUp),
            objective(plan),
            new Bounds(
                parsed("--most", () -> Quantities.rate(most)), duration("--longest", longest)),
            repeated(),
            seed));
  }

  private static void requireUsable(Plan plan) {
    if (!plan.hasRequests() || plan.hasStatements() || plan.hasTexts() || plan.hasStreams()) {
      throw new UserError(
          "only a plan of requests can be proved: statements, plain TCP and streams are no"
              + " operations of the service that answer",
          "Leave those journeys out, with a plan of their own.");
    }
    if (!plan.faults().isEmpty() || !plan.data().isEmpty()) {
      throw new UserError(
          "the plan injects faults or grows data, which would break the service before load does",
          "Take `faults:` and `data:` out of it.");
    }
  }

  private double journeysPerSecond(Plan plan) {
    String given = rate;
    if (given != null) {
      return parsed("--rate", () -> Quantities.rate(given));
    }
    return switch (plan.profile()) {
      case Profile.Open open ->
          open.segments().stream().mapToDouble(RateSegment::maxRatePerSecond).max().orElse(0);
      case Profile.Closed closed ->
          throw new UserError(
              "the plan has %d users in a closed loop, which says nothing about arrivals"
                  .formatted(closed.users()),
              "Say how many journeys arrive at today's peak, such as --rate 5/s.");
    };
  }

  private Objective objective(Plan plan) {
    Objective usual = Objective.DEFAULT;
    double quantile = usual.quantile();
    double seconds = usual.seconds();
    double share = usual.errorShare();
    boolean found = false;
    for (headroom.plan.Objective one : plan.objectives()) {
      switch (one) {
        case headroom.plan.Objective.Latency latency -> {
          if (!found || latency.name().equals("p99")) {
            quantile = latency.quantile();
            seconds = latency.limitSeconds();
          }
          found = true;
        }
        case headroom.plan.Objective.Errors limit ->
            share = limit.limitShare() > 0 ? limit.limitShare() : share;
      }
    }
    if (p99 != null) {
      quantile = 0.99;
      seconds = duration("--p99", p99).toNanos() / 1e9;
    }
    String given = errors;
    if (given != null) {
      share = parsed("--errors", () -> Quantities.share(given));
    }
    return new Objective(quantile, seconds, share);
  }

  private Optional<Proof.Repeated> repeated() {
    if (plateau == null && repeat == null) {
      return Optional.empty();
    }
    Duration each = plateau == null ? USUAL_PLATEAU : duration("--plateau", plateau);
    return Optional.of(new Proof.Repeated((int) each.toSeconds(), repeat == null ? 3 : repeat));
  }

  private static Duration duration(String option, String text) {
    return parsed(option, () -> Quantities.duration(text));
  }

  private static <T> T parsed(String option, Supplier<T> reader) {
    try {
      return reader.get();
    } catch (IllegalArgumentException e) {
      throw new UserError(option + ": " + e.getMessage(), "See `headroom prove --help`.");
    }
  }

  private static <T> T checked(Supplier<T> settings) {
    try {
      return settings.get();
    } catch (IllegalArgumentException e) {
      throw new UserError(String.valueOf(e.getMessage()), "See `headroom prove --help`.");
    }
  }
}
