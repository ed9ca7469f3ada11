package headroom.cli.prometheus;

import headroom.ingest.pipeline.Intake;
import headroom.ingest.pipeline.OverloadedException;
import headroom.ingest.pipeline.Place;
import headroom.ingest.pipeline.ScrapedPage;
import headroom.ingest.pipeline.UnusableRequestException;
import headroom.ingest.prometheus.PageFormat;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the pages of metrics of those who run no Prometheus, each at its interval, and gives them
 * to the intake like any other telemetry. A page that cannot be had is told of once, and again when
 * it can be had.
 */
public final class Scraper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Scraper.class);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
  private static final int MOST_THREADS = 4;
  private static final String ACCEPT =
      "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5";

  private final List<ScrapeTarget> targets;
  private final Intake intake;
  private final InstantSource clock;
  private final Set<ScrapeTarget> failing = ConcurrentHashMap.newKeySet();
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(LONGEST_WAIT)
          .build();
  private final ScheduledExecutorService threads;

  public Scraper(List<ScrapeTarget> targets, Intake intake, InstantSource clock) {
    this.targets = List.copyOf(targets);
    this.intake = intake;
    this.clock = clock;
    this.threads =
        Executors.newScheduledThreadPool(
            Math.clamp(targets.size(), 1, MOST_THREADS),
            task -> Thread.ofPlatform().daemon().name("headroom-scraper").unstarted(task));
  }

  /** From now on reads every page at its interval; not all of them in one moment. */
  public void begin() {
    for (int i = 0; i < targets.size(); i++) {
      ScrapeTarget target = targets.get(i);
      long interval = target.interval().toMillis();
      var unused =
          threads.scheduleAtFixedRate(
              () -> scrapeQuietly(target),
              interval * i / targets.size(),
              interval,
              TimeUnit.MILLISECONDS);
    }
  }

  private void scrapeQuietly(ScrapeTarget target) {
    try {
      scrape(target);
      if (failing.remove(target)) {
        LOG.info("{} can be read again", target.url());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (IOException | OverloadedException | RuntimeException failed) {
      if (failing.add(target)) {
        LOG.warn("{} of {} cannot be read: {}", target.url(), target.service(), failed.toString());
      }
    }
  }

  /** Reads a page once, and returns when it is in the tables. */
  void scrape(ScrapeTarget target) throws IOException, InterruptedException, OverloadedException {
    try (Place place = intake.enter()) {
      Instant at = clock.instant();
      HttpResponse<InputStream> response =
          client.send(request(target), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream in = response.body()) {
        if (response.statusCode() != 200) {
          throw new IOException("it answered " + response.statusCode());
        }
        int most = intake.limits().bodyBytes();
        byte[] body = in.readNBytes(most + 1);
        if (body.length > most) {
          throw new IOException("it has more than %,d bytes".formatted(most));
        }
        place.reserve(body.length);
        String type = response.headers().firstValue("content-type").orElse("");
        var page =
            new ScrapedPage(target.service(), target.instance(), at, PageFormat.of(type), body);
        var unused = intake.receive(page).get();
      }
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof UnusableRequestException unusable
          ? new IOException(unusable.getMessage(), unusable)
          : new IOException(failed.getCause());
    }
  }

  private static HttpRequest request(ScrapeTarget target) throws IOException {
    Duration wait =
        target.interval().compareTo(LONGEST_WAIT) < 0 ? target.interval() : LONGEST_WAIT;
    var request = HttpRequest.newBuilder(target.url()).timeout(wait).header("accept", ACCEPT);
    if (target.tokenFile() != null) {
      request.header("authorization", "Bearer " + Files.readString(target.tokenFile()).strip());
    }
    return request.build();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    client.shutdownNow();
  }
}
