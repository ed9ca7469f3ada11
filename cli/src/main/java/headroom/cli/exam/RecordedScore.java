package headroom.cli.exam;

import headroom.analysis.StoreAnalysis;
import headroom.cli.data.LocalStore;
import headroom.cli.data.TemporaryFolder;
import headroom.cli.exam.recordings.KnownTruth;
import headroom.cli.exam.recordings.RecordingFolder;
import headroom.cli.exam.recordings.RecordingFolder.SeriesFiles;
import headroom.cli.exam.recordings.RecordingFolder.SystemFiles;
import headroom.cli.exam.recordings.SeriesReader;
import headroom.cli.exam.recordings.TruthReader;
import headroom.cli.exam.recordings.UnusableFileException;
import headroom.cli.terminal.Progress;
import headroom.cli.terminal.Terminal;
import headroom.cli.terminal.UserError;
import headroom.detect.Finding;
import headroom.drift.HourlyHistory;
import headroom.ingest.RecordingContents;
import headroom.ingest.pipeline.RecordingImport;
import headroom.rollup.Resolution;
import headroom.score.Marks;
import headroom.score.RecordedChange;
import headroom.score.RecordedSystem;
import headroom.score.RecordedSystems;
import headroom.score.SeriesForecast;
import headroom.score.SeriesForecasts;
import headroom.wall.Walls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Scores predictions on what lies in a folder: each recorded system is imported into a store of its
 * own, which is gone afterwards, and asked as {@code walls} would ask it.
 */
final class RecordedScore {
  private final Terminal terminal;
  private final RecordingFolder found;

  /** Of a file with series to forecast, so many at most. */
  private final int mostSeries;

  private final List<String> problems = new ArrayList<>();
  private final List<RecordedSystem> systems = new ArrayList<>();
  private final List<RecordedChange> changes = new ArrayList<>();
  private final List<SeriesForecast.Score> forecasts = new ArrayList<>();

  private RecordedScore(Terminal terminal, RecordingFolder found, int mostSeries) {
    this.terminal = terminal;
    this.found = found;
    this.mostSeries = mostSeries;
    problems.addAll(found.problems());
  }

  /**
   * What came of it.
   *
   * @param problems what could not be scored, and why
   */
  record Result(List<Marks> marks, List<String> problems) {}

  /** Scores all that a folder holds. */
  static Result of(Path folder, int mostSeries, Terminal terminal) {
    if (!Files.isDirectory(folder)) {
      throw new UserError(
          "there is no folder " + folder,
          "Give --recordings a folder; docs/recordings.md has more.");
    }
    try {
      RecordingFolder found = RecordingFolder.of(folder);
      var score = new RecordedScore(terminal, found, mostSeries);
      if (found.systems().isEmpty() && found.series().isEmpty()) {
        throw nothing(folder, found);
      }
      return score.run();
    } catch (IOException e) {
      throw new UserError(
          "cannot read %s: %s".formatted(folder, e.getMessage()), "May you read all files in it?");
    }
  }

  private static UserError nothing(Path folder, RecordingFolder found) {
    String line = System.lineSeparator();
    return new UserError(
        "there is nothing to score in %s, where %,d files were looked at%s"
            .formatted(
                folder,
                found.files(),
                found.problems().stream().map(one -> line + "  " + one).reduce("", String::concat)),
        String.join(
            line,
            "It may hold, also in folders of its own:",
            "  telemetry of a system (OTLP) with FILE.truth.json beside it, or a folder of"
                + " telemetry with truth.json in it;",
            "  Daily-train.csv and Daily-test.csv, or the same of Hourly, as the M4 competition"
                + " published them.",
            "`headroom simulate scenarios/launch.yaml --out %s/launch.pb.gz` writes a recording with its truth."
                .formatted(folder)));
  }

