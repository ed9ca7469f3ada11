package headroom.drift;

import java.time.Instant;
import java.util.List;

/**
 * Something that became slower at equal load and stayed so.
 *
 * @param quantile the one that shows it best
 * @param hoursADay of a nightly one, 0 for the others
 * @param paged whether it is certain, large and shown by something else too; otherwise to be
 *     watched
 * @param alsoSlower other operations that are part of it, as {@code service operation}
 * @param shownBy what else shows it, in words
 * @param doubts why it is only watched, in words
 * @param causes likeliest first, "none of these" among them
 * @param smallestVisible the smallest step, as a ratio, that would be found in this series within a
 *     day
 * @param chart what neither load nor the hour of the day explains, as a ratio, by hour
 */
public record Drift(
    String service,
    String operation,
    double quantile,
    Shape shape,
    int hoursADay,
    boolean paged,
    Onset onset,
    Size size,
    double z,
    Attribution attribution,
    List<String> alsoSlower,
    List<String> shownBy,
    List<String> doubts,
    List<Suspicion> causes,
    double smallestVisible,
    List<Point> chart) {
  public Drift {
    alsoSlower = List.copyOf(alsoSlower);
    shownBy = List.copyOf(shownBy);
    doubts = List.copyOf(doubts);
    causes = List.copyOf(causes);
    chart = List.copyOf(chart);
  }

  /** The course that a drift took. */
  public enum Shape {
    /** At once, and it stayed. */
    STEP,
    /** More from hour to hour. */
    RAMP,
    /** In the same hours of each day. */
    NIGHTLY
  }

  /** When it began, with a 90 % interval. */
  public record Onset(Instant low, Instant likeliest, Instant high) {}

  /** What latency is multiplied by, with a 90 % interval. */
  public record Size(double ratio, double low, double high) {}

  /**
   * How the difference between the last week before the onset and the time since divides, as
   * logarithms of ratios that add up: what goes with load and the hour of the day, what goes with
   * the operation's share of the load, and what is left.
   */
  public record Attribution(double load, double mix, double drift) {}

  /** A ratio to what is usual in the hour that starts at {@code at}. */
  public record Point(Instant at, double ratio) {}

  /**
   * A possible cause.
   *
   * @param kind such as {@code deploy}; {@code none} for none of those that are known
   * @param probability 0..1, over all of them 1
   * @param terms what speaks for and against it
   */
  public record Suspicion(String kind, String what, double probability, List<Term> terms) {
    public Suspicion {
      terms = List.copyOf(terms);
    }
  }

  /**
   * A piece of evidence.
   *
   * @param logOdds positive when it speaks for the cause; at most 3 either way
   */
  public record Term(String says, double logOdds) {}
}
