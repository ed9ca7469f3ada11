package headroom.cli.prove;

import headroom.analysis.StoreAnalysis;
import headroom.cli.data.LocalStore;
import headroom.cli.data.ServerClient;
import headroom.cli.data.TemporaryFolder;
import headroom.cli.load.PlanSource;
import headroom.cli.terminal.ExitCode;
import headroom.cli.terminal.JsonText;
import headroom.cli.terminal.NumberText;
import headroom.cli.terminal.Terminal;
import headroom.cli.terminal.UserError;
import headroom.ingest.pipeline.IngestWorker;
import headroom.ingest.pipeline.OtlpWorker;
import headroom.load.network.TargetUnusableException;
import headroom.plan.Plan;
import headroom.server.HeadroomServer;
import headroom.server.ServerOptions;
import headroom.server.api.Endpoints;
import headroom.wall.Objective;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The main job on a service of one's own. */
@Command(
    name = "prove",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Watches your own service at low load, predicts which station breaks first and at what load,"
          + " then grows the load until the objective fails, and prints both side by side. It"
          + " breaks the service: not for production.",
      "The service must send its telemetry here (OTEL_EXPORTER_OTLP_ENDPOINT). Exit code 0: it"
          + " ran through; 1: the wall was not reached or the plan's stop rule ended it; 2: it"
          + " could not be done."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  headroom prove plan.yaml --rate 5/s",
      "  headroom prove plan.yaml --rate 5/s --p99 2s --yes --json",
      "  headroom prove plan.yaml --plateau 60s --repeat 3 --record recordings/shop --yes",
      "  headroom prove plan.yaml --server http://127.0.0.1:8080 --target-is staging.example.com",
      "",
      "The service's environment, while this runs:",
      "  OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318 OTEL_METRIC_EXPORT_INTERVAL=5000"
    })
