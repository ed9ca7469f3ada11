package headroom.cli.demo;

import headroom.analysis.StoreAnalysis;
import headroom.cli.data.LocalStore;
import headroom.cli.data.TemporaryFolder;
import headroom.cli.process.Stop;
import headroom.cli.prove.Observatory;
import headroom.cli.prove.OwnObservatory;
import headroom.cli.prove.Proof;
import headroom.cli.prove.ProofFailed;
import headroom.cli.prove.ProofJson;
import headroom.cli.prove.ProofResult;
import headroom.cli.prove.ProofText;
import headroom.cli.prove.Recording;
import headroom.cli.prove.Tape;
import headroom.cli.prove.TerminalNarrator;
import headroom.cli.terminal.ExitCode;
import headroom.cli.terminal.JsonText;
import headroom.cli.terminal.Terminal;
import headroom.cli.terminal.UserError;
import headroom.ingest.pipeline.IngestWorker;
import headroom.ingest.pipeline.OtlpWorker;
import headroom.load.network.TargetUnusableException;
import headroom.server.HeadroomServer;
import headroom.server.ServerOptions;
import headroom.wall.Objective;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The main job on a real system, from the first request to the wall. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Watches a real service on a real PostgreSQL at a third of its limit or less, predicts which"
          + " station breaks first and at what load, then grows the load until it breaks.",
      "Takes about six minutes on two cores."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  headroom demo                        and stay up for browsing",
      "  headroom demo --once --json          for a script",
      "  headroom demo --pool-size 10         fix the first wall and watch it move",
      "  headroom demo --reporting async      take the reporting out of the exchange",
      "  headroom demo --once --record recorded/wallet && headroom score --recordings recorded",
      "  headroom demo --wallet-only          only the wallet, to be loaded by `headroom test`"
    })
public final class DemoCommand implements Callable<Integer> {
  private static final int USUAL_PORT = 8080;

  /** The target of the plans in demo/plans; its database is at the next one. */
  private static final int WALLET_PORT = 8090;

  private final Terminal terminal;

  @Option(names = "--once", description = "exit when done instead of staying up for browsing")
  private boolean once;

