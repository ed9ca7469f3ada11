package headroom.ingest.prometheus;

import static headroom.ingest.prometheus.Points.ago;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sender divides series among connections, each of which is in order but none like another. */
class ShardedHistogramTest {
  private static final String NAME = "http_server_requests_seconds";
  private static final int SCRAPES = 40;
  private static final Pattern POINT = Pattern.compile("n=(\\d+) .*\\[(\\d+), (\\d+), (\\d+)]");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void nothingIsLostOrCountedTwice(long seed) throws Exception {
    var random = new Random(seed);
    List<ArrayDeque<Bodies>> shards = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      shards.add(new ArrayDeque<>());
    }
    long[] counts = {0, 0, 0};
    long[] atFirst = {0, 0, 0};
    double[] sum = {0};
    for (int scrape = 0; scrape < SCRAPES; scrape++) {
      for (int i = 0; i < 3; i++) {
        counts[i] += random.nextInt(20);
      }
      sum[0] += random.nextDouble();
      if (scrape == 0) {
        atFirst = counts.clone();
      }
      double time = ago(15.0 * (SCRAPES - scrape));
      shards
          .get(0)
          .add(new Bodies().add(NAME + "_bucket{le=\"0.1\",job=\"w\"}", time, (double) counts[0]));
      shards
          .get(1)
          .add(
              new Bodies()
                  .add(NAME + "_bucket{le=\"1\",job=\"w\"}", time, (double) (counts[0] + counts[1]))
                  .add(NAME + "_sum{job=\"w\"}", time, sum[0]));
      double all = (double) (counts[0] + counts[1] + counts[2]);
      shards
          .get(2)
          .add(
              new Bodies()
                  .add(NAME + "_bucket{le=\"+Inf\",job=\"w\"}", time, all)
                  .add(NAME + "_count{job=\"w\"}", time, all));
    }
    var points = new Points();
    int ahead = 0;
    while (shards.stream().anyMatch(shard -> !shard.isEmpty())) {
      // No connection runs ahead of another by more than two messages.
      int longest = shards.stream().mapToInt(ArrayDeque::size).max().orElse(0);
      var shard = shards.get(random.nextInt(3));
      if (!shard.isEmpty() && longest - shard.size() < 2) {
        points.first(shard.remove());
      }
      ahead++;
    }
    assertThat(ahead).isGreaterThan(SCRAPES);
    long[] seen = new long[3];
    for (String line : points.take()) {
      Matcher matcher = POINT.matcher(line);
      assertThat(matcher.find()).as(line).isTrue();
      for (int i = 0; i < 3; i++) {
        seen[i] += Long.parseLong(matcher.group(2 + i));
      }
    }
    for (int i = 0; i < 3; i++) {
      assertThat(seen[i]).as("bucket %d, seed %d", i, seed).isEqualTo(counts[i] - atFirst[i]);
    }
  }
}
