package headroom.score;

import headroom.drift.Drift;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * A planted drift as it was found, or not.
 *
 * @param delayHours from when it had the size of the smallest that is examined; a ramp may be found
 *     earlier than that
 * @param onsetError in hours, with its sign; infinite when nothing was found
 */
record Detection(double delayHours, double onsetError, boolean covered, String what) {
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "drift found after %6.1f h, onset off by %6.1f h %s %s",
        delayHours,
        onsetError,
        covered ? "  " : "! ",
        what);
  }

  /** Looks again and again, so many hours after it began, until it is found. */
  static Detection followed(
      WeeksCase one, double start, double due, int earliest, int longest, IntUnaryOperator pause) {
    int latest = (int) Math.min(longest, WeeksScenarios.WEEKS * 168 - start);
    for (int after = earliest; after <= latest; after += pause.applyAsInt(after)) {
      Optional<Detection> found = look(one, due, Math.ceil(start) + after);
      if (found.isPresent()) {
        return found.get();
      }
    }
    return new Detection(
        Double.POSITIVE_INFINITY,
        Double.POSITIVE_INFINITY,
        false,
        one.truth().affected().toString());
  }

  private static Optional<Detection> look(WeeksCase one, double due, double hour) {
    return one.planted(one.at(hour).stream().filter(Drift::paged).toList())
        .map(drift -> {
          var onset = one.truth().onset();
          double error = Duration.between(onset, drift.onset().likeliest()).toSeconds() / 3_600.0;
          boolean covered =
              !onset.isBefore(drift.onset().low()) && !onset.isAfter(drift.onset().high());
          return new Detection(
              hour - due,
              error,
              covered,
              String.format(
                  Locale.ROOT,
                  "%s %s %s %.3f z %.1f",
                  drift.service(),
                  drift.operation(),
                  drift.shape(),
                  drift.size().ratio(),
                  drift.z()));
        });
  }
}
