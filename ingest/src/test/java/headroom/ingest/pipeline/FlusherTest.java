package headroom.ingest.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.rollup.Cell;
import headroom.rollup.Resolution;
import headroom.rollup.Rollup;
import headroom.store.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class FlusherTest {
  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");

  private final InMemoryStore store = new InMemoryStore();
  private final AtomicReference<Instant> clock = new AtomicReference<>(NOW);
  private final Flusher flusher =
      new Flusher(store, clock::get, new IngestCounters(), new SeenServices());

  @Test
  void anOldRecordingThatIsOnlyLookedAtStays() {
    store.merge(List.of(rollup(NOW.minus(Duration.ofDays(4_000)))));
    flushTwice(List.of());
    assertThat(store.extent(Resolution.TEN_SECONDS)).isPresent();
  }

  @Test
  void whatIsOlderThanNewTelemetryAllowsGoes() {
    Instant old = NOW.minus(Duration.ofDays(4_000));
    store.merge(List.of(rollup(old)));
    flushTwice(List.of(rollup(NOW)));
    for (Resolution resolution : Resolution.values()) {
      assertThat(store.extent(resolution).orElseThrow().from()).isAfter(old.plusSeconds(86_400));
    }
  }

  /** Expiry comes with the first flush that is ten minutes after another. */
  private void flushTwice(List<Rollup> rollups) {
    flusher.write(new IngestWorker.Batch(rollups, List.of())).join();
    clock.set(NOW.plus(Duration.ofHours(1)));
    flusher.write(new IngestWorker.Batch(List.of(), List.of())).join();
    flusher.close();
  }

  private static Rollup rollup(Instant at) {
    var cell = new Cell();
    cell.record(0.1, false);
    return new Rollup(
        new SeriesKey(Measure.OPERATION, "wallet", "", "GET /a", ""), at.getEpochSecond(), cell);
  }
}
