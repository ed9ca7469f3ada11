package headroom.cli.exam;

import headroom.cli.exam.simulate.Recording;
import headroom.cli.exam.simulate.Scenario;
import headroom.cli.exam.simulate.ScenarioReader;
import headroom.cli.exam.simulate.TrueWalls;
import headroom.cli.terminal.ExitCode;
import headroom.cli.terminal.JsonText;
import headroom.cli.terminal.Progress;
import headroom.cli.terminal.Terminal;
import headroom.cli.terminal.UserError;
import headroom.plan.yaml.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Telemetry of a system that does not exist, with the truth about it beside. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs the system that a scenario describes, event by event in virtual time, and writes what"
          + " its instruments and spans would report as an OTLP file for 'headroom import':"
          + " protobuf for a name ending in .pb, else JSON lines; packed when .gz follows.",
      "Beside it FILE.truth.json says where the system really breaks, found by simulating it there,"
          + " and what changed when. The same scenario and seed give the same file."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  headroom simulate scenarios/launch.yaml --out launch.pb.gz",
      "  headroom import launch.pb.gz --data launch && headroom walls --data launch",
      "  headroom simulate scenarios/launch.yaml --seed 7 --sampling 0.1 --json | jq .wall"
    })
public final class SimulateCommand implements Callable<Integer> {
  /** What part of the time the recording takes, beside the search for the walls. */
  private static final double RECORDING = 0.8;

  private final Terminal terminal;

  @Parameters(paramLabel = "SCENARIO.yaml", description = "the system and its load")
  private Path file = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "where the telemetry goes (default: the scenario's name with .jsonl.gz)")
  private @Nullable Path out;

  @Option(names = "--seed", paramLabel = "N", description = "instead of the scenario's own")
  private @Nullable Long seed;

  @Option(
      names = "--sampling",
      paramLabel = "SHARE",
      defaultValue = "1",
      description =
          "share of the traces whose spans are written; metrics stay exact (default: all)")
  private double sampling;

  @Option(names = "--json", description = "print the truth as JSON")
  private boolean json;

  public SimulateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (!(sampling >= 0 && sampling <= 1)) {
      throw new UserError(
          "--sampling must be within 0..1, got " + sampling, "Such as --sampling 0.1.");
    }
    Scenario scenario = read();
    Path to = out == null ? defaultFile() : out;
    try (var progress = new Progress(terminal, "simulating", System::nanoTime)) {
      Recording recording =
          Recording.write(
              scenario,
              to,
              sampling,
              share -> progress.at(RECORDING * share, to.getFileName().toString()));
      progress.at(RECORDING, "looking for the walls");
      TrueWalls truth = TrueWalls.of(scenario);
      Path beside = to.resolveSibling(to.getFileName() + ".truth.json");
      String document = JsonText.pretty(truth.toJson());
      Files.writeString(beside, document + System.lineSeparator());
      progress.done(
          "%,d requests, %,d spans, %,d bytes in %s"
              .formatted(recording.requests(), recording.spans(), Files.size(to), to));
      if (json) {
        terminal.result(document);
      } else {
        tell(truth, beside);
      }
    } catch (IOException e) {
      throw cannotWrite(to, e);
    } catch (UncheckedIOException e) {
      throw cannotWrite(to, e);
    }
    return ExitCode.OK;
  }

  private static UserError cannotWrite(Path to, Exception e) {
    return new UserError(
        "cannot write %s: %s".formatted(to, e.getMessage()), "Give --out a file in a folder.");
  }

  private void tell(TrueWalls truth, Path beside) {
    String peak =
        String.format(
            Locale.ROOT, "its peak of %.1f requests per second", truth.peak().perSecond());
    terminal.result(
        Double.isFinite(truth.multiple())
            ? String.format(
                Locale.ROOT,
                "breaks at %.2f times %s, first: %s",
                truth.multiple(),
                peak,
                truth.truth().first())
            : "no wall is within reach of the search, seen from " + peak);
    terminal.result("the truth is in " + beside);
  }

  private Path defaultFile() {
    String name = String.valueOf(file.getFileName()).replaceFirst("\\.ya?ml$", "");
    return Path.of(name + ".jsonl.gz");
  }

  private Scenario read() {
    try {
      Scenario scenario = ScenarioReader.parse(Files.readString(file));
      return seed == null ? scenario : scenario.withSeed(seed);
    } catch (NoSuchFileException e) {
      throw new UserError("there is no file " + file, "Some are in the folder scenarios.");
    } catch (IOException e) {
      throw new UserError("cannot read " + file + ": " + e.getMessage(), "Is it a text file?");
    } catch (ProblemException e) {
      throw new UserError(
          "the scenario cannot be used:" + System.lineSeparator() + e.getMessage(),
          "Mend " + file + " and run it again; docs/scenarios.md has all keys.");
    }
  }
}
