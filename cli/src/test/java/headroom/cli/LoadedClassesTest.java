package headroom.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import headroom.cli.data.LocalStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examiner is no part of the product: a process that was not asked for it does not load it. */
final class LoadedClassesTest {
  private static final Pattern CLASS = Pattern.compile("\\b(headroom(?:\\.[\\w$]+)+) source:");

  @TempDir Path folder;

  @Test
  void anExaminationIsSeenHere() throws Exception {
    Process score = start("score", "--only", "nothing");
    score.getInputStream().readAllBytes();

    assertThat(score.waitFor()).isEqualTo(2);
    assertThat(loaded()).contains("headroom.score.Exam");
  }

  @Test
  void wallsLoadNoExaminer() throws Exception {
    Path data = folder.resolve("data");
    LocalStore.open(data).close();

    Process walls = start("walls", "--data", data.toString());
    walls.getInputStream().readAllBytes();

    assertThat(walls.waitFor()).isZero();
    assertThat(loaded())
        .contains("headroom.analysis.StoreAnalysis")
        .noneMatch(LoadedClassesTest::isExaminer);
  }

  @Test
  void aServerLoadsNoExaminer() throws Exception {
    Process server =
        start(
            "serve",
            "--data",
            folder.resolve("data").toString(),
            "--port",
            "0",
            "--otlp-grpc",
            "0",
            "--otlp-http",
            "0");
    try (BufferedReader lines = server.inputReader(UTF_8)) {
      String line = lines.readLine();
      assertThat(line).startsWith("Headroom is ready");
      server.toHandle().destroy(); // that of the process itself would close its output
      while (line != null) {
        line = lines.readLine();
      }
      server.waitFor();
    } finally {
      server.destroyForcibly();
    }

    assertThat(loaded())
        .contains("headroom.server.HeadroomServer")
        .noneMatch(LoadedClassesTest::isExaminer);
  }

  private static boolean isExaminer(String type) {
    return type.startsWith("headroom.sim.")
        || type.startsWith("headroom.score.")
        || type.startsWith("headroom.cli.exam.");
  }

  private Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + log(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "headroom.cli.Main"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(folder.resolve("stderr.log").toFile()).start();
  }

  private Path log() {
    return folder.resolve("classes.log");
  }

  /** The classes of ours that the process has loaded. */
  private Set<String> loaded() throws IOException {
    var found = new TreeSet<String>();
    for (String line : Files.readAllLines(log(), UTF_8)) {
      Matcher loaded = CLASS.matcher(line);
      if (loaded.find()) {
        found.add(loaded.group(1));
      }
    }
    return found;
  }
}
