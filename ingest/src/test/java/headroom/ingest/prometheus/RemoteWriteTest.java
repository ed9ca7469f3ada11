package headroom.ingest.prometheus;

import static headroom.ingest.prometheus.Bodies.STALE;
import static headroom.ingest.prometheus.Points.ago;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headroom.ingest.otlp.MalformedTelemetryException;
import headroom.ingest.otlp.OversizedTelemetryException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What becomes of the series that senders of both versions write. */
class RemoteWriteTest {
  private static final String WALLET = "job=\"shop/wallet\",instance=\"10.0.0.7:8080\"";

  @Test
  void numbersBecomeLevelsAndCounts() throws Exception {
    var bodies =
        new Bodies()
            .add(
                "hikaricp_connections_active{pool=\"ledger\"," + WALLET + "}",
                ago(15),
                3,
                ago(0),
                5)
            .add("hikaricp_connections_timeout_total{pool=\"ledger\"," + WALLET + "}", ago(0), 7)
            .add("process_cpu_seconds_total{" + WALLET + "}", ago(0), 12.5)
            .add("go_gc_cycles_total{" + WALLET + "}", ago(0), 1);
    String[] expected = {
      "hikaricp_connections_active pool=ledger | wallet@10.0.0.7:8080 | ?..-15 |  GAUGE 3.0",
      "hikaricp_connections_active pool=ledger | wallet@10.0.0.7:8080 | ?..0 |  GAUGE 5.0",
      "hikaricp_connections_timeout_total pool=ledger | wallet@10.0.0.7:8080 | ?..0 |  SUM"
          + " cumulative 7.0",
      "process_cpu_seconds_total | wallet@10.0.0.7:8080 | ?..0 |  SUM cumulative 12.5",
    };
    var first = new Points();
    Written written = first.first(bodies);
    assertThat(first.take()).containsExactly(expected);
    assertThat(written).isEqualTo(new Written(5, 0, Map.of(SampleDrop.UNKNOWN_NAME, 1L)));
    var second = new Points();
    assertThat(second.second(bodies)).isEqualTo(written);
    assertThat(second.take()).containsExactly(expected);
  }

  /** A histogram of three buckets, each bound in another spelling. */
  private static Bodies scrape(double time, double... values) {
    String name = "http_server_requests_seconds";
    String more = "uri=\"/pay\",method=\"POST\"," + WALLET;
    return new Bodies()
        .add(name + "_bucket{le=\"1e-1\"," + more + "}", time, values[0])
        .add(name + "_bucket{le=\"0.50\"," + more + "}", time, values[1])
        .add(name + "_bucket{le=\"+Inf\"," + more + "}", time, values[2])
        .add(name + "_count{" + more + "}", time, values[2])
        .add(name + "_sum{" + more + "}", time, values[3])
        .add(name + "_max{" + more + "}", time, 0.7);
  }

  @Test
  void histogramsArePutTogetherAgain() throws Exception {
    var points = new Points();
    points.first(scrape(ago(45), 10, 15, 16, 3.5));
    points.first(scrape(ago(30), 20, 30, 33, 8.5));
    assertThat(points.take()).as("before anybody knows the parts").isEmpty();
    points.second(scrape(ago(15), 20, 31, 34, 9));
    String start = "http_server_requests_seconds method=POST uri=/pay | wallet@10.0.0.7:8080 | ";
    assertThat(points.take())
        .containsExactly(
            start + "-45..-30 |  HISTOGRAM n=17 sum=5.0 [0.1, 0.5] [10, 5, 2]",
            start + "-30..-15 |  HISTOGRAM n=1 sum=0.5 [0.1, 0.5] [0, 1, 0]");
    points.second(scrape(ago(0), 25, 36, 40, 11));
    assertThat(points.take())
        .containsExactly(start + "-15..0 |  HISTOGRAM n=6 sum=2.0 [0.1, 0.5] [5, 0, 1]");
  }

  @Test
  void aPageWrittenWhileItIsCountedIsNoRestart() throws Exception {
    var points = new Points();
    points.first(scrape(ago(60), 0, 0, 0, 0));
    points.first(scrape(ago(45), 10, 20, 20, 4));
    points.first(scrape(ago(30), 20, 40, 40, 8));
    points.take();
    // The second bucket was read before the first one counted once more: 19, not 20, in it.
    points.first(scrape(ago(15), 32, 51, 51, 10));
    assertThat(points.take())
        .singleElement()
        .asString()
        .contains("-30..-15 |  HISTOGRAM n=11 sum=2.0 [0.1, 0.5] [11, 0, 0]");
  }

  @Test
  void aRestartCountsFromNothing() throws Exception {
    var points = new Points();
    points.first(scrape(ago(60), 0, 0, 0, 0));
    points.first(scrape(ago(45), 10, 20, 20, 4));
    points.first(scrape(ago(30), 20, 40, 40, 8));
    points.take();
    points.first(scrape(ago(15), 3, 4, 5, 1));
    points.first(scrape(ago(0), 3, 5, 6, 1.5));
    assertThat(points.take())
        .satisfiesExactly(
            restart ->
                assertThat(restart).contains("-30..-15 |  HISTOGRAM n=5 sum=1.0", "[3, 1, 1]"),
            next -> assertThat(next).contains("-15..0 |  HISTOGRAM n=1 sum=0.5", "[0, 1, 0]"));
  }

