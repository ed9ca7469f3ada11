package headroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.model.Measure;
import headroom.rollup.Resolution;
import headroom.store.Series;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names come from outside: a sender that makes up ever new ones must not cost more than a few. */
final class FloodTest {
  private static final int NAMES = 1_000_000;
  private static final int SPANS_PER_REQUEST = 10_000;

  @TempDir Path folder;

  private long nextId;

  @Test
  void aMillionOperationNamesStayAFewSeries() throws Exception {
    Instant now = Instant.now();
    try (LiveServer server = LiveServer.on(folder)) {
      for (int from = 0; from < NAMES; from += SPANS_PER_REQUEST) {
        int first = from;
        send(server, spans("flooder", i -> "GET /user/" + (first + i), SPANS_PER_REQUEST, now));
        if (from == NAMES / 2) {
          send(server, spans("wallet", i -> "GET /balance", 7, now));
        }
      }
      server.flush();

      List<Series> operations =
          server
              .store()
              .rollups()
              .history(
                  Resolution.DAY,
                  now.minus(Duration.ofDays(2)),
                  now.plus(Duration.ofDays(2)),
                  Set.of(Measure.OPERATION))
              .of(Measure.OPERATION);
      assertThat(operations).hasSizeLessThan(600);
      assertThat(spansOf(operations, "flooder")).as("none is lost").isEqualTo(NAMES);
      assertThat(spansOf(operations, "wallet")).as("nobody else is disturbed").isEqualTo(7);
      assertThat(server.get("/metrics").body())
          .containsPattern("headroom_ingest_dropped_total\\{reason=\"name_over_limit\"} 9\\d{5}");
    }
  }

  private static long spansOf(List<Series> series, String service) {
    return series.stream()
        .filter(one -> one.key().service().equals(service))
        .mapToLong(one -> one.total().count())
        .sum();
  }

  private String spans(String service, IntFunction<String> name, int count, Instant end) {
    long endNanos = end.getEpochSecond() * 1_000_000_000L;
    var json =
        new StringBuilder()
            .append("{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",")
            .append("\"value\":{\"stringValue\":\"" + service + "\"}}]},")
            .append("\"scopeSpans\":[{\"spans\":[");
    for (int i = 0; i < count; i++) {
      nextId++;
      json.append(i == 0 ? "" : ",")
          .append("{\"traceId\":\"%032x\",\"spanId\":\"%016x\",".formatted(nextId, nextId))
          .append("\"name\":\"" + name.apply(i) + "\",\"kind\":2,")
          .append("\"startTimeUnixNano\":\"" + (endNanos - 5_000_000) + "\",")
          .append("\"endTimeUnixNano\":\"" + endNanos + "\"}");
    }
    return json.append("]}]}]}").toString();
  }

  private static void send(LiveServer server, String body) throws Exception {
    HttpResponse<String> answer = server.export("/v1/traces", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }
}
