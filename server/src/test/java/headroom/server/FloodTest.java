package headroom.server;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.model.Measure;
import headroom.rollup.Resolution;
import headroom.store.InMemoryStore;
import headroom.store.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Names come from outside: a sender that makes up ever new ones must not cost more than a few. */
final class FloodTest {
  private static final int NAMES = 1_000_000;
  private static final int SPANS_PER_REQUEST = 10_000;
  private static final Instant RECENT = TestServer.NOW.minusSeconds(30);

  @Test
  void aMillionOperationNamesStayAFewSeries() throws Exception {
    var store = new InMemoryStore();
    try (var server = TestServer.receiving(TestServer.OPTIONS, store)) {
      for (int from = 0; from < NAMES; from += SPANS_PER_REQUEST) {
        int first = from;
        var response =
            server.export(
                "/v1/traces",
                "application/x-protobuf",
                Samples.spans(
                    "flooder", i -> "GET /user/" + (first + i), SPANS_PER_REQUEST, RECENT));
        assertThat(response.statusCode()).isEqualTo(200);
        if (from == NAMES / 2) {
          server.export("/v1/traces", "application/x-protobuf", Samples.spans(7, RECENT));
        }
      }
      server.server().flush();

      List<Series> operations =
          store
              .history(
                  Resolution.DAY,
                  TestServer.NOW.minus(Duration.ofDays(2)),
                  TestServer.NOW,
                  Set.of(Measure.OPERATION))
              .of(Measure.OPERATION);
      assertThat(operations).hasSizeLessThan(600);
      assertThat(spans(operations, "flooder")).as("none is lost").isEqualTo(NAMES);
      assertThat(spans(operations, "wallet")).as("nobody else is disturbed").isEqualTo(7);
      assertThat(server.get("/metrics").body())
          .containsPattern("headroom_ingest_dropped_total\\{[^}]*name[^}]*} 9\\d{5}");
    }
  }

  private static long spans(List<Series> series, String service) {
    return series.stream()
        .filter(one -> one.key().service().equals(service))
        .mapToLong(one -> one.total().count())
        .sum();
  }
}
