package headroom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import headroom.cli.terminal.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecordedScoreTest {
  private static final String SCENARIO =
      """
      service: wallet
      stations:
        cpu: { cores: 4 }
        ledger: { connections: 4, acquire: 30s }
        postgres: { cores: 4, shared: true }
      operations:
        GET /balance:
          steps:
            - work: { cpu: exp 3ms }
            - hold: ledger
              steps:
                - statement: SELECT balance FROM account WHERE id = ?
                  steps: [ { work: { postgres: exp 2ms } }, { pause: 5ms + exp 20ms } ]
      load: { rate: 40/s, season: { trough: 40%, every: 4m } }
      goal: { p99: 500ms }
      for: 12m
      """;

  @TempDir Path folder;

  private Path simulated(String name, String... more) throws Exception {
    Path scenario = Files.writeString(folder.resolve("scenario.yaml"), SCENARIO);
    Path out = folder.resolve(name);
    var parent = out.getParent();
    Files.createDirectories(parent == null ? folder : parent);
    String[] arguments = new String[4 + more.length];
    System.arraycopy(
        new String[] {"simulate", scenario.toString(), "--out", out.toString()},
        0,
        arguments,
        0,
        4);
    System.arraycopy(more, 0, arguments, 4, more.length);
    Run run = Run.of(arguments);
    assertThat(run.code()).as(run.err()).isZero();
    return out;
  }

  private Run score(String... more) {
    String[] arguments = new String[3 + more.length];
    System.arraycopy(new String[] {"score", "--recordings", folder.toString()}, 0, arguments, 0, 3);
    System.arraycopy(more, 0, arguments, 3, more.length);
    return Run.of(arguments);
  }

  private JsonNode scored() throws Exception {
    Run run = score("--json");
    assertThat(run.code()).as(run.err()).isZero();
    return new ObjectMapper().readTree(run.out());
  }

  @Test
  void aRecordedSystemIsScoredByItsTruth() throws Exception {
    simulated("one.pb.gz");
    JsonNode truth = new ObjectMapper().readTree(folder.resolve("one.pb.gz.truth.json").toFile());

    JsonNode document = scored();

    JsonNode one = document.path("recordings").path("each").path("one.pb.gz");
    double multiple = truth.path("wall").path("multiple").asDouble();
    assertThat(one.path("trueMultiple").asDouble()).isCloseTo(multiple, within(0.1 * multiple));
    assertThat(one.path("median").asDouble()).isCloseTo(multiple, within(0.25 * multiple));
    assertThat(one.path("trueStation").asText()).isEqualTo("wallet/pool/ledger");
    assertThat(one.path("station").asText()).isEqualTo("wallet/pool/ledger");
    double error = one.path("median").asDouble() / one.path("trueMultiple").asDouble() - 1;
    assertThat(one.path("error").asDouble()).isCloseTo(error, within(1e-3));
    boolean inside =
        one.path("low").asDouble() <= one.path("trueMultiple").asDouble()
            && one.path("trueMultiple").asDouble() <= one.path("high").asDouble();
    assertThat(one.path("insideInterval").asBoolean()).isEqualTo(inside);
    assertThat(document.path("recordings").path("cases").asInt()).isEqualTo(1);
    assertThat(document.path("recordings").path("firstToBreak").asDouble()).isEqualTo(1);
    assertThat(document.path("problems").isEmpty()).isTrue();

    Run words = score();
    assertThat(words.out())
        .contains("recorded system", "one.pb.gz", "walls of recordings", "100.0 % of 1");
  }

  @Test
  void aFolderWithATruthIsOneSystemWhateverItsFiles() throws Exception {
    Path file = simulated("shop/all.jsonl");
    Files.delete(folder.resolve("shop/all.jsonl.truth.json"));
    var lines = Files.readAllLines(file);
    Files.write(folder.resolve("shop/first.json"), lines.subList(0, lines.size() / 2));
    Files.write(folder.resolve("shop/rest.json"), lines.subList(lines.size() / 2, lines.size()));
    Files.delete(file);
    Files.writeString(folder.resolve("shop/README.md"), "{ not telemetry");
    Files.writeString(
        folder.resolve("shop/truth.json"),
        """
        { "wall": { "perSecond": 60 }, "goal": { "seconds": 0.3 }, "note": "a load test in May" }
        """);

    JsonNode one = scored().path("recordings").path("each").path("shop");

    assertThat(one.path("trueMultiple").asDouble())
        .isCloseTo(60 / one.path("peakPerSecond").asDouble(), within(1e-3));
    assertThat(one.path("error").asDouble()).isGreaterThan(0.5);
    assertThat(one.path("insideInterval").asBoolean()).isFalse();
    assertThat(one.path("trueStation").asText()).isEmpty();
  }

  @Test
  void whatElseATruthTellsIsForReaders() throws Exception {
    simulated("good.pb");
    Path truth = folder.resolve("good.pb.truth.json");
    var told = (ObjectNode) new ObjectMapper().readTree(truth.toFile());
    told.put("knobs", "--pool-size 3").putArray("plateaus").addObject().put("perSecond", 3);
    told.putObject("hostLoad").put("steal", 0.01);
    ((ObjectNode) told.path("wall")).put("low", 1).put("high", 2);
    Files.writeString(truth, told.toString());

    Run run = score("--json");

    assertThat(run.code()).as(run.err()).isZero();
    JsonNode document = new ObjectMapper().readTree(run.out());
    assertThat(document.path("problems")).isEmpty();
    assertThat(document.path("recordings").path("cases").asInt()).isEqualTo(1);
  }

  @Test
  void whatCannotBeUsedIsToldAndTheRestIsScored() throws Exception {
    simulated("good.pb");
    Files.writeString(folder.resolve("alone.pb.truth.json"), "{}");
    truth("broken", "{ \"wall\": ");
    truth("typo", "{ \"wal\": { \"perSecond\": 3 } }");
    truth("negative", "{ \"wall\": { \"perSecond\": -3 } }");
    truth("empty", "{}");
    truth("other", "{ \"wall\": { \"multiple\": 3 } }");
    Files.writeString(folder.resolve("untold.jsonl"), "{}");

    Run run = score("--json");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("alone.pb.truth.json: there is no alone.pb beside it")
        .contains("broken.jsonl.truth.json: is not JSON")
        .contains("unknown key 'wal'; there are wall, ")
        .contains("perSecond must be a number greater than 0, got -3")
        .contains("empty.jsonl.truth.json: it must say where the system breaks")
        .contains("other.jsonl: there is no telemetry in it")
        .contains("untold.jsonl: nothing is known of it, as there is no untold.jsonl.truth.json");
    JsonNode document = new ObjectMapper().readTree(run.out());
    assertThat(document.path("problems")).hasSize(7);
    assertThat(document.path("recordings").path("cases").asInt()).isEqualTo(1);
  }

  private void truth(String name, String text) throws Exception {
    Files.writeString(folder.resolve(name + ".jsonl"), "{\"neither\":1}\n");
    Files.writeString(folder.resolve(name + ".jsonl.truth.json"), text);
  }

  @Test
  void aFolderWithoutAnythingSaysWhatWasLookedFor() throws Exception {
    Files.writeString(folder.resolve("notes.txt"), "nothing");

    Run run = score();

    assertThat(run.code()).isEqualTo(ExitCode.NOT_ASKED);
    assertThat(run.err())
        .contains("nothing to score in " + folder + ", where 1 files were looked at")
        .contains("FILE.truth.json", "Daily-train.csv", "headroom simulate");
    assertThat(Run.of("score", "--recordings", folder + "/none").err())
        .contains("there is no folder");
    assertThat(score("--only", "walls").code()).isEqualTo(ExitCode.NOT_ASKED);
  }

  @Test
  void seriesOfDaysAreForecast() throws Exception {
    var random = new SplittableRandom(1);
    var train = new StringBuilder("\"V1\",\"V2\",\"V3\"\n");
    var test = new StringBuilder("\"V1\",\"V2\"\n");
    for (int series = 1; series <= 12; series++) {
      train.append("\"D").append(series).append('"').append(cells(100, random)).append(",,\n");
      test.append("\"D").append(series).append('"').append(cells(14, random)).append('\n');
    }
    Files.createDirectories(folder.resolve("Train"));
    Files.createDirectories(folder.resolve("Test"));
    Files.writeString(folder.resolve("Train/Daily-train.csv"), train);
    Files.writeString(folder.resolve("Test/Daily-test.csv"), test);
    Files.writeString(folder.resolve("Yearly-train.csv"), train);
    Files.writeString(folder.resolve("Yearly-test.csv"), test);

    Run run = score("--json", "--series", "5");

    assertThat(run.code()).as(run.err()).isZero();
    JsonNode daily = new ObjectMapper().readTree(run.out()).path("forecasts").path("daily");
    assertThat(daily.path("series").asInt()).isEqualTo(5);
    assertThat(daily.path("mase").asDouble()).isBetween(0.4, 1.2);
    assertThat(daily.path("coverage95").asDouble()).isBetween(0.8, 1.0);
    assertThat(run.err()).contains("Yearly-train.csv: only series of days and of hours");

    Files.writeString(
        folder.resolve("Test/Daily-test.csv"), test.toString().replace("\"D3\"", "\"D4\""));
    assertThat(score().err())
        .contains("Daily-test.csv: line 4 is of D4, the same line of Daily-train.csv of D3");
    Files.writeString(folder.resolve("Train/Daily-train.csv"), train.append("\"D13\",\"x\"\n"));
    Files.writeString(folder.resolve("Test/Daily-test.csv"), test.append("\"D13\",\"1\"\n"));
    assertThat(score().err()).contains("Daily-train.csv: line 14: 'x' is not a number");
  }

  private static String cells(int count, SplittableRandom random) {
    return IntStream.range(0, count)
        .mapToObj(day ->
            String.format(Locale.ROOT, ",\"%.2f\"", 100 * Math.exp(0.1 * random.nextGaussian())))
        .reduce("", String::concat);
  }
}
