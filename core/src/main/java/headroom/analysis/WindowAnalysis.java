package headroom.analysis;

import headroom.model.Measure;
import headroom.requests.UserRequests;
import headroom.rollup.Cell;
import headroom.rollup.Resolution;
import headroom.store.History;
import headroom.store.RollupStore;
import headroom.store.Series;
import headroom.wall.Objective;
import headroom.wall.WallPredictor;
import headroom.wall.Walls;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.SplittableRandom;

/** The analysis of a stretch of time that somebody names, such as that of a test. */
public final class WindowAnalysis {
  /** The longest stretch: beyond, whoever asks means history and not a stretch of it. */
  public static final Duration LONGEST = Duration.ofHours(6);

  private final History history;

  private WindowAnalysis(History history) {
    this.history = history;
  }

  /**
   * Reads the windows that lie within a stretch.
   *
   * @throws IllegalArgumentException when it is not of positive length, or too long
   */
  public static WindowAnalysis of(RollupStore store, Instant from, Instant to) {
    if (!from.isBefore(to) || Duration.between(from, to).compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "to must lie within %d hours after from, got %s -> %s"
              .formatted(LONGEST.toHours(), from, to));
    }
    return new WindowAnalysis(
        store.history(Resolution.TEN_SECONDS, nextWindow(from), nextWindow(to), Set.of()));
  }

  private static Instant nextWindow(Instant at) {
    int width = Resolution.TEN_SECONDS.seconds();
    return Instant.ofEpochSecond(Math.ceilDiv(at.getEpochSecond(), width) * width);
  }

  /** How long the windows are together. */
  public Duration time() {
    return Duration.between(history.from(), history.to());
  }

  /** Requests of users in it. */
  public long actions() {
    return requests().of(Measure.ACTION).stream()
        .map(Series::total)
        .mapToLong(Cell::count)
        .sum();
  }

  /** The walls that this time alone lets one see; the same seed gives the same walls. */
  public Walls walls(Objective objective, long seed) {
    return WallPredictor.predict(requests(), objective, new SplittableRandom(seed));
  }

  /**
   * How busy each station was.
   *
   * @param quantile of the time that was waited for it
   */
  public StationUses uses(double quantile) {
    return StationUses.of(history, quantile);
  }

  private History requests() {
    return UserRequests.of(history).history();
  }
}
