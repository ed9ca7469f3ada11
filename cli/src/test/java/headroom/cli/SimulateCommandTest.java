package headroom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import headroom.cli.data.LocalStore;
import headroom.cli.exam.simulate.Scenario;
import headroom.cli.exam.simulate.ScenarioReader;
import headroom.cli.terminal.ExitCode;
import headroom.model.Measure;
import headroom.rollup.Cell;
import headroom.rollup.Resolution;
import headroom.sim.Watch;
import headroom.store.History;
import headroom.store.Series;
import headroom.store.SeriesIndex;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written for a scenario is read back as what its own instruments counted. */
final class SimulateCommandTest {
  /** More of a counter than its first export, with some unevenness of load. */
  private static final double FIRST_EXPORT = 0.04;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** By how much recordings are earlier than what the simulator calls the time. */
  private static final long EARLIER_SECONDS = 735 * 86_400L;

  private static final String SCENARIO =
      """
      service: wallet
      instances: 2
      stations:
        cpu: { cores: 2 }
        ledger: { connections: 3, acquire: 400ms }
        rates: { items: 200, capacity: 100, popularity: 0.9 }
        mail: { consumers: 2, shared: true }
        postgres: { cores: 2, shared: true }
      operations:
        GET /balance:
          share: 60
          steps:
            - work: { cpu: exp 4ms }
            - lookup: rates
              miss:
                - hold: ledger
                  steps:
                    - statement: SELECT balance FROM account WHERE id = ?
                      steps: [ { work: { postgres: exp 3ms } }, { pause: 4ms + exp 20ms } ]
        POST /exchange:
          share: 40
          steps:
            - work: { cpu: exp 8ms }
            - call: partner
              timeout: 60ms
              attempts: 2
              budget: 20%
              takes: 10% of 80ms else exp 10ms
            - hold: ledger
              steps:
                - repeat: 1..4
                  steps:
                    - statement: INSERT INTO report (amount) VALUES (?)
                      takes: lognormal 1 25ms
            - publish: [ { hold: mail, takes: exp 30ms } ]
      load:
        rate: 30/s
        season: { trough: 40%, every: 5m }
      changes:
        - { at: 6m, factor: 1.3, operation: POST /exchange, station: ledger, deploy: yes }
      for: 10m
      seed: 5
      """;

  private static final String OTHER =
      """
      service: quotes
      stations:
        cpu:
          cores: 2
          heap: { limit: 1GiB, live: 400MiB, growth: 300MiB/h, allocation: 200MiB/s, pause: 200ms }
        main: { connections: 2, partitions: 3, skew: 1 }
        orders: { consumers: 1, partitions: 2, skew: 0.5 }
        http: { threads: 50, queue: 20 }
        row: { lock: 1 }
      operations:
        GET /quote:
          steps:
            - hold: http
              steps:
                - work: { cpu: exp 10ms }
                - call: exchange
                  timeout: 50ms
                  breaker: { window: 10, failures: 20%, open: 5s, probes: 3 }
                  takes: 15% of 80ms else 10ms
                - hold: main
                  steps:
                    - statement: SELECT bid FROM quote WHERE id = ?
                      takes: exp 8ms
                    - hold: row
                      takes: 1ms
                - publish: [ { hold: orders, takes: exp 20ms } ]
      jobs:
        nightly report:
          at: 2m
          every: 4m
          items: 20
          workers: 2
          steps:
            - hold: main
              steps:
                - repeat: 5
                  steps: [ { statement: "SELECT bid FROM quote", takes: exp 100ms } ]
      load: { rate: 20/s, bursts: { deviation: 30%, every: 10s } }
      for: 10m
      """;

  @TempDir Path folder;

  private Run simulate(String... more) throws Exception {
    return simulate(SCENARIO, more);
  }

