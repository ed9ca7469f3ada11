package headroom.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headroom.model.Event;
import headroom.model.Measure;
import headroom.rollup.Resolution;
import headroom.rollup.Rollup;
import headroom.store.InMemoryStore;
import headroom.store.RollupStore;
import headroom.store.Series;
import headroom.store.StoreException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class FlushTest {
  @Test
  void keepsWhatTheStoreRefusedUntilItTakesIt() throws Exception {
    var store = new FailingStore();
    try (var server = TestServer.receiving(TestServer.OPTIONS, store)) {
      export(server, 3);
      store.failing.set(true);
      assertThatThrownBy(() -> server.server().flush()).hasMessageContaining("disk is full");
      assertThat(server.get("/readyz").statusCode()).isEqualTo(503);
      assertThat(server.get("/readyz").body()).contains("disk is full");
      assertThat(server.json("/api/v1/status").at("/flushes/failed").asInt()).isEqualTo(1);

      export(server, 4);
      store.failing.set(false);
      server.server().flush();
      assertThat(server.get("/readyz").statusCode()).isEqualTo(200);
      assertThat(store.operations()).as("neither lost nor counted twice").isEqualTo(7);
    }
  }

  private static void export(TestServer server, int spans) throws Exception {
    var response =
        server.export(
            "/v1/traces",
            "application/x-protobuf",
            Samples.spans(spans, TestServer.NOW.minusSeconds(60)));
    assertThat(response.statusCode()).isEqualTo(200);
  }

  /** A store whose disk is full now and then. */
  private static final class FailingStore implements RollupStore {
    private final InMemoryStore kept = new InMemoryStore();
    private final AtomicBoolean failing = new AtomicBoolean();

    long operations() {
      return kept
          .history(
              Resolution.DAY,
              TestServer.NOW.minusSeconds(200_000),
              TestServer.NOW,
              Set.of(Measure.OPERATION))
          .of(Measure.OPERATION)
          .stream()
          .mapToLong(series -> series.total().count())
          .sum();
    }

    @Override
    public void merge(List<Rollup> rollups) {
      if (failing.get()) {
        throw new StoreException("the disk is full", new IOException("no space left"));
      }
      kept.merge(rollups);
    }

    @Override
    public void scan(
        Resolution resolution,
        Instant from,
        Instant to,
        Set<Measure> measures,
        Consumer<Series> consumer) {
      kept.scan(resolution, from, to, measures, consumer);
    }

    @Override
    public Optional<Extent> extent(Resolution resolution) {
      return kept.extent(resolution);
    }

    @Override
    public void record(Event event) {
      kept.record(event);
    }

    @Override
    public List<Event> events(Instant from, Instant to, String kind) {
      return kept.events(from, to, kind);
    }

    @Override
    public void expire(Instant now) {
      kept.expire(now);
    }

    @Override
    public void close() {}
  }
}
