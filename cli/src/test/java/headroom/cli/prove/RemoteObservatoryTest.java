package headroom.cli.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import headroom.analysis.StoreAnalysis;
import headroom.cli.RecordedWallet;
import headroom.cli.data.LocalStore;
import headroom.cli.data.ServerClient;
import headroom.cli.terminal.UserError;
import headroom.ingest.otlp.Compression;
import headroom.ingest.otlp.Encoding;
import headroom.ingest.otlp.Signal;
import headroom.ingest.pipeline.OtlpRequest;
import headroom.ingest.pipeline.OtlpWorker;
import headroom.model.Event;
import headroom.server.HeadroomServer;
import headroom.server.ServerOptions;
import headroom.wall.Objective;
import headroom.wall.Wall;
import headroom.wall.Walls;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is asked through its API tells what one of this process tells. */
final class RemoteObservatoryTest {
  private static final Objective OBJECTIVE = new Objective(0.95, 0.3, 0.02);

  private final Instant start = Instant.now().minusSeconds(600);

  @TempDir Path folder;

  @Test
  void bothTellTheSame() throws Exception {
    InstantSource clock = InstantSource.system();
    try (LocalStore store = LocalStore.open(folder)) {
      fill(store, clock);
      try (HeadroomServer server =
          HeadroomServer.start(
              ServerOptions.DEFAULT.withPorts(0, 0, 0),
              new HeadroomServer.Parts(
                  store.rollups(),
                  new OtlpWorker(clock),
                  new StoreAnalysis(store.rollups(), OBJECTIVE),
                  clock))) {
        var own = new OwnObservatory(server, store.rollups());
        var client = new ServerClient(URI.create(server.endpoints().web()), null);
        compare(own, new RemoteObservatory(client));
        assertThatThrownBy(() -> client.get("/api/v1/walls?from=" + start))
            .isInstanceOf(UserError.class)
            .hasMessageContaining("from or to is missing");
        assertThatThrownBy(() -> client.get("/api/v1/window?from=%s&to=%s".formatted(start, start)))
            .isInstanceOf(UserError.class)
            .hasMessageContaining("within 6 hours after from");
      }
    }
  }

  private void compare(Observatory own, Observatory remote) throws Exception {
    Instant to = start.plusSeconds(180);
    assertThat(remote.count(start, to)).isEqualTo(own.count(start, to));
    assertThat(own.count(start, to).actions()).isGreaterThan(500);
    Walls here = own.walls(start, to, OBJECTIVE, 7);
    Walls there = remote.walls(start, to, OBJECTIVE, 7);
    assertThat(there.firstToBreak()).isEqualTo(here.firstToBreak()).isPresent();
    assertThat(there.walls().stream().map(Wall::station))
        .containsExactlyElementsOf(here.walls().stream().map(Wall::station).toList());
    assertThat(median(there)).isCloseTo(median(here), within(1e-3 * median(here)));
    var uses = own.uses(start, to, 0.99);
    assertThat(uses.byStation()).isNotEmpty();
    var far = remote.uses(start, to, 0.99);
    uses.byStation()
        .forEach((station, use) ->
            assertThat(far.of(station).orElseThrow().utilization())
                .isCloseTo(use.utilization(), within(1e-3)));
    remote.keep(new Event("outcome", to, "wallet", Map.of("perSecond", "50")));
    assertThat(own.count(start, to).actions()).isEqualTo(remote.count(start, to).actions());
  }

  private static double median(Walls walls) {
    return walls.walls().stream()
        .map(Wall::multiple)
        .flatMap(multiple -> java.util.Optional.ofNullable(multiple).stream())
        .findFirst()
        .orElseThrow()
        .median();
  }

  private void fill(LocalStore store, InstantSource clock) throws Exception {
    var worker = new OtlpWorker(clock);
    for (String line : RecordedWallet.lines(start)) {
      var unused =
          worker.receive(
              new OtlpRequest(
                  line.startsWith("{\"resourceSpans") ? Signal.TRACES : Signal.METRICS,
                  Encoding.JSON,
                  Compression.NONE,
                  line.getBytes(StandardCharsets.UTF_8)));
    }
    store.rollups().merge(worker.drainAll(clock.instant()).rollups());
  }
}