  @Test
  void partsThatStopComingAreNotWaitedForForEver() throws Exception {
    var points = new Points();
    points.first(scrape(ago(315), 0, 0, 0, 0));
    points.first(scrape(ago(300), 10, 15, 16, 3.5));
    points.first(scrape(ago(285), 20, 30, 33, 8.5));
    points.take();
    String more = "uri=\"/pay\",method=\"POST\"," + WALLET + "}";
    for (int i = 1; i <= 12; i++) {
      points.first(
          new Bodies()
              .add(
                  "http_server_requests_seconds_bucket{le=\"0.1\"," + more,
                  ago(285 - 15 * i),
                  20 + i)
              .add("http_server_requests_seconds_count{" + more, ago(285 - 15 * i), 33 + 2 * i));
    }
    List<String> came = points.take();
    assertThat(came).hasSize(12);
    assertThat(came.getLast()).contains("-120..-105 |  HISTOGRAM n=2 sum=? [0.1] [1, 1]");
  }

  @Test
  void theMarkerOfAnEndLetsTheOthersGoOn() throws Exception {
    var points = new Points();
    points.first(scrape(ago(60), 0, 0, 0, 0));
    points.first(scrape(ago(45), 10, 15, 16, 3.5));
    points.first(scrape(ago(30), 20, 30, 33, 8.5));
    points.take();
    Written written = points.first(scrape(ago(15), 21, STALE, 34, 9));
    assertThat(written.dropped()).containsEntry(SampleDrop.STALE, 1L);
    assertThat(points.take())
        .singleElement()
        .asString()
        .contains("-30..-15 |  HISTOGRAM n=1 sum=0.5 [0.1] [1, 0]");
    points.first(scrape(ago(0), STALE, STALE, STALE, STALE));
    assertThat(points.take()).isEmpty();
  }

  @Test
  void summariesGiveCountAndSum() throws Exception {
    var points = new Points();
    String gc = "jvm_gc_collection_seconds";
    for (int i = 0; i < 3; i++) {
      points.first(
          new Bodies()
              .add(gc + "_count{gc=\"G1\"," + WALLET + "}", ago(30 - 15 * i), 4 + i)
              .add(gc + "_sum{gc=\"G1\"," + WALLET + "}", ago(30 - 15 * i), 0.5 + 0.1 * i)
              .add(gc + "{gc=\"G1\",quantile=\"0.9\"," + WALLET + "}", ago(30 - 15 * i), 0.1));
    }
    assertThat(points.take())
        .hasSize(2)
        .last()
        .asString()
        .contains("gc=G1", "-15..0 |  HISTOGRAM n=1 sum=0.1 [] []");
  }

  @Test
  void namesThatEndLikePartsArePartsOnlyWhereTheyMust() throws Exception {
    var points = new Points();
    points.first(new Bodies().add("jvm_thread_count{" + WALLET + "}", ago(0), 40));
    points.first(new Bodies().add("kafka_consumergroup_lag_sum{topic=\"t\",job=\"k\"}", ago(0), 9));
    assertThat(points.take())
        .satisfiesExactly(
            threads -> assertThat(threads).startsWith("jvm_thread_count").endsWith("GAUGE 40.0"),
            lag -> assertThat(lag).startsWith("kafka_consumergroup_lag_sum").endsWith("GAUGE 9.0"));
  }

  @Test
  void nativeHistogramsAreThoseOfOpenTelemetryOneIndexLower() throws Exception {
    var points = new Points();
    Bodies bodies =
        new Bodies()
            .addHistogram(
                "http_server_requests_seconds{uri=\"/pay\"," + WALLET + "}",
                histogram -> {
                  histogram.integer(1, 12);
                  histogram.number(3, 6.5);
                  histogram.signed(4, 3);
                  histogram.number(5, 1e-9);
                  histogram.integer(6, 2);
                  histogram.message(
                      11,
                      span -> {
                        span.signed(1, -4);
                        span.integer(2, 2);
                      });
                  histogram.message(
                      11,
                      span -> {
                        span.signed(1, 1);
                        span.integer(2, 1);
                      });
                  // As differences: 3, 5, 2.
                  histogram.packed(12, new long[] {6, 4, 5});
                  histogram.integer(15, (long) ago(0));
                });
    assertThat(points.first(bodies)).isEqualTo(new Written(0, 1, Map.of()));
    points.second(bodies);
    assertThat(points.take())
        .hasSize(2)
        .allSatisfy(line ->
            assertThat(line)
                .endsWith(
                    "EXPONENTIAL_HISTOGRAM cumulative n=12 sum=6.5 2^-3 from -5, 2 zeros [3, 5, 0,"
                        + " 2]"));
  }

