package wallet;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** The service put together and running. */
final class Wallet implements AutoCloseable {
  private static final Duration SESSION = Duration.ofMinutes(30);

  private final MeterRegistry registry = Metrics.globalRegistry;
  private final Knobs knobs;
  // Closed in the opposite order of their start.
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private int port;

  private Wallet(Knobs knobs) {
    this.knobs = knobs;
  }

  /** Ready to serve when it returns; on a failure nothing is left running. */
  static Wallet start(Knobs knobs) throws IOException, SQLException {
    var wallet = new Wallet(knobs);
    try {
      wallet.startParts();
      return wallet;
    } catch (IOException | SQLException | RuntimeException e) {
      wallet.close();
      throw e;
    }
  }

  int port() {
    return port;
  }

  private void startParts() throws IOException, SQLException {
    String jdbcUrl =
        knobs.jdbcUrl != null
            ? knobs.jdbcUrl
            : started(Database.start(knobs.databaseDistance)).jdbcUrl();
    var pool = started(pool("ledger", jdbcUrl, knobs.poolSize));
    Schema.prepare(pool, knobs);

    var partner =
        started(
            Partner.start(
                knobs.partnerTime, knobs.partnerErrors, knobs.seed, knobs.partnerCapacity));
    var client = started(new Partner.Client(partner.uri(), retrier()));
    var notifications = started(new Notifications(client, registry));
    var balances = new Balances(pool, cache(registry, "balances", knobs.cacheTtl, 10_000));
    var sessions = new Sessions(pool, cache(registry, "sessions", SESSION, 100_000));
    var rates = new Rates(client, cache(registry, "rates", knobs.cacheTtl, 100));
    var exchanges = new Exchanges(pool, rates, reporting(jdbcUrl), balances, notifications);
    if (knobs.batch == Knobs.Toggle.ON) {
      started(InterestBatch.start(pool, knobs.batchEvery));
    }
    var endpoints = endpoints(sessions, balances, exchanges, new History(pool));
    port = started(Web.start(knobs.port, knobs.httpThreads, endpoints)).port();
  }

  private <T extends AutoCloseable> T started(T part) {
    parts.push(part);
    return part;
  }

  private static HikariDataSource pool(String name, String jdbcUrl, int size) {
    var config = new HikariConfig();
    config.setPoolName(name);
    config.setJdbcUrl(jdbcUrl);
    config.setMaximumPoolSize(size);
    config.setConnectionTimeout(Duration.ofSeconds(5).toMillis());
    return new HikariDataSource(config);
  }

  static <K, V> Cache<K, V> cache(MeterRegistry registry, String name, Duration ttl, int entries) {
    Cache<K, V> cache =
        Caffeine.newBuilder().expireAfterWrite(ttl).maximumSize(entries).recordStats().build();
    return CaffeineCacheMetrics.monitor(registry, cache, name);
  }

  private Retrier retrier() {
    return switch (knobs.retries) {
      case NAIVE -> new Retrier.Naive();
      case BUDGETED -> new Retrier.Budgeted(new SplittableRandom(knobs.seed), Thread::sleep);
    };
  }

  private Reporting reporting(String jdbcUrl) {
    return switch (knobs.reporting) {
      case SYNC -> new SynchronousReporting();
      case ASYNC -> started(Outbox.start(started(pool("reporting", jdbcUrl, 1))));
    };
  }

  private static Map<String, Endpoint> endpoints(
      Sessions sessions, Balances balances, Exchanges exchanges, History history) {
    var endpoints = new LinkedHashMap<String, Endpoint>();
    endpoints.put(
        "/login",
        new Endpoint(
            "POST",
            request -> {
              JsonNode body = request.body();
              String token = sessions.signIn(request.text(body, "user"), request.text(body, "pin"));
              return Map.of("token", token);
            }));
    endpoints.put(
        "/balance", new Endpoint("GET", request -> balances.of(sessions.account(request.token()))));
    endpoints.put(
        "/exchange",
        new Endpoint(
            "POST",
            request -> {
              long account = sessions.account(request.token());
              JsonNode body = request.body();
              return exchanges.exchange(
                  account,
                  request.text(body, "from"),
                  request.text(body, "to"),
                  amount(request.text(body, "amount")));
            }));
    endpoints.put(
        "/history", new Endpoint("GET", request -> history.of(sessions.account(request.token()))));
    endpoints.put("/healthz", new Endpoint("GET", request -> Map.of("status", "up")));
    return endpoints;
  }

  private static BigDecimal amount(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new Refusal(400, "'amount' is not a number");
    }
  }

  @Override
  public void close() throws IOException {
    var failed = new IOException("not everything stopped");
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        failed.addSuppressed(e);
      }
    }
    if (failed.getSuppressed().length > 0) {
      throw failed;
    }
  }
}
