package headroom.ingest.prometheus;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Which times of samples are taken, seen from now.
 *
 * @param maxAge empty for any age
 * @param maxFuture how far a sender's clock may be ahead
 */
public record Horizon(Optional<Duration> maxAge, Duration maxFuture) {
  /** For samples as they are taken: Prometheus keeps two hours for a receiver that is away. */
  public static final Horizon LIVE =
      new Horizon(Optional.of(Duration.ofHours(6)), Duration.ofMinutes(10));

  /** For history. */
  public static final Horizon HISTORY = new Horizon(Optional.empty(), Duration.ofMinutes(10));

  long earliestMillis(Instant now) {
    return maxAge.map(age -> now.minus(age).toEpochMilli()).orElse(0L);
  }

  long latestMillis(Instant now) {
    return now.plus(maxFuture).toEpochMilli();
  }
}
