package headroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.cli.data.LocalStore;
import headroom.cli.terminal.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user sees who asks for help or makes a mistake. */
final class CommandsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "serve",
        "import",
        "walls",
        "ledger",
        "findings",
        "actions",
        "plan",
        "test",
        "simulate",
        "score",
        "compare",
        "query"
      })
  void everyCommandHasHelpWithExamples(String command) {
    Run run = Run.of(command, "--help");

    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("Usage: headroom " + command).contains("Examples:");
  }

  @Test
  void anUnknownCommandSaysWhatIsNear() {
    Run run = Run.of("wals");

    assertThat(run.code()).isEqualTo(ExitCode.NOT_ASKED);
    assertThat(run.err()).contains("wals").contains("walls");
  }

  @Test
  void aFolderWithoutDataSaysWhatToDo() {
    Run run = Run.of("walls", "--data", folder.resolve("nowhere").toString());

    assertThat(run.code()).isEqualTo(ExitCode.NOT_ASKED);
    assertThat(run.err()).contains("nowhere").contains("headroom serve");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aChangeThatCannotBeReadSaysHowToWriteIt() {
    Run run = Run.of("walls", "--what-if", "disk=shop:3");

    assertThat(run.code()).isEqualTo(ExitCode.NOT_ASKED);
    assertThat(run.err()).contains("disk=shop:3").contains("pool=STATION:SIZE");
  }

  @Test
  void aServerThatIsNotThereSaysSo() {
    Run run = Run.of("walls", "--server", "http://127.0.0.1:1");

    assertThat(run.code()).isEqualTo(ExitCode.NOT_ASKED);
    assertThat(run.err()).contains("127.0.0.1:1").contains("headroom serve");
  }

  @Test
  void aFolderIsHeldByOneProcessAtATime() {
    try (LocalStore held = LocalStore.open(folder)) {
      assertThat(held.rollups()).isNotNull();
      Run run = Run.of("walls", "--data", folder.toString());

      assertThat(run.code()).isEqualTo(ExitCode.NOT_ASKED);
      assertThat(run.err()).contains(Long.toString(ProcessHandle.current().pid()));
    }
  }

  @Test
  void garbageIsNotImported() throws Exception {
    Path garbage = Files.writeString(folder.resolve("garbage.json"), "{\"resourceSpans\": oh no");
    Run run = Run.of("import", garbage.toString(), "--data", folder.resolve("data").toString());

    assertThat(run.code()).isEqualTo(ExitCode.NOT_ASKED);
    assertThat(run.err()).contains("garbage.json").contains("line 1");
  }

  @Test
  void aPlanWithMistakesNamesThem() throws Exception {
    Path plan =
        Files.writeString(folder.resolve("plan.yaml"), "target: http://127.0.0.1:1\njorneys: {}\n");
    Run run = Run.of("test", plan.toString());

    assertThat(run.code()).isEqualTo(ExitCode.NOT_ASKED);
    assertThat(run.err()).contains("jorneys").contains("journeys");
  }

  @Test
  void theConfigurationListsAllThatIsWrong() throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("config.yaml"),
            "objectives: { p99: fast }\ncolour: blue\ntraffic: { growth: 8 }\n");
    Run run = Run.of("serve", "--config", config.toString(), "--data", folder.toString());

    assertThat(run.code()).isEqualTo(ExitCode.NOT_ASKED);
    assertThat(run.err()).contains("p99: fast").contains("colour").contains("8%/month");
  }

  @Test
  void sqlCannotWrite() {
    LocalStore.open(folder).close();
    Run run = Run.of("query", "CREATE TABLE t (i INTEGER)", "--data", folder.toString());

    assertThat(run.code()).isEqualTo(ExitCode.NOT_ASKED);
    assertThat(run.err()).contains("headroom query");
  }
}