  @Test
  void histogramsWithBoundsOfTheirOwnAreClassicOnes() throws Exception {
    var points = new Points();
    for (int i = 0; i < 2; i++) {
      int more = 4 * i;
      double time = ago(15 - 15 * i);
      points.second(
          new Bodies()
              .addHistogram(
                  "http_server_requests_seconds{uri=\"/pay\"," + WALLET + "}",
                  histogram -> {
                    histogram.integer(1, 6 + more);
                    histogram.number(3, 2 + more);
                    histogram.signed(4, -53);
                    histogram.message(
                        11,
                        span -> {
                          span.signed(1, 1);
                          span.integer(2, 2);
                        });
                    histogram.packed(12, new long[] {8 + 2L * more, 3 + 2L * more});
                    histogram.integer(15, (long) time);
                    histogram.number(16, 0.1);
                    histogram.number(16, 0.5);
                  }));
    }
    assertThat(points.take())
        .singleElement()
        .asString()
        .endsWith("-15..0 |  HISTOGRAM n=4 sum=4.0 [0.1, 0.5] [0, 4, 0]");
  }

  @Test
  void whatMetadataSayOfTypeAndUnitIsUsed() throws Exception {
    var points = new Points();
    Bodies bodies =
        new Bodies()
            .add(
                "db_client_connections_use_time_count{pool_name=\"p\"," + WALLET + "}",
                ago(30),
                1,
                ago(15),
                2,
                ago(0),
                2)
            .describe("db_client_connections_use_time", 3, "ms");
    points.second(bodies);
    assertThat(points.take()).hasSize(2).first().asString().contains("| ms HISTOGRAM n=1");
    var first = new Points();
    first.first(new Bodies().describe("db_client_connections_use_time", 3, "ms"));
    first.first(bodies);
    assertThat(first.take()).hasSize(2).first().asString().contains("| ms HISTOGRAM n=1");
  }

  @Test
  void whatTheSenderDidWrongIsToldAndTheRestIsTaken() throws Exception {
    var points = new Points();
    var twice = new TreeMap<>(Bodies.labels("executor_active_threads{name=\"e\"}"));
    twice.put("", "nothing");
    Written written =
        points.first(
            new Bodies()
                .add(
                    "executor_active_threads{name=\"e\"}",
                    ago(7 * 3_600),
                    1,
                    ago(0),
                    2,
                    ago(-900),
                    3)
                .add("executor_queued_tasks{name=\"e\"}", ago(0), Double.NaN)
                .add(twice, ago(0), 1)
                .add("http_server_requests_seconds_bucket{le=\"much\"}", ago(0), 1)
                .add(Map.of("job", "no name"), ago(0), 1));
    assertThat(points.take()).singleElement().asString().endsWith("GAUGE 2.0");
    assertThat(written.samples()).isEqualTo(2);
    assertThat(written.rejected()).isEqualTo(5);
    assertThat(written.explanation())
        .isEqualTo(
            "3 samples have unusable labels, 1 samples lie too far in the future, 1 samples are too"
                + " old");
    assertThat(written.dropped()).containsEntry(SampleDrop.NOT_A_NUMBER, 1L);
  }

  @Test
  void ofTwoReplicasOneIsBelieved() throws Exception {
    var points = new Points();
    String name = "process_cpu_seconds_total{job=\"wallet\",cluster=\"eu\",__replica__=\"";
    for (int i = 6; i >= 0; i--) {
      if (i > 4) {
        points.first(new Bodies().add(name + "a\"}", ago(30 * i), 100 - i));
      }
      points.first(new Bodies().add(name + "b\"}", ago(30 * i), 200 - i));
    }
    assertThat(points.take())
        .extracting(line -> line.substring(line.indexOf("?..")))
        .containsExactly(
            "?..-180 |  SUM cumulative 94.0",
            "?..-150 |  SUM cumulative 95.0",
            "?..-90 |  SUM cumulative 197.0",
            "?..-60 |  SUM cumulative 198.0",
            "?..-30 |  SUM cumulative 199.0",
            "?..0 |  SUM cumulative 200.0");
  }

  @Test
  void bodiesThatAreNoneAreMalformed() {
    var points = new Points();
    byte[] fine = new Bodies().add("executor_active_threads{name=\"e\"}", ago(0), 1).first();
    for (int length = 0; length < fine.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(fine, length);
      assertThatThrownBy(() -> points.reader().read(WriteMessage.V1, cut, points))
          .as("the first %d bytes", length)
          .isInstanceOf(MalformedTelemetryException.class);
    }
    byte[] bomb = Bodies.packed(new byte[(1 << 20) + 1]);
    assertThatThrownBy(() -> points.reader().read(WriteMessage.V1, bomb, points))
        .isInstanceOf(OversizedTelemetryException.class);
    byte[] liar = {(byte) 0xff, (byte) 0xff, 0x3f, 0};
    assertThatThrownBy(() -> points.reader().read(WriteMessage.V1, liar, points))
        .isInstanceOf(MalformedTelemetryException.class);
  }
}