public final class ProveCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private PlanSource source = new PlanSource();

  @Mixin private ProveOptions options = new ProveOptions();

  @Option(names = "--yes", description = "do not ask; enough only where the target is this machine")
  private boolean yes;

  @Option(
      names = "--target-is",
      paramLabel = "HOST",
      description = "the plan's host once more, where it is not this machine")
  private @Nullable String targetIs;

  @Option(names = "--json", description = "print the outcome as JSON")
  private boolean json;

  @Option(
      names = "--record",
      paramLabel = "DIR",
      description =
          "write the telemetry that is predicted from into this folder, and where the service broke"
              + " afterwards: for `headroom score --recordings`")
  private @Nullable Path record;

  @Option(
      names = "--note",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "what a reader of the recording should know")
  private String note;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description =
          "a Headroom that runs and already receives the service's telemetry (default: one of its"
              + " own, at the ports below)")
  private @Nullable URI server;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      defaultValue = "${env:HEADROOM_TOKEN}",
      description = "the token that this server wants, if it does")
  private @Nullable String token;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "page and API; 0 picks a free one (default: 8080)")
  private int port;

  @Option(
      names = "--otlp-http",
      paramLabel = "PORT",
      defaultValue = "4318",
      description = "OTLP over HTTP; 0 picks a free one (default: 4318)")
  private int otlpHttp;

  @Option(
      names = "--otlp-grpc",
      paramLabel = "PORT",
      defaultValue = "4317",
      description = "OTLP over gRPC; 0 picks a free one (default: 4317)")
  private int otlpGrpc;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "keep the data in this folder (default: a temporary one)")
  private @Nullable Path data;

  public ProveCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    Plan plan = source.read(terminal);
    Proof.Settings settings = options.settings(plan);
    var target = new Target(plan.target());
    announce(settings);
    target.requireConsent(yes, targetIs, question -> Questions.ask(terminal, question));
    ProofResult result = server == null ? besideOwnServer(settings) : with(server, settings);
    if (json) {
      terminal.result(JsonText.pretty(ProofJson.of(result)));
    } else {
      ProofText.of(result).forEach(terminal::result);
    }
    return result.isReached() ? ExitCode.OK : ExitCode.NO;
  }

  /** The bodies of telemetry pass by here only when they are sent here. */
  private ProofResult with(URI running, Proof.Settings settings) throws InterruptedException {
    if (record != null || data != null) {
      throw new UserError(
          "--record and --data need the telemetry to come here, and not to " + running,
          "Leave --server out, or them.");
    }
    var client = new ServerClient(running, token);
    client.get("/api/v1/status");
    return prove(
        settings, new RemoteObservatory(client), Tape.NONE, "to the server at " + running);
  }

  private ProofResult besideOwnServer(Proof.Settings settings) throws InterruptedException {
    InstantSource clock = InstantSource.system();
    try (var folder = new TemporaryFolder("headroom-prove");
        LocalStore store = LocalStore.open(data == null ? folder.resolve("data") : data);
        Recording recording = record == null ? null : Recording.in(record, new OtlpWorker(clock));
        HeadroomServer own =
            startServer(
                store,
                recording == null ? new OtlpWorker(clock) : recording.worker(),
                settings.objective(),
                clock)) {
      store.announce(own.endpoints().web());
      terminal.say("Headroom is up: %s", own.endpoints().web());
      String environment = environment(own.endpoints());
      terminal.say("the service must run with %s", environment);
      ProofResult result =
          prove(
              settings,
              new OwnObservatory(own, store.rollups()),
              recording == null ? Tape.NONE : recording.tape(),
              "here: " + environment);
      if (recording != null) {
        recording.keepTruth(result, note, terminal);
      }
      return result;
    } catch (IOException e) {
      throw new UserError(
          String.valueOf(e.getMessage()),
          "If a port is taken, choose others with --port, --otlp-http and --otlp-grpc (0 picks a"
              + " free one).");
    }
  }

  /** What the service must have in its environment. */
  private static String environment(Endpoints endpoints) {
    return "OTEL_EXPORTER_OTLP_ENDPOINT=%s OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf (or %s grpc)"
            .formatted(endpoints.otlpHttp(), endpoints.otlpGrpc())
        + " OTEL_TRACES_EXPORTER=otlp OTEL_METRICS_EXPORTER=otlp OTEL_METRIC_EXPORT_INTERVAL=5000";
  }

  /**
   * Runs it.
   *
   * @param where the service must send its telemetry, in words
   */
  private ProofResult prove(
      Proof.Settings settings, Observatory observatory, Tape tape, String where)
      throws InterruptedException {
    try {
      return new Proof(
              settings, observatory, InstantSource.system(), new TerminalNarrator(terminal), tape)
          .run();
    } catch (TargetUnusableException e) {
      throw new UserError(
          String.valueOf(e.getMessage()), "Is it running, and is `target:` its address?");
    } catch (ProofFailed e) {
      throw new UserError(
          String.valueOf(e.getMessage()), "The service must send its telemetry " + where);
    } finally {
      terminal.clearStatus();
    }
  }

  private void announce(Proof.Settings settings) {
    Objective objective = settings.objective();
    terminal.say(
        "%s will be watched for %.0f s at up to %.2f journeys/s, then loaded more and more until"
            + " p%s exceeds %s or %s of its requests fail, with %.0f requests/s and %s at most%s.",
        settings.plan().target(),
        settings.watchSeconds(),
        settings.peakJourneysPerSecond(),
        NumberText.format("%.4g", 100 * objective.quantile()).replaceAll("\\.?0+$", ""),
        NumberText.shortDuration(objective.seconds()),
        NumberText.finePercent(objective.errorShare()),
        settings.bounds().mostPerSecond(),
        NumberText.clock(settings.bounds().longest().toSeconds()),
        settings
            .plan()
            .stop()
            .map(stop ->
                NumberText.format(
                    "; it stops for good when %s fail for %d s",
                    NumberText.percent(stop.errorShare()), stop.window().toSeconds()))
            .orElse(""));
  }

  private HeadroomServer startServer(
      LocalStore store, IngestWorker worker, Objective objective, InstantSource clock)
      throws IOException {
    ServerOptions at = ServerOptions.DEFAULT.withPorts(port, otlpGrpc, otlpHttp);
    return HeadroomServer.start(
        at,
        new HeadroomServer.Parts(
            store.rollups(), worker, new StoreAnalysis(store.rollups(), objective), clock));
  }
}
