package headroom.cli;

import headroom.score.Seeds;
import headroom.score.WallExam;
import headroom.score.WallResult;
import headroom.score.WallScenario.Series;
import headroom.score.WallScenarios;
import headroom.score.WallScore;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The scoreboard: predictions beside the truth of planted scenarios. */
@Command(
    name = "score",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Watches simulated systems at a third of their limit or less, predicts their walls, finds the"
          + " true ones by running the systems into them, and prints how far apart they are.",
      "Nothing is read or written. A hundred systems take about a minute on two cores."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  headroom score",
      "  headroom score --seeds 200 --json | jq .tiers",
      "  headroom score --tuning --each       each case of the set that may be looked at"
    })
final class ScoreCommand implements Callable<Integer> {
  private static final int MOST = 10_000;

  private final Terminal terminal;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "44",
      description = "how many systems of each series (default: ${DEFAULT-VALUE})")
  private int seeds;

  @Option(names = "--json", description = "print the scoreboard as JSON")
  private boolean json;

  @Option(
      names = "--tuning",
      description = "use the systems that predictors are tuned on, not those that are reported")
  private boolean tuning;

  @Option(names = "--each", description = "also print each case")
  private boolean each;

  ScoreCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (seeds < 1 || seeds > MOST) {
      throw new UserError(
          "--seeds must be within 1..%d, got %d".formatted(MOST, seeds), "Such as --seeds 100.");
    }
    Map<Series, List<WallResult>> results = new EnumMap<>(Series.class);
    try (var progress = new Progress(terminal, "scoring", System::nanoTime)) {
      var done = new AtomicInteger();
      for (Series series : Series.values()) {
        results.put(series, results(series, progress, done));
      }
      progress.done(done.get() + " walls");
    }
    print(results);
    return ExitCode.OK;
  }

  private List<WallResult> results(Series series, Progress progress, AtomicInteger done) {
    Seeds set = tuning ? Seeds.TUNING : Seeds.HELD_OUT;
    double all = (double) seeds * Series.values().length;
    return IntStream.range(0, seeds)
        .parallel()
        .mapToObj(number -> {
          WallResult result = WallExam.take(WallScenarios.draw(series, set, number));
          synchronized (progress) {
            progress.at(done.incrementAndGet() / all, "walls, series " + series.label());
          }
          return result;
        })
        .toList();
  }

  private void print(Map<Series, List<WallResult>> results) {
    Map<Series, WallScore> scores = new EnumMap<>(Series.class);
    results.forEach((series, some) -> scores.put(series, WallScore.of(some)));
    if (json) {
      terminal.result(ScoreText.json(seeds, tuning, scores));
      return;
    }
    List<String> lines = new ArrayList<>();
    if (each) {
      results.values().forEach(some -> some.forEach(one -> lines.add(one.toString())));
    }
    lines.addAll(ScoreText.table(results));
    lines.forEach(terminal::result);
  }
}