  @Option(names = "--json", description = "print the outcome as JSON")
  private boolean json;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "fixes when users arrive and what they do (default: 1)")
  private long seed;

  @Option(
      names = "--watch",
      paramLabel = "SECONDS",
      defaultValue = "150",
      description = "how long to watch before predicting (default: 150)")
  private int watchSeconds;

  @Option(
      names = "--watch-rate",
      paramLabel = "N",
      defaultValue = "27",
      description = "the highest load while watching, requests per second (default: 27)")
  private double watchRate;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "page and API (default: 8080, or a free one when that is taken)")
  private @Nullable Integer port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "keep the data in this folder (default: a temporary one)")
  private @Nullable Path data;

  @Option(
      names = "--record",
      paramLabel = "DIR",
      description =
          "write the telemetry that is predicted from into this folder, and where the wallet broke"
              + " afterwards: for `headroom score --recordings`")
  private @Nullable Path record;

  @Option(
      names = "--pool-size",
      paramLabel = "N",
      description = "the wallet's connections to its database (default: 5)")
  private @Nullable String poolSize;

  @Option(
      names = "--reporting",
      paramLabel = "sync|async",
      description = "whether an exchange waits for its reporting (default: sync)")
  private @Nullable String reporting;

  @Option(
      names = "--index",
      paramLabel = "on|off",
      description = "whether the history has an index (default: on)")
  private @Nullable String index;

  @Option(
      names = "--cache-ttl",
      paramLabel = "TIME",
      description = "how long rates and balances are cached (default: 30s)")
  private @Nullable String cacheTtl;

  @Option(
      names = "--retries",
      paramLabel = "naive|budgeted",
      description = "how failed calls are repeated (default: naive)")
  private @Nullable String retries;

  @Option(
      names = "--batch",
      paramLabel = "on|off",
      description = "whether a batch job shares the database (default: off)")
  private @Nullable String batch;

  @Option(
      names = "--partner-time",
      paramLabel = "TIME",
      description = "how long the wallet's partners take (default: 20ms)")
  private @Nullable String partnerTime;

  @Option(
      names = "--partner-capacity",
      paramLabel = "N",
      description = "calls the partners serve at once; 0 for any number (default: 0)")
  private @Nullable String partnerCapacity;

  @Option(
      names = "--wallet-only",
      description =
          "start the wallet, its database and the server that watches them, and load nothing:"
              + " for `headroom test` with a plan of demo/plans")
  private boolean walletOnly;

  @Option(
      names = "--wallet-port",
      paramLabel = "PORT",
      description = "port of the wallet (default: free; 8090 with --wallet-only)")
  private @Nullable Integer walletPort;

  @Option(
      names = "--database-port",
      paramLabel = "PORT",
      description = "port of its database (default: free; 8091 with --wallet-only)")
  private @Nullable Integer databasePort;

  public DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    requireTruth();
    InstantSource clock = InstantSource.system();
    try (var folder = new TemporaryFolder("headroom-demo");
        LocalStore store = LocalStore.open(data == null ? folder.resolve("data") : data);
        Recording recording = record == null ? null : Recording.in(record, new OtlpWorker(clock));
        HeadroomServer server =
            startServer(
                store, recording == null ? new OtlpWorker(clock) : recording.worker(), clock)) {
      String page = server.endpoints().web();
      store.announce(page);
      terminal.say("Headroom is up: %s", page);
      terminal.say("starting PostgreSQL and the wallet service under the OpenTelemetry agent");
      try (WalletSystem wallet =
          WalletSystem.start(
              folder.path(), knobs(), URI.create(server.endpoints().otlpHttp()), ports())) {
        terminal.say("the wallet is up: %s", wallet.address());
        if (walletOnly) {
          terminal.say("its database: %s", wallet.jdbcUrl());
        } else {
          ProofResult result =
              run(
                  settings(wallet.address()),
                  new OwnObservatory(server, store.rollups()),
                  wallet,
                  recording == null ? Tape.NONE : recording.tape());
          print(result);
          if (recording != null) {
            recording.keepTruth(result, "the demo", terminal);
          }
        }
        if (!once || walletOnly) {
          terminal.say("browse %s; Ctrl-C ends it all", page);
          Stop.await();
          terminal.say("stopping");
        }
      }
      return ExitCode.OK;
    } catch (IOException e) {
      throw new UserError(
          String.valueOf(e.getMessage()), "Run it again; if it stays, say so with this output.");
    }
  }

  private Proof.Settings settings(URI wallet) {
    try {
      return WalletLoad.settings(wallet, watchRate, watchSeconds, seed);
    } catch (IllegalArgumentException e) {
      throw new UserError(String.valueOf(e.getMessage()), "See `headroom demo --help`.");
    }
  }

  private ProofResult run(
      Proof.Settings settings, Observatory observatory, WalletSystem wallet, Tape tape)
      throws InterruptedException {
    try {
      ProofResult result =
          new Proof(
                  settings,
                  observatory,
                  InstantSource.system(),
                  new TerminalNarrator(terminal),
                  tape)
              .run();
      if (!result.isReached()) {
        throw new UserError(ProofText.of(result).getLast(), "Run it again.");
      }
      return result;
    } catch (ProofFailed | TargetUnusableException e) {
      throw new UserError(
          String.valueOf(e.getMessage()),
          wallet.isAlive()
              ? "Look at the page while it runs, or watch longer with --watch 300."
              : "The wallet has died; its log is above all this.");
    } finally {
      terminal.clearStatus();
    }
  }

  private void print(ProofResult result) {
    if (json) {
      terminal.result(JsonText.pretty(ProofJson.of(result)));
    } else {
      ProofText.of(result).forEach(terminal::result);
    }
  }

  private void requireTruth() {
    if (record != null && walletOnly) {
      throw new UserError(
          "--wallet-only breaks nothing, so there would be no truth to a recording",
          "Leave one of --record and --wallet-only out.");
    }
  }

  private HeadroomServer startServer(LocalStore store, IngestWorker worker, InstantSource clock)
      throws IOException {
    ServerOptions options = ServerOptions.DEFAULT.withPorts(webPort(), 0, 0);
    return HeadroomServer.start(
        options,
        new HeadroomServer.Parts(
            store.rollups(), worker, new StoreAnalysis(store.rollups(), Objective.DEFAULT), clock));
  }

  private int webPort() {
    if (port != null) {
      return port;
    }
    try (var probe = new ServerSocket(USUAL_PORT, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    } catch (IOException taken) {
      return 0;
    }
  }

  private WalletSystem.Ports ports() {
    return new WalletSystem.Ports(
        walletPort != null ? walletPort : walletOnly ? WALLET_PORT : 0,
        databasePort != null ? databasePort : walletOnly ? WALLET_PORT + 1 : 0);
  }

  private List<String> knobs() {
    List<String> knobs = new ArrayList<>();
    add(knobs, "--pool-size", poolSize);
    add(knobs, "--reporting", reporting);
    add(knobs, "--index", index);
    add(knobs, "--cache-ttl", cacheTtl);
    add(knobs, "--retries", retries);
    add(knobs, "--batch", batch);
    add(knobs, "--partner-time", partnerTime);
    add(knobs, "--partner-capacity", partnerCapacity);
    return knobs;
  }

  private static void add(List<String> knobs, String name, @Nullable String value) {
    if (value != null) {
      knobs.add(name);
      knobs.add(value);
    }
  }
}
