package headroom.cli.exam;

import headroom.cli.terminal.ExitCode;
import headroom.cli.terminal.Progress;
import headroom.cli.terminal.Terminal;
import headroom.cli.terminal.UserError;
import headroom.score.Exam;
import headroom.score.Marks;
import headroom.score.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The scoreboard: predictions beside the truth of planted scenarios. */
@Command(
    name = "score",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Examines predictors and detectors on planted scenarios whose answers are known. Walls:"
          + " watches simulated systems at a third of their limit or less, predicts where they"
          + " break, finds out by running them into it, and prints how far apart the two are.",
      "Nothing is read or written. A hundred systems take about a minute on two cores.",
      "With --recordings it scores predictions on what lies in a folder instead: recorded systems"
          + " whose walls are known, and series of days or hours to forecast."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  headroom score",
      "  headroom score --seeds 200 --json | jq .tiers",
      "  headroom score --only walls --tuning --each    each case of the set that may be looked at",
      "  headroom simulate scenarios/launch.yaml --out recorded/launch.pb.gz",
      "  headroom score --recordings recorded           and any other recordings in that folder"
    })
public final class ScoreCommand implements Callable<Integer> {
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

  @Option(
      names = "--only",
      paramLabel = "PART",
      split = ",",
      description = "only these parts of the scoreboard, such as walls")
  private List<String> only = List.of();

  @Option(
      names = "--recordings",
      paramLabel = "DIR",
      description = {
        "score on the recordings in this folder: telemetry (OTLP) with FILE.truth.json beside it"
            + " as",
        "`simulate` writes them, or NAME-train.csv and NAME-test.csv of the M4 competition"
      })
  private @Nullable Path recordings;

  @Option(
      names = "--series",
      paramLabel = "N",
      defaultValue = "1000",
      description =
          "with --recordings: forecast at most so many series of a file, evenly over it (default:"
              + " ${DEFAULT-VALUE})")
  private int series;

  public ScoreCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (seeds < 1 || seeds > MOST) {
      throw new UserError(
          "--seeds must be within 1..%d, got %d".formatted(MOST, seeds), "Such as --seeds 100.");
    }
    if (series < 1) {
      throw new UserError("--series must be at least 1, got " + series, "Such as --series 100.");
    }
    if (recordings != null) {
      return recorded(recordings);
    }
    List<Exam> exams = chosen();
    List<Marks> marks = new ArrayList<>();
    try (var progress = new Progress(terminal, "scoring", System::nanoTime)) {
      for (int i = 0; i < exams.size(); i++) {
        Exam exam = exams.get(i);
        double before = (double) i / exams.size();
        double part = 1.0 / exams.size();
        marks.add(
            exam.take(
                tuning ? Seeds.TUNING : Seeds.HELD_OUT,
                seeds,
                new SharedCases((share, what) -> progress.at(before + part * share, what))));
      }
      progress.done(exams.stream().map(Exam::name).collect(Collectors.joining(", ")));
    }
    print(marks);
    return ExitCode.OK;
  }

  private int recorded(Path folder) {
    if (tuning || !only.isEmpty()) {
      throw new UserError(
          "--only and --tuning choose among planted systems, --recordings scores none of these",
          "Ask one after the other.");
    }
    RecordedScore.Result result = RecordedScore.of(folder, series, terminal);
    if (json) {
      terminal.result(ScoreText.json(result.marks(), result.problems()));
    } else {
      print(result.marks());
    }
    return result.marks().isEmpty() ? ExitCode.NOT_ASKED : ExitCode.OK;
  }

  private List<Exam> chosen() {
    List<Exam> all = Exam.all();
    List<String> names = all.stream().map(Exam::name).toList();
    for (String name : only) {
      if (!names.contains(name)) {
        throw new UserError(
            "there is no part '%s' of the scoreboard".formatted(name),
            "There are: " + String.join(", ", names) + ".");
      }
    }
    return all.stream().filter(exam -> only.isEmpty() || only.contains(exam.name())).toList();
  }

  private void print(List<Marks> marks) {
    if (json) {
      terminal.result(ScoreText.json(seeds, tuning, marks));
      return;
    }
    for (Marks some : marks) {
      if (each) {
        some.each().forEach(terminal::result);
      }
      ScoreText.table(some).forEach(terminal::result);
      terminal.result("");
    }
  }

  /** Runs cases on all cores and says how far it is. */
  private record SharedCases(BiConsumer<Double, String> progress) implements Exam.Cases {
    @Override
    public <T> List<T> each(String what, int count, IntFunction<T> run) {
      var done = new AtomicInteger();
      return IntStream.range(0, count)
          .parallel()
          .mapToObj(number -> {
            T result = run.apply(number);
            synchronized (progress) {
              progress.accept((double) done.incrementAndGet() / count, what);
            }
            return result;
          })
          .toList();
    }
  }
}
