package headroom.cli.exam.recordings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a folder holds that predictions can be scored on.
 *
 * <pre>
 *   launch.pb.gz, launch.pb.gz.truth.json       a recorded system: one file, its truth beside it
 *   shop/traces.jsonl, shop/metrics.jsonl,
 *   shop/truth.json                             one of several files: those of the truth's folder
 *   Train/Daily-train.csv, Test/Daily-test.csv  series to forecast, wherever they lie
 * </pre>
 *
 * @param files how many were looked at
 * @param problems what looked like a recording and cannot be used, each naming its file
 */
public record RecordingFolder(
    int files, List<SystemFiles> systems, List<SeriesFiles> series, List<String> problems) {
  private static final int DEPTH = 4;
  private static final int MOST_FILES = 10_000;
  private static final String TRUTH = "truth.json";
  private static final String TRUTH_OF_FILE = "." + TRUTH;

  private static final Pattern SERIES =
      Pattern.compile("(.+)-(train|test)\\.csv", Pattern.CASE_INSENSITIVE);

  private static final Pattern TELEMETRY = Pattern.compile(".+\\.(jsonl|pb)(\\.(gz|zst))?");

  /** What is never telemetry, whatever it begins with. */
  private static final Set<String> OTHERS =
      Set.of("md", "txt", "html", "yaml", "yml", "csv", "tsv", "log");

  public RecordingFolder {
    systems = List.copyOf(systems);
    series = List.copyOf(series);
    problems = List.copyOf(problems);
  }

  /** The telemetry of one system and the file with what is known of it. */
  public record SystemFiles(String name, List<Path> telemetry, Path truth) {
    public SystemFiles {
      telemetry = List.copyOf(telemetry);
    }
  }

  /** Series as the M4 competition published them, a row each. */
  public record SeriesFiles(String name, Path train, Path test) {}

  /**
   * Looks into a folder and the folders in it, four deep.
   *
   * @throws IOException when it cannot be read
   */
  public static RecordingFolder of(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder, DEPTH)) {
      files =
          all.filter(Files::isRegularFile)
              .filter(file -> !name(file).startsWith("."))
              .limit(MOST_FILES + 1L)
              .sorted()
              .toList();
    }
    List<String> problems = new ArrayList<>();
    if (files.size() > MOST_FILES) {
      problems.add("%s: holds more than %,d files".formatted(folder, MOST_FILES));
    }
    List<SystemFiles> systems = systems(folder, files, problems);
    return new RecordingFolder(files.size(), systems, series(files, problems), problems);
  }

  private static List<SystemFiles> systems(Path folder, List<Path> files, List<String> problems)
      throws IOException {
    List<SystemFiles> systems = new ArrayList<>();
    Map<Path, Path> truths = new LinkedHashMap<>();
    files.stream()
        .filter(file -> name(file).endsWith(TRUTH_OF_FILE))
        .forEach(truth -> truths.put(told(truth), truth));
    for (Map.Entry<Path, Path> one : truths.entrySet()) {
      if (Files.isRegularFile(one.getKey())) {
        systems.add(
            new SystemFiles(
                folder.relativize(one.getKey()).toString(), List.of(one.getKey()), one.getValue()));
      } else {
        problems.add("%s: there is no %s beside it".formatted(one.getValue(), name(one.getKey())));
      }
    }
    for (Path truth : files) {
      if (!name(truth).equals(TRUTH)) {
        continue;
      }
      Path own = folderOf(truth);
      List<Path> telemetry = new ArrayList<>();
      for (Path file : files) {
        boolean free = !truths.containsKey(file) && !name(file).endsWith(TRUTH);
        if (free && folderOf(file).equals(own) && mayBeTelemetry(file)) {
          telemetry.add(file);
        }
      }
      if (telemetry.isEmpty()) {
        problems.add("%s: there is no telemetry in its folder".formatted(truth));
      } else {
        systems.add(new SystemFiles(title(folder, own), telemetry, truth));
      }
    }
    files.stream()
        .filter(file -> TELEMETRY.matcher(name(file)).matches())
        .filter(file -> systems.stream().noneMatch(one -> one.telemetry().contains(file)))
        .forEach(file ->
            problems.add(
                "%s: nothing is known of it, as there is no %s%s beside it"
                    .formatted(file, name(file), TRUTH_OF_FILE)));
    return systems;
  }

  private static String title(Path folder, Path own) {
    return own.equals(folder) ? name(folder.toAbsolutePath()) : folder.relativize(own).toString();
  }

  /** What a truth is about, by its name. */
  private static Path told(Path truth) {
    String name = name(truth);
    return truth.resolveSibling(name.substring(0, name.length() - TRUTH_OF_FILE.length()));
  }

  /** By how it begins: OTLP as JSON or behind its length, or packed. */
  private static boolean mayBeTelemetry(Path file) throws IOException {
    String name = name(file).toLowerCase(Locale.ROOT);
    if (OTHERS.contains(name.substring(name.lastIndexOf('.') + 1))) {
      return false;
    }
    byte[] first;
    try (InputStream in = Files.newInputStream(file)) {
      first = in.readNBytes(2);
    }
    return first.length == 2
        && (first[0] == '{'
            || first[0] == 0
            || (first[0] == 0x1F && first[1] == (byte) 0x8B)
            || (first[0] == 0x28 && first[1] == (byte) 0xB5));
  }

  private static List<SeriesFiles> series(List<Path> files, List<String> problems) {
    Map<String, Path> trains = byStem(files, "train");
    Map<String, Path> tests = byStem(files, "test");
    List<SeriesFiles> found = new ArrayList<>();
    trains.forEach((stem, train) -> {
      Path test = tests.remove(stem);
      if (test == null) {
        problems.add("%s: there is no %s-test.csv".formatted(train, stem));
      } else {
        found.add(new SeriesFiles(stem, train, test));
      }
    });
    tests.forEach(
        (stem, test) -> problems.add("%s: there is no %s-train.csv".formatted(test, stem)));
    return found;
  }

  private static Map<String, Path> byStem(List<Path> files, String part) {
    Map<String, Path> found = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Path file : files) {
      Matcher match = SERIES.matcher(name(file));
      if (match.matches() && match.group(2).equalsIgnoreCase(part)) {
        found.putIfAbsent(match.group(1), file);
      }
    }
    return found;
  }

  private static Path folderOf(Path file) {
    Path parent = file.getParent();
    return parent == null ? Path.of("") : parent;
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}
