package headroom.plan;

import java.time.Duration;

/** Ends a run early when at least this share of requests has failed for so long. */
public record StopRule(double errorShare, Duration window) {
  public StopRule {
    if (!(errorShare > 0 && errorShare <= 1)) {
      throw new IllegalArgumentException("errorShare must be within 0..1, got " + errorShare);
    }
    if (window.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("window must be at least 1 s, got " + window);
    }
  }
}
