package headroom.server;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.metric.NoopMeterRegistry;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import headroom.analysis.Analysis;
import headroom.analysis.CachedAnalysis;
import headroom.ingest.pipeline.IngestWorker;
import headroom.ingest.pipeline.Intake;
import headroom.server.api.Api;
import headroom.server.api.Endpoints;
import headroom.server.api.ErrorJson;
import headroom.server.otlp.OtlpGrpcService;
import headroom.server.otlp.OtlpHttpService;
import headroom.server.prometheus.RemoteWriteService;
import headroom.store.RollupStore;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running server: page and API, OTLP over gRPC and OTLP over HTTP, each on its own port.
 *
 * <p>{@link #close} refuses new telemetry, lets requests under way finish, and writes all that was
 * acknowledged into the store. The store stays open: it belongs to whoever made it.
 */
public final class HeadroomServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HeadroomServer.class);
  private static final Duration QUIET = Duration.ofMillis(50);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
  private static final int MOST_CONNECTIONS = 1_024;

  private final Intake intake;
  private final Server web;
  private final Server grpc;
  private final Server http;
  private final Endpoints endpoints;

  /**
   * What a server serves.
   *
   * @param worker fills tables from requests; used by one thread of the server from now on
   * @param analysis asked at most once every few seconds, off the event loop
   */
  public record Parts(
      RollupStore store, IngestWorker worker, Analysis analysis, InstantSource clock) {}

  /**
   * Loads most of what a start needs, opening nothing: called on another thread while a store is
   * being opened, it takes the loading of classes out of the time until the server is ready.
   */
  public static void preload() {
    common(ServerOptions.DEFAULT, 0)
        .service("/", (context, request) -> HttpResponse.of(200))
        .build()
        .close();
  }

  /**
   * Starts a server and returns once all three ports accept connections.
   *
   * @throws IOException naming the port that could not be opened
   */
  public static HeadroomServer start(ServerOptions options, Parts parts) throws IOException {
    return new HeadroomServer(options, parts);
  }

  private HeadroomServer(ServerOptions options, Parts parts) throws IOException {
    var files = new WebFiles();
    String given = options.token();
    Token token = given == null ? null : new Token(given);
    var hosts = new HostCheck(options.host(), options.allowedHosts(), token != null);
    intake =
        new Intake(
            parts.worker(),
            parts.store(),
            options.limits(),
            options.flushInterval(),
            parts.clock());
    var analysis = new CachedAnalysis(parts.analysis(), options.analysisLife(), System::nanoTime);
    var api = new Api(parts.store(), intake, analysis, parts.clock());
    web = web(options, api, files, hosts, token);
    UnaryOperator<HttpService> guarded = service -> new OtlpGuard(service, hosts, token, intake);
    grpc =
        telemetry(options, options.otlpGrpcPort())
            .serviceUnder("/", guarded.apply(new OtlpGrpcService(intake)))
            .build();
    http =
        telemetry(options, options.otlpHttpPort())
            .service(RemoteWriteService.PATH, guarded.apply(new RemoteWriteService(intake)))
            .serviceUnder("/", guarded.apply(new OtlpHttpService(intake)))
            .build();
    startAll(options);
    endpoints = new Endpoints(url(options, web), url(options, grpc), url(options, http));
  }

  private Server web(
      ServerOptions options, Api api, WebFiles files, HostCheck hosts, @Nullable Token token) {
    ServerBuilder builder = common(options, options.webPort()).blockingTaskExecutor(4);
    api.services(this::endpoints).forEach(builder::service);
    builder.service(RemoteWriteService.PATH, new RemoteWriteService(intake));
    builder.service("/signin", new SignIn(token, files));
    builder.serviceUnder("/", files);
    String importMapHash = files.importMapHash();
    builder.decorator(delegate -> new WebGuard(delegate, hosts, token, importMapHash));
    builder.errorHandler((context, cause) ->
        ErrorJson.response(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "the server failed on this request",
            "Its log says why."));
    return builder.build();
  }

  private static ServerBuilder telemetry(ServerOptions options, int port) {
    return common(options, port).blockingTaskExecutor(1);
  }

  /** Bodies are limited by whoever reads them, where the answer can say what the limit is. */
  private static ServerBuilder common(ServerOptions options, int port) {
    return Server.builder()
        .http(new InetSocketAddress(options.host(), port))
        .workerGroup(Loops.one("headroom-io"), true)
        .bossGroupFactory(Loops::one)
        .maxNumConnections(MOST_CONNECTIONS)
        .maxRequestLength(0)
        .requestTimeout(REQUEST_TIMEOUT)
        .gracefulShutdownTimeout(QUIET, PATIENCE)
        .meterRegistry(NoopMeterRegistry.get())
        .disableServerHeader();
  }

  private void startAll(ServerOptions options) throws IOException {
    List<CompletableFuture<Void>> starts = List.of(web.start(), grpc.start(), http.start());
    List<Integer> ports =
        List.of(options.webPort(), options.otlpGrpcPort(), options.otlpHttpPort());
    for (int i = 0; i < starts.size(); i++) {
      try {
        starts.get(i).join();
      } catch (CompletionException failed) {
        close();
        throw new IOException(
            "port %d on %s cannot be opened: %s"
                .formatted(ports.get(i), options.host(), reason(failed)),
            failed);
      }
    }
  }

  private static @Nullable String reason(Throwable failure) {
    Throwable last = failure;
    while (last.getCause() != null) {
      last = last.getCause();
    }
    return last.getMessage();
  }

  private static String url(ServerOptions options, Server server) {
    String host = options.host();
    String shown = host.contains(":") ? "[" + host + "]" : host;
    return "http://" + shown + ":" + server.activeLocalPort();
  }

  /** Where the server listens, with the ports that it really got. */
  public Endpoints endpoints() {
    return endpoints;
  }

  /** What came in so far, and what became of it. */
  public Intake intake() {
    return intake;
  }

  /**
   * Writes what was acknowledged until now into the store, so that the next analysis sees it.
   * Traces that may still grow stay open.
   *
   * @throws IllegalStateException when the store refuses
   */
  public void flush() {
    intake.flush();
  }

  @Override
  public void close() {
    intake.refuseNew();
    var stops = List.of(web.stop(), grpc.stop(), http.stop());
    CompletableFuture.allOf(stops.toArray(CompletableFuture[]::new))
        .exceptionally(failure -> {
          LOG.warn("a port did not close in order", failure);
          return null;
        })
        .join();
    intake.close();
  }
}
