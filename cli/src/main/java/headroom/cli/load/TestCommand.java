package headroom.cli.load;

import headroom.cli.data.ServerClient;
import headroom.cli.process.EndSignals;
import headroom.cli.terminal.ExitCode;
import headroom.cli.terminal.Terminal;
import headroom.cli.terminal.UserError;
import headroom.load.engine.LoadOptions;
import headroom.load.network.TargetUnusableException;
import headroom.load.report.ReportFiles;
import headroom.load.report.ResultJson;
import headroom.load.report.Summary;
import headroom.load.result.Recovery;
import headroom.load.study.StudyResult;
import headroom.load.study.TestOutcome;
import headroom.load.study.TestedRate;
import headroom.load.study.Tester;
import headroom.load.study.capacity.Plateau;
import headroom.load.study.interference.Interference.Span;
import headroom.model.Station;
import headroom.plan.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A load test. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs a plan: whole journeys, arriving at times that are fixed beforehand; latency counts"
          + " from the intended start.",
      "Exit code 0: the objectives held; 1: one failed or a stop rule ended the run; 2: the plan or"
          + " the target is unusable, or the generator could not keep up; 130: ended by Ctrl-C or"
          + " SIGTERM, with the result so far."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  headroom test plan.yaml --out results",
      "  headroom test plan.yaml --json | jq .verdict",
      "  headroom test plan.yaml --server http://127.0.0.1:8080   names the stations and retries"
          + " behind what is found",
      "  headroom test plan.yaml --set target=http://127.0.0.1:8090 --set objectives.p99=300ms",
      "  headroom test plan.yaml --data results && headroom walls --data results",
      "  cat plan.yaml | headroom test -"
    })
public final class TestCommand implements Callable<Integer> {
  /** Long enough to hold a window or two of stored telemetry. */
  private static final double WATCHED_SECONDS = 25;

  private final Terminal terminal;

  @Mixin private PlanSource source = new PlanSource();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "write report.html, result.json, summary.txt and junit.xml there")
  private @Nullable Path out;

  @Option(names = "--json", description = "print the result as JSON")
  private boolean json;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "fixes arrivals, think times and generated data (default: 1)")
  private long seed;

  @Option(
      names = "--metrics",
      paramLabel = "PORT",
      description =
          "serve live metrics for Prometheus there, on this machine only; HOST:PORT for elsewhere")
  private @Nullable String metrics;

  @Mixin private TestRecord record = new TestRecord();

  public TestCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (var interrupt = new EndSignals()) {
      return run(source.read(terminal), interrupt);
    } catch (TargetUnusableException e) {
      throw new UserError(
          String.valueOf(e.getMessage()), "Is it running, and is `target:` its address?");
    } catch (IOException e) {
      throw new UserError(
          "the report could not be written to " + out + ": " + e.getMessage(),
          "Choose another folder with --out DIR.");
    }
  }

  private int run(Plan plan, EndSignals interrupt)
      throws TargetUnusableException, IOException, InterruptedException {
    try (TestRecord.Sink sink = record.open();
        LiveEndpoint endpoint = metrics == null ? null : new LiveEndpoint(metrics)) {
      if (endpoint != null) {
        terminal.say("metrics: %s", endpoint.url());
      }
      var faces = new TestFaces(terminal, plan, endpoint);
      interrupt.first(faces::end);
      TestOutcome outcome = watched(Tester.run(plan, LoadOptions.seed(seed), faces));
      terminal.clearStatus();
      if (out != null) {
        ReportFiles.write(outcome, out);
        terminal.say("report: %s", out.resolve("report.html"));
      }
      sink.keep(outcome, fullest(outcome), terminal);
      terminal.result(json ? ResultJson.of(outcome).strip() : Summary.of(outcome).stripTrailing());
      return faces.wasEnded() ? ExitCode.INTERRUPTED : code(outcome);
    }
  }

  /** With what the server saw of the target's stations, where that says more. */
  private TestOutcome watched(TestOutcome outcome) throws InterruptedException {
    ServerClient server = record.server();
    if (server == null) {
      return outcome;
    }
    var watch = new StationWatch(server);
    TestOutcome told = outcome;
    for (StudyResult study : outcome.studies()) {
      switch (study) {
        case StudyResult.FlowInterference flows ->
            told = told.withStations(watch.during(flows.matrix().companies()));
        case StudyResult.Metastability found -> {
          if (!found.hasPassed()) {
            Recovery recovery = found.recovery();
            double end = outcome.run().schedule().seconds();
            told =
                told.withCauses(
                    watch.causes(
                        span(
                            outcome,
                            recovery.beganSeconds() - WATCHED_SECONDS,
                            recovery.beganSeconds()),
                        span(outcome, end - WATCHED_SECONDS, end)));
          }
        }
        case StudyResult.Capacity capacity -> {}
        case StudyResult.Duplicates duplicates -> {}
        case StudyResult.Growth growth -> {}
      }
    }
    return told;
  }

  /** The station that was full under the lowest load that broke, where a server saw one. */
  private Optional<String> fullest(TestOutcome outcome) throws InterruptedException {
    ServerClient server = record.server();
    Optional<Plateau> broken =
        outcome.studies().stream()
            .filter(StudyResult.Capacity.class::isInstance)
            .map(study -> ((StudyResult.Capacity) study).found())
            .flatMap(found -> TestedRate.lowestBroken(found).stream())
            .findFirst();
    if (server == null || broken.isEmpty()) {
      return Optional.empty();
    }
    Plateau at = broken.get();
    try {
      return new StationWatch(server)
          .fullest(span(outcome, at.startSeconds(), at.startSeconds() + at.seconds()))
          .map(Station::text);
    } catch (UserError e) {
      terminal.say("the server was not asked for its stations: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static Span span(TestOutcome outcome, double from, double to) {
    Instant start = outcome.run().startedAt();
    return new Span(
        start.plusMillis((long) (1e3 * Math.max(0, from))), start.plusMillis((long) (1e3 * to)));
  }

  private static int code(TestOutcome result) {
    if (!result.isValid()) {
      return ExitCode.NOT_ASKED;
    }
    return result.hasPassed() ? ExitCode.OK : ExitCode.NO;
  }
}
