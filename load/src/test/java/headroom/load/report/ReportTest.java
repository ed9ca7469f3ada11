package headroom.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import headroom.load.arrival.ArrivalSchedule;
import headroom.load.result.ErrorKind;
import headroom.load.result.Generator;
import headroom.load.result.Judgement;
import headroom.load.result.LoadResult;
import headroom.load.result.RunStats;
import headroom.load.result.StepKey;
import headroom.plan.Plan;
import headroom.plan.RateSegment.Steady;
import headroom.plan.build.PlanBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String NASTY = "</script><b>&\"'\u0007 ${x}";
  private static final String SHOWN = NASTY.replace('\u0007', '?');

  @Test
  void theJsonHasEveryFieldOfTheContract() throws Exception {
    JsonNode json = MAPPER.readTree(ResultJson.of(result(null)));
    assertThat(json.get("valid").booleanValue()).isTrue();
    assertThat(json.get("invalidBecause")).isEmpty();
    assertThat(json.get("verdict").textValue()).isEqualTo("failed");
    assertThat(json.get("sent").longValue()).isEqualTo(100);
    assertThat(json.get("dropped").longValue()).isEqualTo(1);
    assertThat(json.get("errors").longValue()).isEqualTo(10);
    assertThat(json.at("/lag/p99").doubleValue()).isBetween(0.00009, 0.00011);
    JsonNode step = json.get("steps").get("GET /");
    assertThat(step.get("count").longValue()).isEqualTo(100);
    assertThat(step.get("errors").longValue()).isEqualTo(10);
    for (String kind : List.of("response", "service", "queued")) {
      for (String quantile : List.of("p50", "p90", "p95", "p99", "p999", "max")) {
        assertThat(step.get(kind).get(quantile).isNumber()).as(kind + " " + quantile).isTrue();
      }
    }
    assertThat(step.at("/response/max").doubleValue()).isBetween(0.299, 0.301);
    assertThat(step.at("/service/p50").doubleValue()).isBetween(0.199, 0.201);
    JsonNode objective = json.get("objectives").get(0);
    assertThat(objective.get("name").textValue()).isEqualTo("p99");
    assertThat(objective.get("limit").doubleValue()).isEqualTo(0.5);
    assertThat(objective.get("held").booleanValue()).isTrue();
    assertThat(json.get("objectives").get(1).get("held").booleanValue()).isFalse();
  }

  @Test
  void connectionsAreToldInAllReports() throws Exception {
    JsonNode json = MAPPER.readTree(ResultJson.of(result(null))).get("connections");
    assertThat(json.get("opened").longValue()).isEqualTo(4);
    assertThat(json.at("/connect/p50").doubleValue()).isBetween(0.0039, 0.0041);
    assertThat(json.at("/tcp/max").doubleValue()).isEqualTo(0.001);
    assertThat(json.get("fullHandshakes").longValue()).isEqualTo(1);
    assertThat(json.get("resumedHandshakes").longValue()).isEqualTo(3);
    assertThat(json.at("/fullHandshake/max").doubleValue()).isEqualTo(0.003);
    assertThat(json.at("/resumedHandshake/max").doubleValue()).isEqualTo(0.0015);
    JsonNode bucket = json.at("/tcp/histogram/0");
    assertThat(bucket.get("count").longValue()).isEqualTo(4);
    assertThat(0.001).isBetween(bucket.get("from").doubleValue(), bucket.get("to").doubleValue());
    assertThat(json.get("sentBytes").longValue()).isEqualTo(12_300);
    assertThat(Summary.of(result(null)))
        .contains(
            "connections: 4 opened, TCP 1 ms at p50 and 1 ms at p99, TLS 1.5 ms at p50 and 3 ms at"
                + " p99, 3 resumed; 12.3 kB sent, 4.56 MB received\n");
    assertThat(HtmlReport.of(result(null))).contains("table(\"Connections\"");
  }

  @Test
  void theSummaryTellsTheVerdictFirst() {
    assertThat(Summary.of(result(null)))
        .startsWith("FAILED  http://h:1\n  held    p99 299 ms at GET /, at most 500 ms\n")
        .contains("BROKEN  errors 10.9 %, at most 1 %")
        .contains("10 unexpected status; " + SHOWN + " (10)");
    assertThat(Summary.of(result("too many errors"))).contains("stopped early: too many errors");
  }

  @Test
  void thePageCarriesItsDataAndCannotBeBrokenByIt() throws Exception {
    String page = HtmlReport.of(result(null));
    assertThat(page).doesNotContain("{{DATA}}").doesNotContain(SHOWN).doesNotContain("http-equiv");
    int from = page.indexOf("id=\"data\">") + "id=\"data\">".length();
    String data = page.substring(from, page.indexOf("</script>", from));
    JsonNode json = MAPPER.readTree(data);
    assertThat(json.at("/steps/GET ~1/errorsByKind/0/samples").has(SHOWN)).isTrue();
    assertThat(json.get("heat").get(0).size()).isPositive();
    assertThat(json.get("intendedPerSecond").get(0).doubleValue()).isEqualTo(101);
    assertThat(page).doesNotContain("src=").doesNotContain("@import").doesNotContain("url(");
  }

  @Test
  void theJunitReportIsXmlWithAFailureForEachBrokenObjective() throws Exception {
    String xml = JunitXml.of(result(NASTY));
    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(
                new java.io.ByteArrayInputStream(
                    xml.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    assertThat(document.getDocumentElement().getAttribute("failures")).isEqualTo("2");
    assertThat(document.getElementsByTagName("testcase").getLength()).isEqualTo(4);
    assertThat(document.getElementsByTagName("failure").getLength()).isEqualTo(2);
  }

  @Test
  void aRunWithoutRequestsIsInvalidAndStillTold(@TempDir Path folder) throws Exception {
    Plan plan = plan();
    LoadResult empty =
        Judgement.of(
            plan,
            1,
            Instant.EPOCH,
            ArrivalSchedule.uniform(),
            new RunStats(List.of(StepKey.of("GET /")), 1),
            new Generator(1, 0, 0),
            null);
    assertThat(empty.isValid()).isFalse();
    ReportFiles.write(empty, folder);
    for (String file : List.of("report.html", "result.json", "summary.txt", "junit.xml")) {
      assertThat(Files.size(folder.resolve(file))).isPositive();
    }
    JsonNode json = MAPPER.readTree(folder.resolve("result.json").toFile());
    assertThat(json.at("/steps/GET ~1/response/p99").isNull()).isTrue();
  }

  private static Plan plan() {
    return PlanBuilder.to("http://h:1")
        .journey("look", 1, j -> j.get("/"))
        .open(new Steady(101, 1))
        .p99(Duration.ofMillis(500))
        .errors(0.01)
        .build();
  }

  /** A hundred requests, ten of which failed, and one dropped arrival. */
  private static LoadResult result(@Nullable String stopped) {
    var stats = new RunStats(List.of(StepKey.of("GET /")), 1);
    for (int i = 0; i < 100; i++) {
      double at = i / 101.0;
      boolean error = i % 10 == 0;
      stats.arrival(at);
      stats.lag(0.0001);
      stats.sent(at, 1);
      stats.completed(0, at, 0.1, 0.2, error);
      if (error) {
        stats.steps().getFirst().fail(ErrorKind.STATUS, NASTY);
        stats.journeyAborted(0, 0.3);
      } else {
        stats.journeyFinished(0, 0.3);
      }
    }
    for (int i = 0; i < 4; i++) {
      stats.connections().opened(0.004, 0.001);
      stats.connections().secured(i == 0 ? 0.003 : 0.0015, i > 0);
    }
    stats.connections().addTraffic(12_300, 4_560_000);
    stats.arrival(0.99);
    stats.drop(0.99);
    return Judgement.of(
        plan(),
        1,
        Instant.EPOCH,
        ArrivalSchedule.uniform(new Steady(101, 1)),
        stats,
        new Generator(1, 1, 0.002),
        stopped);
  }
}
