package headroom.load.arrival;

import headroom.plan.RateSegment;
import headroom.plan.Spacing;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;

/**
 * Walks the intended starts of a schedule in order. Segments may be appended while walking; what
 * has been returned never changes by it.
 *
 * <p>Not safe for use by several threads.
 */
public final class ArrivalCursor {
  /** What {@link #nextNanos} returns where the present segments hold no further arrival. */
  public static final long END = Long.MAX_VALUE;

  private static final double NANOS = 1e9;

  private final Spacing spacing;
  private final SplittableRandom random;
  private final Deque<RateSegment> ahead = new ArrayDeque<>();

  /** Of the segment at the head of {@link #ahead}: {@code Λ} and time at its start. */
  private double arrivalsBefore;

  private double secondsBefore;
  private double secondsAppended;

  /** The value of {@code Λ} at which the next arrival lies. */
  private double target;

  private long index;
  private long lastNanos;

  ArrivalCursor(Spacing spacing, long seed) {
    this.spacing = spacing;
    this.random = new SplittableRandom(seed);
    this.target = spacing == Spacing.UNIFORM ? 0.5 : exponential();
  }

  /** Adds a segment after the last one. */
  public void append(RateSegment segment) {
    ahead.add(segment);
    secondsAppended += segment.seconds();
  }

  /** When the last appended segment ends, in seconds since the start of the schedule. */
  public double endSeconds() {
    return secondsAppended;
  }

  /** How many arrivals have been returned. */
  public long index() {
    return index;
  }

  /**
   * The next intended start in nanoseconds since the start of the schedule, or {@link #END} when
   * there is none until a segment is appended.
   */
  public long nextNanos() {
    while (true) {
      RateSegment segment = ahead.peek();
      if (segment == null) {
        return END;
      }
      double within = target - arrivalsBefore;
      if (within <= segment.arrivals()) {
        double seconds = secondsBefore + segment.timeOf(Math.max(0, within));
        lastNanos = Math.max(lastNanos, Math.round(seconds * NANOS));
        index++;
        target = spacing == Spacing.UNIFORM ? index + 0.5 : target + exponential();
        return lastNanos;
      }
      arrivalsBefore += segment.arrivals();
      secondsBefore += segment.seconds();
      ahead.remove();
    }
  }

  /** A draw from the exponential distribution of mean 1. */
  private double exponential() {
    return -Math.log1p(-random.nextDouble());
  }
}
