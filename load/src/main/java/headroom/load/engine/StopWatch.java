package headroom.load.engine;

import headroom.plan.StopRule;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Watches a stop rule from snapshot to snapshot. */
final class StopWatch {
  private final @Nullable StopRule rule;
  private final ArrayDeque<LiveSnapshot> window = new ArrayDeque<>();

  StopWatch(Optional<StopRule> rule) {
    this.rule = rule.orElse(null);
  }

  /** Why the run should stop, null while it need not. */
  @Nullable String reason(LiveSnapshot now) {
    if (rule == null) {
      return null;
    }
    window.addLast(now);
    double seconds = rule.window().toMillis() / 1e3;
    // Keep one snapshot at or beyond the far end of the window.
    while (window.size() > 2 && age(now, second()) >= seconds - 0.01) {
      window.removeFirst();
    }
    LiveSnapshot then = window.getFirst();
    if (age(now, then) < seconds - 0.01) {
      return null;
    }
    long errors = now.errors() - then.errors();
    long completed = now.completed() - then.completed();
    double share = (double) errors / Math.max(1, completed);
    return share >= rule.errorShare()
        ? "%.1f %% of requests failed for %.0f s, the limit is %.1f %%"
            .formatted(share * 100, seconds, rule.errorShare() * 100)
        : null;
  }

  private LiveSnapshot second() {
    var each = window.iterator();
    each.next();
    return each.next();
  }

  private static double age(LiveSnapshot now, LiveSnapshot then) {
    return now.elapsedSeconds() - then.elapsedSeconds();
  }
}
