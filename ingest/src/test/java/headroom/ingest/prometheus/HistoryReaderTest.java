package headroom.ingest.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Answers to range queries, chunk by chunk. */
class HistoryReaderTest {
  private final HistoryReader reader = new HistoryReader(LabelRules.NONE, 60_000);
  private final Points points = new Points();

  private static String answer(String... series) {
    return """
    {"status":"success","data":{"resultType":"matrix","result":[%s]},"infos":["a"]}
    """
        .formatted(String.join(",", series));
  }

  private static String series(String labels, Instant from, Object... values) {
    var text = new StringBuilder("{\"metric\":{").append(labels).append("},\"values\":[");
    for (int i = 0; i < values.length; i++) {
      text.append(i == 0 ? "" : ",")
          .append("[%d,\"%s\"]".formatted(from.getEpochSecond() + 60L * i, values[i]));
    }
    return text.append("]}").toString();
  }

  private void add(String answer) throws IOException {
    reader.add(new ByteArrayInputStream(answer.getBytes(UTF_8)));
  }

  private Written chunk(Instant from, String... series) throws IOException {
    reader.begin(from, from.plusSeconds(120));
    add(answer(series));
    return reader.deliver(Points.NOW, points);
  }

  @Test
  void levelsAreTakenOnceAndCountersGoOnFromChunkToChunk() throws Exception {
    String active = "\"__name__\":\"executor_active_threads\",\"job\":\"w\",\"name\":\"e\"";
    String cpu = "\"__name__\":\"process_cpu_seconds_total\",\"job\":\"w\"";
    String count = "\"__name__\":\"jvm_gc_pause_seconds_count\",\"job\":\"w\"";
    Instant first = Points.NOW.minusSeconds(240);
    chunk(
        first,
        series(active, first, 1, 2, 3),
        series(cpu, first, 10, 11, 12),
        series(count, first, 4, 5, 7));
    Instant second = Points.NOW.minusSeconds(120);
    Written written =
        chunk(
            second,
            series(active, second, 3, 4, 5),
            series(cpu, second, 12, 13, 14),
            series(count, second, 7, 7, 9));
    assertThat(written.samples()).isEqualTo(6);
    assertThat(points.take())
        .extracting(line -> line.replaceAll(" \\|.*\\| (.*) \\| ", " $1"))
        .containsExactly(
            "executor_active_threads name=e ?..-240 GAUGE 1.0",
            "process_cpu_seconds_total ?..-240 SUM cumulative 10.0",
            "executor_active_threads name=e ?..-180 GAUGE 2.0",
            "process_cpu_seconds_total ?..-180 SUM cumulative 11.0",
            "jvm_gc_pause_seconds -240..-180 HISTOGRAM n=1 sum=? [] []",
            "process_cpu_seconds_total ?..-120 SUM cumulative 12.0",
            "jvm_gc_pause_seconds -180..-120 HISTOGRAM n=2 sum=? [] []",
            "executor_active_threads name=e ?..-120 GAUGE 3.0",
            "executor_active_threads name=e ?..-60 GAUGE 4.0",
            "process_cpu_seconds_total ?..-60 SUM cumulative 13.0",
            "jvm_gc_pause_seconds -120..-60 HISTOGRAM n=0 sum=? [] []",
            "process_cpu_seconds_total ?..0 SUM cumulative 14.0",
            "jvm_gc_pause_seconds -60..0 HISTOGRAM n=2 sum=? [] []");
  }

  @Test
  void halfAnAnswerLeavesNothingBehind() throws Exception {
    Instant from = Points.NOW.minusSeconds(120);
    String whole = answer(series("\"__name__\":\"executor_active_threads\"", from, 1, 2, 3));
    reader.begin(from, Points.NOW);
    for (String bad :
        new String[] {whole.substring(0, whole.length() / 2), "{}", "[]", "", "<html>"}) {
      assertThatThrownBy(() -> add(bad)).as(bad).isInstanceOf(IOException.class);
    }
    add(whole);
    assertThat(reader.values()).isEqualTo(3);
    reader.deliver(Points.NOW, points);
    assertThat(points.take()).hasSize(2);
  }

  @Test
  void namesAreAskedForWithTheirParts() {
    assertThat(HistoryReader.isRead("http_server_requests_seconds_bucket")).isTrue();
    assertThat(HistoryReader.isRead("go_gc_cycles_total")).isFalse();
    assertThat(HistoryReader.metric("http_server_requests_seconds_bucket"))
        .isEqualTo("http_server_requests_seconds");
  }
}
