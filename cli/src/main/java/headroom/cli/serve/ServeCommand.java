package headroom.cli.serve;

import headroom.analysis.StoreAnalysis;
import headroom.cli.data.DataFolder;
import headroom.cli.data.LocalStore;
import headroom.cli.process.Stop;
import headroom.cli.prometheus.Scraper;
import headroom.cli.terminal.ExitCode;
import headroom.cli.terminal.Terminal;
import headroom.cli.terminal.UserError;
import headroom.ingest.pipeline.OtlpWorker;
import headroom.server.HeadroomServer;
import headroom.server.ServerOptions;
import headroom.server.api.Endpoints;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The server: telemetry in, pages and API out, until it is told to stop. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Takes telemetry over OTLP and from Prometheus, and shows walls, findings and operations.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  headroom serve",
      "  headroom serve --data /var/lib/headroom --port 8080",
      "  HEADROOM_TOKEN=$(openssl rand -hex 16) headroom serve --host 0.0.0.0",
      "",
      "A service sends its telemetry here with",
      "  OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318   (or :4317 with OTLP over gRPC)",
      "and Prometheus with",
      "  remote_write: [ { url: http://127.0.0.1:8080/api/v1/write } ]"
    })
public final class ServeCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private DataFolder folder;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "address to listen on; any but loopback needs a token (default: 127.0.0.1)")
  private String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "page and API; 0 picks a free one (default: 8080)")
  private int port;

  @Option(
      names = "--otlp-grpc",
      paramLabel = "PORT",
      defaultValue = "4317",
      description = "OTLP over gRPC; 0 picks a free one (default: 4317)")
  private int otlpGrpc;

  @Option(
      names = "--otlp-http",
      paramLabel = "PORT",
      defaultValue = "4318",
      description = "OTLP over HTTP; 0 picks a free one (default: 4318)")
  private int otlpHttp;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      defaultValue = "${env:HEADROOM_TOKEN}",
      description =
          "what senders and readers must present; better in HEADROOM_TOKEN, where other users of"
              + " this machine cannot see it")
  private @Nullable String token;

  @Option(
      names = "--allowed-host",
      paramLabel = "NAME",
      description = "further name under which the server may be addressed; may be repeated")
  private Set<String> allowedHosts = Set.of();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "YAML with objectives, the growth you plan, rules for Prometheus' labels and pages to"
              + " scrape; see docs/configuration.md")
  private @Nullable Path config;

  public ServeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    Configuration.Settings settings =
        config == null ? Configuration.Settings.DEFAULT : Configuration.read(config);
    ServerOptions options = options();
    Thread.ofPlatform().daemon().start(HeadroomServer::preload);
    InstantSource clock = InstantSource.system();
    try (LocalStore store = folder.open();
        var ledger = new PredictionKeeper(store.rollups(), analysis(store, settings), clock);
        HeadroomServer server = start(options, store, settings, clock);
        var scraper = new Scraper(settings.prometheus().scrape(), server.intake(), clock)) {
      Endpoints endpoints = server.endpoints();
      store.announce(endpoints.web());
      ledger.begin();
      scraper.begin();
      terminal.result(
          "Headroom is ready: page and API %s, OTLP/HTTP %s, OTLP/gRPC %s, data in %s"
              .formatted(endpoints.web(), endpoints.otlpHttp(), endpoints.otlpGrpc(), folder));
      Stop.await();
      terminal.say("stopping: writing what was received");
    }
    return ExitCode.OK;
  }

  private ServerOptions options() {
    try {
      return ServerOptions.DEFAULT
          .withPorts(port, otlpGrpc, otlpHttp)
          .withHost(host, token == null || token.isBlank() ? null : token)
          .withAllowedHosts(allowedHosts);
    } catch (IllegalArgumentException e) {
      throw new UserError(
          String.valueOf(e.getMessage()), "See `headroom serve --help` for what is possible.");
    }
  }

  private static HeadroomServer start(
      ServerOptions options,
      LocalStore store,
      Configuration.Settings settings,
      InstantSource clock) {
    try {
      return HeadroomServer.start(
          options,
          new HeadroomServer.Parts(
              store.rollups(),
              new OtlpWorker(clock, settings.prometheus().rules()),
              analysis(store, settings),
              clock));
    } catch (IOException e) {
      throw new UserError(
          String.valueOf(e.getMessage()),
          "Another program may hold it: choose other ports with --port, --otlp-grpc and"
              + " --otlp-http (0 picks a free one).");
    }
  }

  private static StoreAnalysis analysis(LocalStore store, Configuration.Settings settings) {
    return new StoreAnalysis(store.rollups(), settings.objectives(), settings.plan());
  }
}