  private Result run() throws IOException {
    int parts = found.systems().size() + found.series().size();
    try (var progress = new Progress(terminal, "scoring", System::nanoTime)) {
      int done = 0;
      for (SystemFiles files : found.systems()) {
        double before = done++;
        system(files, (share, file) -> progress.at((before + share) / parts, file));
      }
      for (SeriesFiles files : found.series()) {
        double before = done++;
        series(files, (share, what) -> progress.at((before + share) / parts, what));
      }
      progress.done(
          "%d of %d recordings in a folder of %,d files"
              .formatted(systems.size() + forecasts.size(), parts, found.files()));
    }
    problems.forEach(problem -> terminal.say("not scored: " + problem));
    List<Marks> marks = new ArrayList<>();
    if (!systems.isEmpty()) {
      marks.add(RecordedSystems.each(systems));
      marks.add(RecordedSystems.summary(systems, changes));
    }
    if (!forecasts.isEmpty()) {
      marks.add(SeriesForecasts.marks(forecasts));
    }
    return new Result(marks, problems);
  }

  private void system(SystemFiles files, RecordingImport.Told told) throws IOException {
    KnownTruth known;
    try {
      known = TruthReader.read(files.truth());
    } catch (UnusableFileException e) {
      problems.add(String.valueOf(e.getMessage()));
      return;
    }
    try (var folder = new TemporaryFolder("headroom-score");
        LocalStore store = LocalStore.open(folder.path())) {
      RecordingContents recorded =
          RecordingImport.read(files.telemetry(), store.rollups(), told).recorded();
      recorded.problems().forEach(terminal::say);
      if (recorded.decoded().isEmpty()) {
        problems.add("%s: there is no telemetry in it".formatted(files.name()));
        return;
      }
      var analysis = new StoreAnalysis(store.rollups(), known.objective());
      Walls walls = analysis.walls();
      systems.add(
          RecordedSystem.of(
              files.name(),
              walls,
              analysis.plainWalls(),
              known.truth(),
              known.multiple(),
              known.peakPerSecond()));
      drift(files.name(), known, store, analysis);
    }
  }

  private void drift(String name, KnownTruth known, LocalStore store, StoreAnalysis analysis) {
    boolean isLong =
        store
            .rollups()
            .extent(Resolution.HOUR)
            .filter(extent ->
                Duration.between(extent.from(), extent.to()).compareTo(HourlyHistory.SHORTEST) > 0)
            .isPresent();
    if (known.changes().isEmpty() || !isLong) {
      return;
    }
    List<Finding> findings = analysis.findings();
    known
        .changes()
        .forEach(change ->
            changes.add(RecordedChange.of(name, change.onset(), change.operation(), findings)));
  }

  private void series(SeriesFiles files, RecordingImport.Told told) throws IOException {
    String name = files.name().toLowerCase(Locale.ROOT);
    if (!name.startsWith("daily") && !name.startsWith("hourly")) {
      problems.add(
          "%s: only series of days and of hours are forecast here".formatted(files.train()));
      return;
    }
    boolean hours = name.startsWith("hourly");
    var score = new SeriesForecast.Score(hours ? name + ", peaks of days" : name);
    long rows = SeriesReader.rows(files.train());
    long wanted = Math.min(rows, mostSeries);
    try (var reader = new SeriesReader(files)) {
      long at = 0;
      for (long i = 0; i < wanted; i++) {
        // Evenly over the file, as its rows are in some order of sorts.
        long row = i * rows / wanted;
        reader.skip(row - at);
        at = row + 1;
        SeriesReader.SplitSeries one = reader.next();
        if (one == null) {
          break;
        }
        long began = System.nanoTime();
        Optional<SeriesForecast> forecast =
            hours
                ? SeriesForecast.ofHours(one.history(), one.actual(), row)
                : SeriesForecast.ofDays(one.history(), one.actual(), row);
        score.add(forecast, (System.nanoTime() - began) / 1e9);
        told.at((double) i / wanted, one.name());
      }
      forecasts.add(score);
    } catch (UnusableFileException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
  }
}
