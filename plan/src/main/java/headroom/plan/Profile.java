package headroom.plan;

import java.time.Duration;
import java.util.List;

/** Load over time, in one of the two models. */
public sealed interface Profile {
  /** Users arrive whether or not earlier ones have been answered: what the open world does. */
  record Open(List<RateSegment> segments, Spacing spacing) implements Profile {
    public Open {
      segments = List.copyOf(segments);
    }
  }

  /**
   * A fixed number of users, each beginning anew when done: a batch, or a pool of workers. They
   * slow down with the target, so a closed run says nothing about what happens to arrivals.
   *
   * @param rampUp over which the users begin, evenly spaced; zero for all at once
   */
  record Closed(int users, Duration duration, Duration rampUp) implements Profile {
    public Closed {
      if (users < 1) {
        throw new IllegalArgumentException("users must be >= 1, got " + users);
      }
      if (duration.isNegative() || duration.isZero()) {
        throw new IllegalArgumentException("duration must be > 0, got " + duration);
      }
      if (rampUp.isNegative() || rampUp.compareTo(duration) > 0) {
        throw new IllegalArgumentException(
            "rampUp must be within 0..duration, got %s of %s".formatted(rampUp, duration));
      }
    }
  }

  /** How long it is planned to last; 0 for load that is only added while it runs. */
  default double seconds() {
    return switch (this) {
      case Open open -> open.segments().stream().mapToDouble(RateSegment::seconds).sum();
      case Closed closed -> closed.duration().toNanos() / 1e9;
    };
  }
}
