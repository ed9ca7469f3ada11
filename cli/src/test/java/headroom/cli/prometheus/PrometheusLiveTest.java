package headroom.cli.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.cli.LiveServer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus scrapes a service and writes what it has here. */
final class PrometheusLiveTest {
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @TempDir Path folder;

  @Test
  void whatItScrapesIsHere() throws Exception {
    try (var page = new ShopPage();
        var server = LiveServer.on(folder.resolve("data"));
        RealPrometheus prometheus =
            RealPrometheus.start(
                folder,
                """
                global: { scrape_interval: 2s, scrape_timeout: 2s }
                scrape_configs:
                  - job_name: web/shop
                    static_configs: [ { targets: [ "%s" ] } ]
                remote_write:
                  - url: %s/api/v1/write
                    queue_config: { batch_send_deadline: 1s, min_shards: 3, max_shards: 5 }
                    metadata_config: { send: true, send_interval: 2s }
                """
                    .formatted(page.hostAndPort(), server.url()))) {
      long end = System.nanoTime() + PATIENCE.toNanos();
      long states = 0;
      while (states < ShopPage.STATES && System.nanoTime() < end) {
        prometheus.await();
        server.flush();
        states = ShopSeries.states(server.store().rollups());
      }
      assertThat(states).as(prometheus.log()).isEqualTo(ShopPage.STATES);
      awaitHistograms(server, prometheus, end);
      ShopSeries.assertThere(server.store().rollups(), page.hostAndPort());
      assertThat(prometheus.get("/metrics").body())
          .containsPattern("prometheus_remote_storage_samples_failed_total\\{.*} 0\n")
          .containsPattern("prometheus_remote_storage_samples_retried_total\\{.*} 0\n");
    }
  }

  /** Series travel on several connections: the pool's last sample may come before the others. */
  private static void awaitHistograms(LiveServer server, RealPrometheus prometheus, long end)
      throws Exception {
    AssertionError missing = new AssertionError("nothing was looked for");
    while (System.nanoTime() < end) {
      try {
        server.flush();
        ShopSeries.assertWhole(server.store().rollups());
        return;
      } catch (AssertionError notYet) {
        missing = notYet;
        prometheus.await();
      }
    }
    throw missing;
  }
}