  private Run simulate(String scenario, String[] more) throws Exception {
    Path file = Files.writeString(folder.resolve("scenario.yaml"), scenario);
    List<String> arguments = new ArrayList<>();
    arguments.add("simulate");
    arguments.add(file.toString());
    arguments.addAll(List.of(more));
    Run run = Run.of(arguments.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }

  private History imported(Path file) {
    String data = folder.resolve("data-" + file.getFileName()).toString();
    Run run = Run.of("import", file.toString(), "--data", data);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("; 0 records could not be read, 0 values were dropped");
    try (LocalStore store = LocalStore.open(Path.of(data))) {
      return store.rollups().history(Resolution.TEN_SECONDS, Instant.EPOCH, Instant.MAX, Set.of());
    }
  }

  private static History own() {
    return own(SCENARIO);
  }

  private static History own(String text) {
    Scenario scenario = ScenarioReader.parse(text);
    return Watch.history(
        scenario.system(),
        scenario.load(),
        scenario.seconds(),
        scenario.reporting(),
        scenario.seed());
  }

  @Test
  void whatIsImportedIsWhatTheInstrumentsCounted() throws Exception {
    roundTrip(SCENARIO, List.of("out.pb.gz", "out.jsonl"));
  }

  @Test
  void soItIsWithHeapsPartitionsBreakersAndJobs() throws Exception {
    roundTrip(OTHER, List.of("other.pb", "other.jsonl.gz"));
  }

  private void roundTrip(String scenario, List<String> names) throws Exception {
    History own = own(scenario);
    long requests =
        own.of(Measure.OPERATION).stream()
            .filter(series -> series.key().subject().contains(" /"))
            .mapToLong(series -> series.total().count())
            .sum();
    for (String name : names) {
      Path file = folder.resolve(name);
      simulate(scenario, new String[] {"--out", file.toString()});
      History imported = imported(file);
      Set<Measure> measures = new TreeSet<>(own.series().keySet());
      assertThat(imported.series().keySet()).as(name).containsAll(measures);
      measures.forEach(measure -> compare(name, measure, own, imported));
      assertThat(imported.events()).hasSameSizeAs(own.events());
      assertThat(total(imported, Measure.SERVER_DURATION).count()).isEqualTo(requests);
      assertThat(total(imported, Measure.SERVER_DURATION).errors())
          .isEqualTo(total(own, Measure.OPERATION).errors());
    }
  }

  private static void compare(String name, Measure measure, History own, History imported) {
    Cell expected = total(own, measure);
    Cell got = total(imported, measure);
    String what = name + " " + measure;
    assertThat(subjects(imported, measure)).as(what).containsAll(subjects(own, measure));
    switch (measure) {
      // Spans see how long statements ran, not how long the connection was held.
      case HOLD -> assertThat(got.count()).as(what).isLessThanOrEqualTo(expected.count());
      // Work taken from a queue has an operation of its own in traces.
      case OPERATION ->
          assertThat(
                  imported.of(measure).stream()
                      .filter(series -> !series.key().subject().startsWith("process "))
                      .mapToLong(series -> series.total().count())
                      .sum())
              .as(what)
              .isEqualTo(expected.count());
      default -> {
        if (measure.kind() == Measure.Kind.COUNTER) {
          // A first cumulative point is only the base of the next: one export of sixty is missing.
          assertThat(got.sum())
              .as(what)
              .isBetween(
                  (1 - FIRST_EXPORT) * expected.sum() - 1e-9, (1 + 1e-6) * expected.sum() + 1e-9);
        } else {
          assertThat(got.count()).as(what).isEqualTo(expected.count());
          assertThat(got.sum())
              .as(what)
              .isCloseTo(expected.sum(), within(1e-6 * expected.sum() + 1e-9));
        }
      }
    }
    if (measure.kind() == Measure.Kind.DISTRIBUTION && measure != Measure.HOLD) {
      assertThat(got.errors()).as(what).isEqualTo(expected.errors());
    }
    boolean whole = measure != Measure.HOLD && measure != Measure.OPERATION;
    for (double q : new double[] {0.5, 0.99}) {
      if (whole && expected.quantile(q).isPresent()) {
        double value = expected.quantile(q).getAsDouble();
        assertThat(got.quantile(q).orElse(-1)).as(what).isCloseTo(value, within(0.02 * value));
      }
    }
  }

  private static Cell total(History history, Measure measure) {
    return SeriesIndex.total(history.of(measure));
  }

  private static Set<String> subjects(History history, Measure measure) {
    return history.of(measure).stream()
        .map(Series::key)
        .map(key -> key.subject() + " | " + key.detail())
        .collect(Collectors.toSet());
  }

  @Test
  void gaugesOfPoolsAreThereWindowByWindow() throws Exception {
    Path file = folder.resolve("gauges.pb");
    simulate("--out", file.toString(), "--sampling", "0");
    History imported = imported(file);
    History own = own();
    assertThat(imported.of(Measure.ACTION)).isEmpty();
    for (Measure measure : List.of(Measure.POOL_USED, Measure.POOL_LIMIT, Measure.POOL_HOLD)) {
      assertThat(imported.of(measure)).hasSameSizeAs(own.of(measure));
      for (int i = 0; i < own.of(measure).size(); i++) {
        Series expected = own.of(measure).get(i);
        Series got =
            imported.of(measure).stream()
                .filter(series -> series.key().equals(expected.key()))
                .findFirst()
                .orElseThrow();
        assertThat(got.windows().stream().map(w -> w.start() + " " + w.cell().count()))
            .containsExactlyElementsOf(
                expected.windows().stream()
                    .map(w -> (w.start() - EARLIER_SECONDS) + " " + w.cell().count())
                    .toList());
      }
    }
  }

  @Test
  void countersBeginAnewAtRestartsAndGapsAreGaps() throws Exception {
    String text = SCENARIO + "reporting: { restarts: 2000, missing: 20% }\n";
    Path file = folder.resolve("restarts.pb");
    simulate(text, new String[] {"--out", file.toString(), "--sampling", "0"});
    History imported = imported(file);
    History own = own(text);
    double cpu = total(own, Measure.CPU_TIME).sum();
    assertThat(cpu).isLessThan(0.9 * total(own(), Measure.CPU_TIME).sum());
    assertThat(total(imported, Measure.CPU_TIME).sum())
        .isBetween((1 - FIRST_EXPORT) * cpu, (1 + 1e-6) * cpu);
    assertThat(imported.of(Measure.POOL_USED).getFirst().windows().size()).isBetween(35, 58);
  }

  @Test
  void aTenthOfTheTracesIsATenthAndMetricsStayExact() throws Exception {
    Path file = folder.resolve("tenth.jsonl");
    simulate("--out", file.toString(), "--sampling", "0.1");
    assertThat(Files.readString(file)).contains("\"traceState\":\"ot=th:e6666666666668\"");
    History imported = imported(file);
    long requests = total(own(), Measure.OPERATION).count();
    assertThat((double) total(imported, Measure.ACTION).count() / requests)
        .isCloseTo(0.1, within(0.01));
    assertThat(total(imported, Measure.SERVER_DURATION).count()).isEqualTo(requests);
  }

  @Test
  void theTruthLiesBesideAndWallsCanBeAsked() throws Exception {
    Path file = folder.resolve("out.pb");
    JsonNode truth = JSON.readTree(simulate("--out", file.toString(), "--json").out());
    assertThat(truth).isEqualTo(JSON.readTree(folder.resolve("out.pb.truth.json").toFile()));
    assertThat(truth.path("peakPerSecond").asDouble()).isBetween(28.0, 30.0);
    assertThat(truth.path("wall").path("multiple").asDouble()).isBetween(0.5, 10.0);
    assertThat(truth.path("firstToBreak").asText())
        .isEqualTo(truth.path("walls").get(0).path("station").asText());
    JsonNode change = truth.path("changes").get(0);
    assertThat(change.path("kind").asText()).isEqualTo("deploy");
    assertThat(change.path("onset").asText()).endsWith("T00:06:00Z");

    imported(file);
    Run walls = Run.of("walls", "--data", folder.resolve("data-out.pb").toString(), "--json");
    assertThat(walls.code()).as(walls.err()).isZero();
    assertThat(JSON.readTree(walls.out()).path("walls").isArray()).isTrue();
  }

  @Test
  void theSameSeedGivesTheSameFile() throws Exception {
    Path one = folder.resolve("one.jsonl");
    Path two = folder.resolve("two.jsonl");
    Path other = folder.resolve("other.jsonl");
    simulate("--out", one.toString());
    simulate("--out", two.toString());
    simulate("--out", other.toString(), "--seed", "6");
    assertThat(Files.mismatch(one, two)).isEqualTo(-1);
    assertThat(Files.mismatch(one, other)).isNotEqualTo(-1);
  }

  @Test
  void aScenarioWithMistakesNamesThem() throws Exception {
    Path bad =
        Files.writeString(
            folder.resolve("bad.yaml"), SCENARIO.replace("connections: 3", "conections: 3"));
    Run run = Run.of("simulate", bad.toString());
    assertThat(run.code()).isEqualTo(ExitCode.NOT_ASKED);
    assertThat(run.err())
        .contains("line 5, column 13: unknown key 'conections'")
        .contains("did you mean 'connections'?");
  }
}
