package headroom.score;

import headroom.detect.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A change for the worse that is known of a recorded system, beside the drift that was found.
 *
 * @param recording its name
 * @param onset when it really began
 * @param errorHours of the drift that was found nearest to it, with its sign; infinite for none
 * @param covered whether that one's interval holds the true onset
 */
public record RecordedChange(String recording, Instant onset, double errorHours, boolean covered) {
  /** What is found to begin farther from it is something else. */
  private static final double NEAR_HOURS = 72;

  /**
   * Looks for it among what was found.
   *
   * @param operation that became slower; empty for any
   */
  public static RecordedChange of(
      String recording, Instant onset, String operation, List<Finding> findings) {
    Optional<Finding.Onset> nearest =
        findings.stream()
            .filter(finding -> finding.kind() == Finding.Kind.DRIFT)
            .filter(finding -> finding.subject().endsWith(operation))
            .flatMap(finding -> Optional.ofNullable(finding.onset()).stream())
            .filter(found -> Math.abs(hours(onset, found)) <= NEAR_HOURS)
            .min(Comparator.comparingDouble(found -> Math.abs(hours(onset, found))));
    return new RecordedChange(
        recording,
        onset,
        nearest.map(found -> hours(onset, found)).orElse(Double.POSITIVE_INFINITY),
        nearest
            .map(found -> !onset.isBefore(found.low()) && !onset.isAfter(found.high()))
            .orElse(false));
  }

  private static double hours(Instant onset, Finding.Onset found) {
    return Duration.between(onset, found.median()).toSeconds() / 3_600.0;
  }

  boolean isFound() {
    return Double.isFinite(errorHours);
  }
}
