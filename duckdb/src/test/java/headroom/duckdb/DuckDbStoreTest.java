package headroom.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headroom.duckdb.StoreUnavailableException.Reason;
import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.rollup.Cell;
import headroom.rollup.Resolution;
import headroom.rollup.Rollup;
import headroom.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbStoreTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  @TempDir Path folder = Path.of("set by JUnit");

  @Test
  void aFolderIsHeldByOneStoreAtATime() throws Exception {
    try (var store = DuckDbStore.open(folder)) {
      assertThatExceptionOfType(StoreUnavailableException.class)
          .isThrownBy(() -> DuckDbStore.open(folder))
          .withMessageContaining(folder.toRealPath().toString())
          .withMessageContaining("(" + ProcessHandle.current().pid() + ")")
          .extracting(StoreUnavailableException::reason)
          .isEqualTo(Reason.HELD);
      store.merge(List.of(rollup(0)));
    }
    DuckDbStore.open(folder).close();
  }

  @Test
  void aFolderHeldByAnotherProcessNamesIt() throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(child.inputReader().readLine()).isEqualTo("held");
      assertThatExceptionOfType(StoreUnavailableException.class)
          .isThrownBy(() -> DuckDbStore.open(folder))
          .withMessageContaining("process " + child.pid() + " (started 20")
          .withMessageContaining("--data");
    } finally {
      child.destroyForcibly();
      assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(folder.resolve("lock")).isNotEmptyFile();
    DuckDbStore.open(folder).close();
  }

  /** Holds a folder until it is killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) throws Exception {
      try (FolderLock lock = FolderLock.take(Path.of(arguments[0]))) {
        System.out.println("held");
        System.in.transferTo(System.out);
        System.out.println(lock.folder());
      }
    }
  }

  @Test
  void aPathThatCannotBeAFolderIsSaidSo() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");
    for (Path path : List.of(file, file.resolve("below"))) {
      assertThatExceptionOfType(StoreUnavailableException.class)
          .isThrownBy(() -> DuckDbStore.open(path))
          .withMessageContaining(path.toString())
          .extracting(StoreUnavailableException::reason)
          .isEqualTo(Reason.NOT_WRITABLE);
    }
  }

  @Test
  void aFileThatIsNoDatabaseIsLeftAloneAndSaidSo() throws Exception {
    Path file = Files.writeString(folder.resolve("headroom.duckdb"), "x".repeat(20_000));
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> DuckDbStore.open(folder))
        .withMessageContaining("restore it from a backup")
        .extracting(StoreUnavailableException::reason)
        .isEqualTo(Reason.CORRUPT);
    assertThat(file).hasSize(20_000);
    Files.delete(file);
    DuckDbStore.open(folder).close();
  }

  @Test
  void anOlderFolderIsUpgradedWithAllItHolds() throws Exception {
    Path real = folder.toRealPath();
    try (var connection = plainConnection()) {
      Migrations.apply(connection, Migrations.ALL.subList(0, 1), real);
      DatabaseFile.execute(
          connection, "INSERT INTO series VALUES (1, 'OPERATION', 'wallet', '', 'a', '')");
      DatabaseFile.execute(
          connection,
          "INSERT INTO fresh VALUES (1, 1000, 3, 0, 6, 1, 3, 0, 0, NULL, NULL, NULL, NULL)");
    }
    try (var store = DuckDbStore.open(folder)) {
      assertThat(store.query("SELECT count FROM minutes", 10).rows()).containsExactly(List.of(3L));
    }
    try (var connection = plainConnection()) {
      assertThat(DatabaseFile.number(connection, "SELECT max(number) FROM migration"))
          .isEqualTo(Migrations.ALL.size());
    }
  }

  @Test
  void aNewerFolderIsRefusedUntouched() throws Exception {
    DuckDbStore.open(folder).close();
    try (var connection = plainConnection()) {
      DatabaseFile.execute(connection, "INSERT INTO migration VALUES (99, '0099-of-tomorrow.sql')");
    }
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> DuckDbStore.open(folder))
        .withMessageContaining("schema 99, this one knows " + Migrations.ALL.size())
        .extracting(StoreUnavailableException::reason)
        .isEqualTo(Reason.NEWER);
  }

  @Test
  void aBatchIsKeptWholeOrNotAtAll() throws Exception {
    try (var store = DuckDbStore.open(folder)) {
      store.merge(List.of(rollup(0)));
      List<Rollup> bad = new ArrayList<>();
      for (int i = 1; i < 10_000; i++) {
        bad.add(rollup(10L * i));
      }
      @SuppressWarnings("NullAway") // the fault that is wanted
      Rollup broken = new Rollup(rollup(0).key(), 0, null);
      bad.add(broken);
      assertThatThrownBy(() -> store.merge(bad)).isInstanceOf(NullPointerException.class);
      assertThat(windows(store)).isEqualTo(1);
      store.merge(bad.subList(0, 5));
      assertThat(windows(store)).isEqualTo(6);
    }
  }

  @Test
  void readersAndWritersDoNotDisturbEachOther() throws Exception {
    var options = new DuckDbStore.Options(128, 2, 20, Duration.ofSeconds(60));
    try (var store = DuckDbStore.open(folder, options);
        var threads = Executors.newFixedThreadPool(4)) {
      List<Callable<Void>> work = new ArrayList<>();
      for (int writer = 0; writer < 2; writer++) {
        int second = writer * 10;
        work.add(() -> {
          for (int i = 0; i < 40; i++) {
            store.merge(List.of(rollup(second), rollup(second + 600)));
          }
          return null;
        });
      }
      for (int reader = 0; reader < 2; reader++) {
        work.add(() -> {
          for (int i = 0; i < 20; i++) {
            // Both windows are merged in one batch, so a reader sees them equal.
            long[] sums = new long[2];
            store.scan(
                Resolution.TEN_MINUTES,
                Instant.MIN,
                Instant.MAX,
                Set.of(),
                series ->
                    series
                        .windows()
                        .forEach(w -> sums[(int) (w.start() / 600 % 2)] += w.cell().count()));
            assertThat(sums[0]).isEqualTo(sums[1]);
          }
          return null;
        });
      }
      for (var done : threads.invokeAll(work)) {
        done.get();
      }
      long[] total = new long[1];
      store.scan(
          Resolution.DAY,
          Instant.MIN,
          Instant.MAX,
          Set.of(),
          series -> total[0] += series.total().count());
      assertThat(total[0]).isEqualTo(160);
    }
  }

  @Test
  void aClosedStoreSaysSo() throws Exception {
    var store = DuckDbStore.open(folder);
    store.close();
    store.close();
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> store.merge(List.of(rollup(0))))
        .withMessageContaining("is closed");
  }

  @Test
  void expiryForgetsSeriesWithoutWindowsAndGivesSpaceBack() throws Exception {
    try (var store = DuckDbStore.open(folder)) {
      store.merge(List.of(rollup(0)));
      store.expire(NOON.plus(Resolution.DAY.retention()).plus(Duration.ofDays(2)));
      assertThat(store.query("SELECT count(*) FROM series", 1).rows()).containsExactly(List.of(0L));
      store.merge(List.of(rollup(0)));
      assertThat(windows(store)).isEqualTo(1);
    }
  }

  private DuckDBConnection plainConnection() throws Exception {
    return (DuckDBConnection)
        DriverManager.getConnection(
            "jdbc:duckdb:" + folder.toRealPath().resolve("headroom.duckdb"));
  }

  private static int windows(DuckDbStore store) {
    int[] windows = new int[1];
    store.scan(
        Resolution.TEN_SECONDS,
        Instant.MIN,
        Instant.MAX,
        Set.of(),
        series -> windows[0] += series.windows().size());
    return windows[0];
  }

  private static Rollup rollup(long second) {
    Cell cell = new Cell();
    cell.record(0.25, false);
    var key = new SeriesKey(Measure.OPERATION, "wallet", "", "POST /exchange", "");
    return new Rollup(key, NOON.getEpochSecond() + second, cell);
  }
}
