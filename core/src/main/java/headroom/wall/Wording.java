package headroom.wall;

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
      case BACKLOG -> "work arrives faster than it is done: the backlog grows without end";
      case LIMIT -> "the server refuses further connections";
    };
  }

  private static String what(StationUse use) {
    return switch (use.kind()) {
      case POOL -> "a connection";
      case EXECUTOR -> "a thread";
      case CPU, DATABASE, QUEUE, PARTITION, CACHE, MEMORY, DISK, OBJECTIVE -> "a turn";
    };
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
