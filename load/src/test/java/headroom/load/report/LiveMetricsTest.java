package headroom.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.load.result.ErrorKind;
import headroom.load.result.RunStats;
import headroom.load.result.StepKey;
import headroom.testkit.PrometheusPage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What dashboards of a run rely on. */
final class LiveMetricsTest {
  private static final LiveMetrics.Now NOW = new LiveMetrics.Now(12.5, 42.25, 17, 9, 4);

  private static RunStats stats(StepKey... steps) {
    var stats = new RunStats(List.of(steps), 1);
    for (int i = 0; i < 200; i++) {
      double at = i * 0.05;
      stats.arrival(at);
      stats.lag(0.0001 * (1 + i % 7));
      stats.sent(at, 1 + i % 5);
      boolean error = i % 40 == 3;
      stats.completed(i % steps.length, at, 0.0004 * (i % 3), 0.002 * (1 + i % 90), error);
      if (error) {
        stats.steps().get(i % steps.length).fail(ErrorKind.STATUS, "503");
      }
      stats.journeyFinished(0, 0.1);
    }
    stats.arrival(10.1);
    stats.drop(10.1);
    stats.unsent(0, 10.2, ErrorKind.CONNECT, "refused");
    stats.journeyAborted(0, 0.2);
    return stats;
  }

  @Test
  void namesLabelsAndValuesAreThoseThatDashboardsKnow() throws IOException {
    String text =
        LiveMetrics.of(
            stats(StepKey.of("pay", "POST /exchange"), StepKey.of("look", "GET \"a\\b\"")), NOW);
    assertThat(PrometheusPage.parse(text)).isEqualTo(PrometheusPage.parse(known()));
  }

  private static String known() throws IOException {
    try (InputStream in = LiveMetricsTest.class.getResourceAsStream("live-metrics.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void stepsOfOneNameAreOneSeries() {
    PrometheusPage page =
        PrometheusPage.parse(
            LiveMetrics.of(stats(StepKey.of("GET /a"), StepKey.of("GET /a")), NOW));
    assertThat(page.value("headroom_test_requests_total", "step", "GET /a")).isEqualTo(201);
    assertThat(page.value("headroom_test_response_seconds_count", "step", "GET /a")).isEqualTo(200);
  }

  @Test
  void beforeTheFirstRequestThereIsNothingToTellOfSteps() {
    PrometheusPage page =
        PrometheusPage.parse(LiveMetrics.of(new RunStats(List.of(StepKey.of("a")), 1), NOW));
    assertThat(page.value("headroom_test_requests_total", "step", "a")).isZero();
    assertThat(page.value("headroom_test_generator_lag_seconds_count")).isZero();
  }
}
