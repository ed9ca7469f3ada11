package headroom.wall;

import static headroom.wall.belief.Limits.IDLEST;
import static headroom.wall.belief.Limits.IDLE_FULL;

import headroom.model.StationKind;
import headroom.wall.evidence.Backtest;
import headroom.wall.evidence.Jobs;
import headroom.wall.evidence.StationUse;
import headroom.wall.evidence.Traffic;
import java.util.List;
import java.util.Locale;

/** What breaks, in words. */
final class Wording {
  private Wording() {}

  static String breaks(StationUse use, Objective objective) {
    String limit =
        "the objective of %s at p%s"
            .formatted(duration(objective.seconds()), percentile(objective));
    return switch (use.discipline()) {
      case WAIT -> "responses wait for %s longer than %s".formatted(what(use), limit);
      case SHARE -> "responses share the processors until they take longer than " + limit;
      case BACKLOG -> backlog(use);
      case LIMIT -> "the server refuses further connections";
    };
  }

  private static String backlog(StationUse use) {
    return use.kind() == StationKind.PARTITION
        ? "work arrives faster than one consumer does it: more partitions or other keys help, more"
            + " consumers do not"
        : "work arrives faster than it is done: the backlog grows without end";
  }

  /** Where a server that nobody reports is likely to break before the station. */
  static String breaksHidden(Objective objective) {
    return "something that reports nothing, such as a lock, fills up before it, and responses take"
        + " longer"
        + " than the objective of %s at p%s"
            .formatted(duration(objective.seconds()), percentile(objective));
  }

  private static String what(StationUse use) {
    return switch (use.kind()) {
      case POOL -> "a connection";
      case THREADS, EXECUTOR -> "a thread";
      case CPU, CONNECTIONS, QUEUE, PARTITION, CACHE, MEMORY, DISK, OBJECTIVE -> "a turn";
    };
  }

  static String outsideStatements(double share) {
    return String.format(
        Locale.ROOT,
        "%.0f %% of the time that connections are held is not in statements: work is done while"
            + " holding a connection",
        100 * share);
  }

  static String heldByNobodyKnown(double share) {
    return String.format(
        Locale.ROOT,
        "%.0f %% of the time that connections are held is by nothing that traces or requests tell"
            + " of",
        100 * share);
  }

  static String tooIdle(double utilization) {
    return String.format(
        Locale.ROOT,
        "%.1f %% busy at the peak is too little to scale up: it is full beyond %.0f times the peak",
        100 * utilization,
        Math.floor(IDLE_FULL / Math.max(utilization, IDLEST)));
  }

  static String besideJobs(
      Jobs.Beside beside, List<String> names, double chance, double with, double without) {
    String seen =
        String.format(
            Locale.ROOT,
            "for %.0f %% of the time something else than the traffic runs%s, at up to %.0f %% of"
                + " the peak",
            Math.max(1, 100 * beside.shareOfTime()),
            names.isEmpty() ? "" : " (" + String.join(", ", names) + ")",
            100 * beside.shareOfPeak());
    return chance >= 0.5
        ? String.format(
            Locale.ROOT,
            "%s: the wall is that of such a time, %.2fx; without it %.2fx",
            seen,
            with,
            without)
        : String.format(
            Locale.ROOT,
            "%s: with a chance of %.0f %% the wall is that of such a time; without it %.2fx",
            seen,
            100 * chance,
            without);
  }

  static String refuted(double told, double held) {
    return String.format(
        Locale.ROOT,
        "stations alone would put the wall at %.2fx, but the objective was seen to hold at %.2fx",
        told,
        held);
  }

  static String unexplainedGrowth(double share) {
    return String.format(
        Locale.ROOT,
        "responses take %.1f %% longer at the peak than without load, beyond what the stations that"
            + " report explain",
        100 * share);
  }

  static String unreportedPool(String service, double held) {
    return String.format(
        Locale.ROOT,
        "%.2g connections of %s to its database are held in the mean, and nothing reports how many"
            + " there are",
        held,
        service);
  }

  static String unreportedPeer(String peer, double share) {
    return String.format(
        Locale.ROOT,
        "calls to %s are %.0f %% of the response time, and nothing reports what it can take",
        peer,
        100 * Math.min(1, share));
  }

  static String tie(double chance) {
    return String.format(
        Locale.ROOT,
        "too close to call: with a chance of %.0f %% the first to break",
        100 * chance);
  }

  static String earlier(String operation, double multiple, Objective objective) {
    return String.format(
        Locale.ROOT,
        "%s alone passes %s at p%s at %.1f times the peak",
        operation,
        duration(objective.seconds()),
        percentile(objective),
        multiple);
  }

  static String backtest(Backtest test, Traffic traffic) {
    double days = traffic.spanSeconds() / 86_400;
    return String.format(
        Locale.ROOT,
        "its use in the busiest tenth of the last %s was foretold from the rest to within %.0f %%",
        days >= 2
            ? String.format(Locale.ROOT, "%.0f days", days)
            : days > 1.0 / 12
                ? String.format(Locale.ROOT, "%.0f hours", 24 * days)
                : String.format(Locale.ROOT, "%.0f minutes", 1440 * days),
        Math.max(1, 100 * Math.abs(Math.exp(test.error()) - 1)));
  }

  static String shortHistory(Traffic traffic, double wider) {
    return String.format(
        Locale.ROOT,
        "%.1f minutes of %d-second rows: the interval is %.1f times as wide as days would give",
        traffic.spanSeconds() / 60,
        traffic.windowSeconds(),
        Math.max(1, wider));
  }

  static String duration(double seconds) {
    return seconds < 1
        ? String.format(Locale.ROOT, "%.0f ms", seconds * 1_000)
        : String.format(Locale.ROOT, "%.3g s", seconds);
  }

  private static String percentile(Objective objective) {
    double percent = objective.quantile() * 100;
    return percent == Math.rint(percent)
        ? String.format(Locale.ROOT, "%.0f", percent)
        : String.format(Locale.ROOT, "%s", percent);
  }
}
