package headroom.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headroom.cli.prometheus.ScrapeTarget;
import headroom.cli.serve.Configuration.Settings;
import headroom.cli.terminal.UserError;
import headroom.forecast.GrowthPlan;
import headroom.ingest.prometheus.Relabel;
import headroom.wall.Objective;
import headroom.wall.Objectives;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a configuration file may say, and what is said of one that cannot be meant so. */
class ConfigurationTest {
  @TempDir Path folder;

  private Settings read(String text) throws IOException {
    return Configuration.read(Files.writeString(folder.resolve("config.yaml"), text));
  }

  @Test
  void settingsAreRead() throws IOException {
    assertThat(
            read(
                """
                objectives: { p999: 1.5 s, errors: 2% }
                traffic: { growth: 8%/month, launches: { 2026-12-01: 2.5x } }
                """))
        .isEqualTo(
            new Settings(
                Objectives.of(new Objective(0.999, 1.5, 0.02)),
                GrowthPlan.NONE.withGrowth("8%/month").withLaunch("2026-12-01:2.5x"),
                PrometheusSettings.DEFAULT));
    assertThat(read("# nothing yet\n")).isEqualTo(Settings.DEFAULT);
    assertThat(read("objectives: { errors: 5% }").objectives())
        .isEqualTo(Objectives.of(new Objective(0.99, 0.5, 0.05)));
  }

  @Test
  void anOperationMayHaveAnObjectiveOfItsOwn() throws IOException {
    var objectives =
        read("""
        objectives:
          errors: 2%
          operations: { POST /report: { p99: 5s }, wallet GET /: { p95: 100ms, errors: 0.1% } }
        """)
            .objectives();
    assertThat(objectives.of("wallet", "POST /report")).isEqualTo(new Objective(0.99, 5, 0.02));
    assertThat(objectives.of("wallet", "GET /")).isEqualTo(new Objective(0.95, 0.1, 0.001));
    assertThat(objectives.of("shop", "GET /")).isEqualTo(new Objective(0.99, 0.5, 0.02));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "objectives: { p99: 1s, p95: 100ms } | line 1, column 24: p95 beside p99",
        "objectives: { p99: 1s, p99: 2s } | line 1, column 24: p99 is there twice",
        "objectivs: { p99: 1s } | line 1, column 1: unknown key 'objectivs' in the configuration:"
            + " did you mean 'objectives'?",
        "traffic: { growht: 8%/month } | did you mean 'growth'?",
        "traffic: { launches: { 2026-12-01: 2x, 2026-12-01: 3x } } | 2026-12-01 is there twice",
        "traffic: { launches: { 2026-13-01: 2x } } | line 1, column 36: there is no such day",
        "objectives: { p99: soon } | line 1, column 20: p99: soon: a duration must look like",
        "objectives: { errors: 0% } | line 1, column 23: errorShare must be within",
        "objectives: { operations: { GET /: { p99: soon } } } | p99: soon: a duration must look"
            + " like",
        "objectives: { operations: { GET /: 5s } } | an objective must be a mapping",
        "objectives: { speed: 1 } | line 1, column 15: an objective must be errors or a percentile",
        "prometheus: { relabel: [ { target_lable: x } ] } | did you mean 'target_label'?",
        "prometheus: { relabel: [ { regex: '(' , target_label: x } ] } | line 1, column 35: regex"
            + " '(' is none",
        "prometheus: { relabel: [ { action: hashmod } ] } | an action must be one of replace",
        "prometheus: { relabel: [ { source_labels: [job] } ] } | line 1, column 26: replace needs a"
            + " target_label",
        "scrape: [ { url: http://127.0.0.1:1/metrics } ] | line 1, column 11: a target of scrape"
            + " needs 'service'",
        "scrape: [ { url: ftp://x, service: a } ] | a url must look like",
        "scrape: [ { url: http://x/m, service: a, interval: 1h } ] | interval must be within"
            + " 1s..5m",
        "[ 1 ] | line 1, column 1: the configuration must be a mapping",
        "objectives: { | this is no YAML",
      })
  void mistakesAreToldWithTheirPlaceAndKey(String text, String told) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("config.yaml cannot be used:")
        .hasMessageContaining(told);
  }

  @Test
  void prometheusIsConnected() throws IOException {
    PrometheusSettings settings =
        read("""
        prometheus:
          relabel:
            - { source_labels: [namespace, job], separator: /, target_label: service_name }
            - { source_labels: [namespace], regex: staging.*, action: drop }
        scrape:
          - { url: "http://127.0.0.1:8081/metrics", service: wallet }
          - { url: "https://b:9/m", service: ledger, instance: one, interval: 30s }
        """)
            .prometheus();
    assertThat(settings.rules().rules())
        .extracting(Relabel::toString)
        .containsExactly(
            "REPLACE [namespace, job] (.*) -> service_name $1",
            "DROP [namespace] staging.* ->  $1");
    assertThat(settings.scrape())
        .containsExactly(
            new ScrapeTarget(
                URI.create("http://127.0.0.1:8081/metrics"),
                "wallet",
                "127.0.0.1:8081",
                Duration.ofSeconds(15),
                null),
            new ScrapeTarget(
                URI.create("https://b:9/m"), "ledger", "one", Duration.ofSeconds(30), null));
  }

  @Test
  void allMistakesAreToldAtOnce() {
    assertThatThrownBy(() -> read("objectives: { p99: soon }\ntraffic: { growth: fast }\n"))
        .hasMessageContaining("line 1, column 20")
        .hasMessageContaining("line 2, column 20: growth must be such as");
  }
}
