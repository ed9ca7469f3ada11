package headroom.regime;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something that takes another time than it did minutes or hours ago, at equal load.
 *
 * @param part what, such as {@code its statement SELECT 1}; empty for all of an operation
 * @param since when it began, with a 90 % interval
 * @param ratio to the time before, with a 90 % interval
 * @param response what the median of the operation's responses did then, as a ratio; empty where
 *     that is not known
 * @param z deviations from nothing
 * @param certain whether it is large, sure and shown by something else too
 * @param deploy the version that came then; empty when none did
 * @param shownBy what else shows it, in words
 * @param doubts why it is only watched, in words
 */
public record RegimeChange(
    String service,
    String operation,
    String part,
    Since since,
    Ratio ratio,
    Optional<Ratio> response,
    double z,
    boolean certain,
    Optional<String> deploy,
    List<String> shownBy,
    List<String> doubts) {
  private static final double LARGE = Math.log(1.2);
  private static final double NOTICED = Math.log(1.05);

  public RegimeChange {
    shownBy = List.copyOf(shownBy);
    doubts = List.copyOf(doubts);
  }

  /** When it began. */
  public record Since(Instant low, Instant likeliest, Instant high) {}

  /** A ratio with its 90 % interval. */
  public record Ratio(double ratio, double low, double high) {
    private static final double NINETY_PERCENT = 1.645;

    static Ratio of(Step step) {
      double spread = NINETY_PERCENT * step.sd();
      return new Ratio(
          Math.exp(step.size()), Math.exp(step.size() - spread), Math.exp(step.size() + spread));
    }
  }

  /** Whether it matters for what a system can take, and not for a small part of it only. */
  boolean movesWalls() {
    return certain
        && (Math.abs(Math.log(ratio.ratio)) >= LARGE
            || response.filter(moved -> Math.abs(Math.log(moved.ratio)) >= NOTICED).isPresent());
  }

  public boolean isSlower() {
    return ratio.ratio > 1;
  }
}
