package headroom.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.rollup.Cell;
import headroom.rollup.Resolution;
import headroom.rollup.Rollup;
import headroom.store.Series;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged survives SIGKILL, whole and once; what was not is there whole or not. */
class CrashTest {
  private static final int KILLS = 6;
  private static final int SERIES = 300;
  private static final long START = Instant.parse("2026-11-21T12:00:00Z").getEpochSecond();

  @TempDir Path folder = Path.of("set by JUnit");

  /** The child: merges batches, numbered from the argument on, and prints each when it is kept. */
  static final class Merger {
    private Merger() {}

    public static void main(String[] arguments) throws Exception {
      // Folding often, so that many kills fall into it.
      var options = new DuckDbStore.Options(128, 1, 3 * SERIES, Duration.ofSeconds(60));
      try (var store = DuckDbStore.open(Path.of(arguments[0]), options)) {
        for (int batch = Integer.parseInt(arguments[1]); ; batch++) {
          store.merge(batch(batch));
          System.out.println(batch);
        }
      }
    }
  }

  /** Each batch has one value for each series; its window tells its number. */
  private static List<Rollup> batch(int number) {
    List<Rollup> rollups = new ArrayList<>();
    for (int i = 0; i < SERIES; i++) {
      Cell cell = new Cell();
      cell.record(1, false);
      var key = new SeriesKey(Measure.OPERATION, "wallet", "", "series " + i, "");
      rollups.add(new Rollup(key, START + 10L * number, cell));
    }
    return rollups;
  }

  @Test
  void whatWasAcknowledgedSurvivesTheDeathOfTheProcess() throws Exception {
    var random = new Random(20_261_121);
    int next = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      int acknowledged = mergeUntilKilled(next, random);
      next = check(acknowledged) + 1;
    }
    assertThat(next).isGreaterThan(KILLS);
  }

  /** The last batch that was acknowledged. */
  private int mergeUntilKilled(int first, Random random) throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Merger.class.getName(),
                folder.toString(),
                Integer.toString(first))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int last = first - 1;
    try (var lines =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      int wanted = first + random.nextInt(1, 12);
      boolean killed = false;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        assertThat(Integer.parseInt(line)).isEqualTo(last + 1);
        last++;
        if (last >= wanted && !killed) {
          // At any point of the next merge or fold, not always right after an acknowledgement.
          LockSupport.parkNanos(random.nextLong(30_000_000));
          // Not child.destroyForcibly(): that would close the pipe that is still being read.
          assertThat(child.toHandle().destroyForcibly()).isTrue();
          killed = true;
        }
      }
    } finally {
      child.destroyForcibly();
      assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(last).as("the child died by itself").isGreaterThanOrEqualTo(first);
    return last;
  }

  /** The last batch that is kept, at most one more than was acknowledged. */
  private int check(int acknowledged) throws StoreUnavailableException {
    try (var store = DuckDbStore.open(folder)) {
      Map<Long, Integer> seriesByWindow = new HashMap<>();
      store.scan(
          Resolution.TEN_SECONDS,
          Instant.MIN,
          Instant.MAX,
          Set.of(),
          series -> {
            for (Series.Window window : series.windows()) {
              assertThat(window.cell().count()).as("merged twice").isOne();
              seriesByWindow.merge(window.start(), 1, Integer::sum);
            }
          });
      int kept = seriesByWindow.size() - 1;
      assertThat(kept).isBetween(acknowledged, acknowledged + 1);
      for (int batch = 0; batch <= kept; batch++) {
        assertThat(seriesByWindow).containsEntry(START + 10L * batch, SERIES);
      }
      long[] total = new long[1];
      store.scan(
          Resolution.DAY,
          Instant.MIN,
          Instant.MAX,
          Set.of(),
          series -> total[0] += series.total().count());
      assertThat(total[0]).isEqualTo((kept + 1L) * SERIES);
      return kept;
    }
  }
}
