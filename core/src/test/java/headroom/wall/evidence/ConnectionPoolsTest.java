package headroom.wall.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headroom.model.Measure;
import headroom.model.StationKind;
import headroom.store.History;
import headroom.store.Planted;
import headroom.store.SeriesIndex;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Twenty requests a second that each keep a connection of the pool for 40 ms. */
class ConnectionPoolsTest {
  private static final int WINDOWS = 90;

  private final Planted planted =
      new Planted(WINDOWS, 3)
          .visits(Measure.ACTION, "", "GET /", "", t -> 200, 0.1)
          .level(Measure.POOL_LIMIT, "shop", t -> 5);

  private ConnectionPoolsTest traced(Measure measure, String database, int count, double seconds) {
    planted.visits(measure, "w-1", "GET /", database, t -> count, seconds);
    return this;
  }

  /** One sample of a whole number in each window. */
  private StationUse sampled(double mean) {
    planted.level(Measure.POOL_USED, "shop", t -> Math.floor(mean + 3 * (0.618_034 * t % 1) - 1));
    return pool();
  }

  private StationUse pool() {
    History history = planted.history();
    return Stations.find(history, Traffic.of(history).orElseThrow()).stream()
        .filter(one -> one.kind() == StationKind.POOL)
        .filter(one -> one.station().subject().equals("shop"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void withoutATimerTracesTellHowBusyItIs() {
    StationUse pool = traced(Measure.HOLD, "shop", 200, 0.04).sampled(1);
    assertThat(pool.meanBusy()).as("0.8 by traces, 1 by samples").isCloseTo(0.9, within(0.09));
    assertThat(Objects.requireNonNull(pool.hold()).cv2()).isLessThan(0.01);
    assertThat(pool.visitsPerSecond().orElseThrow()).isCloseTo(20, within(0.1));
    assertThat(pool.notes().getFirst()).contains("by what traces tell").contains("by samples");
  }

  @Test
  void statementsCountEachWhereSamplesSayThatNothingIsKeptBetween() {
    traced(Measure.HOLD, "shop", 200, 0.2).traced(Measure.HOLD_STATEMENT, "shop", 600, 0.01);
    StationUse pool = sampled(0.65);
    assertThat(pool.meanBusy()).isCloseTo(0.6, within(0.12));
    assertThat(pool.visitsPerSecond().orElseThrow()).isCloseTo(60, within(0.1));
  }

  @Test
  void samplesSayWhatTracesDoNotKnow() {
    StationUse pool = traced(Measure.HOLD, "shop", 200, 0.01).sampled(2);
    assertThat(pool.meanBusy()).as("2 by samples, 0.2 by traces").isBetween(1.8, 2.2);
    assertThat(pool.notes().getFirst()).contains("taken as");
  }

  @Test
  void anotherDatabaseIsNoVisitOfThePool() {
    traced(Measure.HOLD, "shop", 200, 0.04).traced(Measure.HOLD, "redis", 2_000, 0.001);
    planted.visits(Measure.POOL_HOLD, "w-1", "shop", "", t -> 200, 0.04);
    StationUse pool = pool();
    assertThat(Objects.requireNonNull(pool.hold()).cv2()).as("of its own").isLessThan(0.01);
    History history = planted.history();
    assertThat(new PoolDatabases(new SeriesIndex(history)).of("wallet", "shop"))
        .isEqualTo(List.of("shop"));
  }
}
