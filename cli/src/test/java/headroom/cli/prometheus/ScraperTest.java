package headroom.cli.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headroom.ingest.pipeline.Intake;
import headroom.ingest.pipeline.IntakeLimits;
import headroom.ingest.pipeline.OtlpWorker;
import headroom.store.InMemoryStore;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Those who run no Prometheus have Headroom read the page itself. */
final class ScraperTest {
  private final InMemoryStore store = new InMemoryStore();
  private Instant now = Instant.now().minusSeconds(600);
  private final InstantSource clock = () -> now;

  private Intake intake(IntakeLimits limits) {
    return new Intake(new OtlpWorker(clock), store, limits, Duration.ofHours(1), clock);
  }

  private static ScrapeTarget target(String url) {
    return new ScrapeTarget(URI.create(url), "shop", "one", Duration.ofSeconds(15), null);
  }

  @Test
  void whatItReadsIsInTheStore() throws Exception {
    Intake intake = intake(IntakeLimits.DEFAULT);
    try (var page = new ShopPage();
        var scraper = new Scraper(List.of(), intake, clock)) {
      ScrapeTarget target = target("http://" + page.hostAndPort() + "/metrics");
      for (int i = 0; i < ShopPage.STATES; i++) {
        scraper.scrape(target);
        now = now.plusSeconds(15);
      }
      assertThatThrownBy(() -> scraper.scrape(target))
          .isInstanceOf(IOException.class)
          .hasMessage("it answered 503");
    } finally {
      intake.close();
    }
    ShopSeries.assertThere(store, "one");
    assertThat(intake.waitingRequests()).isZero();
  }

  @Test
  void aPageThatIsTooLongIsNotRead() throws Exception {
    Intake intake = intake(new IntakeLimits(100, 1_000, 2, Duration.ofSeconds(1)));
    try (var page = new ShopPage();
        var scraper = new Scraper(List.of(), intake, clock)) {
      assertThatThrownBy(() -> scraper.scrape(target("http://" + page.hostAndPort() + "/metrics")))
          .hasMessage("it has more than 100 bytes");
    } finally {
      intake.close();
    }
  }
}
