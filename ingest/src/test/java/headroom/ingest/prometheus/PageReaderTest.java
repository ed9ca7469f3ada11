package headroom.ingest.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headroom.ingest.otlp.MalformedTelemetryException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Pages of metrics as services show them. */
class PageReaderTest {
  private final Points points = new Points();

  private Written read(PageFormat format, double secondsAgo, String page) throws Exception {
    return points
        .reader()
        .readPage(
            "wallet",
            "one",
            Points.NOW.minusMillis((long) (secondsAgo * 1_000)),
            format,
            page.getBytes(UTF_8),
            points);
  }

  @Test
  void theTextFormatIsRead() throws Exception {
    String page =
        """
        # HELP http_server_requests_seconds Duration of requests # TYPE nothing gauge
        # TYPE http_server_requests_seconds histogram
        http_server_requests_seconds_bucket{uri="/a \\"b\\" \\\\ {c}, d",le="0.5",} %d
        http_server_requests_seconds_bucket{uri="/a \\"b\\" \\\\ {c}, d",le="+Inf",} %d
        http_server_requests_seconds_sum{uri="/a \\"b\\" \\\\ {c}, d",} 1.5e%d
        http_server_requests_seconds_count{uri="/a \\"b\\" \\\\ {c}, d",} %2$d

        # TYPE executor_active_threads gauge
        executor_active_threads { name = "pool" } 3.0 1795255180000
        executor_queued_tasks{name="pool"} NaN
        jvm_info{version="21"} 1
        """;
    assertThat(read(PageFormat.TEXT, 15, page.formatted(3, 4, 0)).samples()).isEqualTo(7);
    Written second = read(PageFormat.TEXT, 0, page.formatted(5, 7, 1));
    assertThat(second.dropped())
        .isEqualTo(Map.of(SampleDrop.UNKNOWN_NAME, 1L, SampleDrop.NOT_A_NUMBER, 1L));
    assertThat(points.take())
        .containsExactly(
            "executor_active_threads name=pool | wallet@one | ?..-20 |  GAUGE 3.0",
            "executor_active_threads name=pool | wallet@one | ?..-20 |  GAUGE 3.0",
            "http_server_requests_seconds uri=/a \"b\" \\ {c}, d | wallet@one | -15..0 |"
                + "  HISTOGRAM n=3 sum=13.5 [0.5] [2, 1]");
  }

  @Test
  void openMetricsIsRead() throws Exception {
    String page =
        """
        # TYPE process_cpu_seconds counter
        # UNIT process_cpu_seconds seconds
        process_cpu_seconds_total 12.5 1795255190.5 # {trace_id="1 # 2"} 0.5 1795255190
        process_cpu_seconds_created 1.7e9
        # TYPE executor_active_threads gauge
        {"executor_active_threads",name="pool"} 3
        # EOF
        """;
    assertThat(read(PageFormat.OPEN_METRICS, 0, page).dropped())
        .isEqualTo(Map.of(SampleDrop.UNKNOWN_NAME, 1L));
    assertThat(points.take())
        .satisfiesExactly(
            cpu -> assertThat(cpu).endsWith("SUM cumulative 12.5"),
            threads -> assertThat(threads).contains("name=pool").endsWith("GAUGE 3.0"));
  }

  @Test
  void linesThatAreNoneAreCountedAndTheRestIsRead() throws Exception {
    String page =
        """
        executor_active_threads{name="pool" 3
        executor_active_threads{name=pool} 3
        executor_active_threads{name="pool"} three
        executor_active_threads{name="pool"}
        {} 3
        <html>
        executor_active_threads{name="pool"} 3 4 5
        executor_active_threads{name="pool",service_name="other"} 4
        """;
    Written written = read(PageFormat.TEXT, 0, page);
    assertThat(written.dropped()).isEqualTo(Map.of(SampleDrop.BAD_LINE, 7L));
    assertThat(points.take()).singleElement().asString().contains("wallet@one").endsWith("4.0");
  }

  @Test
  void aPageThatWasCutOffIsRefused() {
    assertThatThrownBy(() -> read(PageFormat.TEXT, 0, "executor_active_threads 1"))
        .isInstanceOf(MalformedTelemetryException.class)
        .hasMessageContaining("a line's end");
    assertThatThrownBy(() -> read(PageFormat.OPEN_METRICS, 0, "executor_active_threads 1\n"))
        .isInstanceOf(MalformedTelemetryException.class)
        .hasMessageContaining("# EOF");
    assertThat(points.take()).isEmpty();
  }
}
