package headroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.model.Event;
import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.rollup.Cell;
import headroom.rollup.Resolution;
import headroom.rollup.Rollup;
import headroom.store.Series.Window;
import headroom.testkit.ForAll;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The laws of {@link RollupStore}: every store extends this. */
public abstract class StoreContract {
  protected static final Instant EPOCH = Instant.EPOCH;
  protected static final Instant END = Instant.ofEpochSecond(4_000_000_000L);

  /** A Saturday noon, at the start of a window of every resolution up to the hour. */
  protected static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private RollupStore store = new InMemoryStore();

  /** A new and empty store. */
  protected abstract RollupStore open() throws Exception;

  /** The same store after whatever may not change its content, such as a restart. */
  protected RollupStore reopen(RollupStore open) throws Exception {
    return open;
  }

  @BeforeEach
  void openStore() throws Exception {
    store = open();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void everyTierIsTheMergeOfWhatCameHoweverLateAndInWhateverBatches() throws Exception {
    List<Rollup> all = new ArrayList<>();
    ForAll.cases(25)
        .check(
            random -> rollups(random, random.nextInt(1, 60)),
            batch -> {
              store.merge(batch);
              all.addAll(batch);
              for (Resolution resolution : Resolution.values()) {
                assertThat(everything(store, resolution)).isEqualTo(expected(resolution, all));
              }
            });
    store = reopen(store);
    for (Resolution resolution : Resolution.values()) {
      assertThat(everything(store, resolution)).isEqualTo(expected(resolution, all));
    }
  }

  @Test
  void orderAndBatchesDoNotMatter() throws Exception {
    List<Rollup> rollups = rollups(new Random(7), 200);
    store.merge(rollups);
    List<Rollup> shuffled = new ArrayList<>(rollups);
    Collections.shuffle(shuffled, new Random(8));
    try (RollupStore other = new InMemoryStore()) {
      for (Rollup rollup : shuffled) {
        other.merge(List.of(rollup));
      }
      for (Resolution resolution : Resolution.values()) {
        assertThat(everything(store, resolution)).isEqualTo(everything(other, resolution));
      }
    }
  }

  @Test
  void anEmptyStoreHasNothing() {
    for (Resolution resolution : Resolution.values()) {
      assertThat(store.extent(resolution)).isEmpty();
      assertThat(everything(store, resolution)).isEmpty();
    }
    store.merge(List.of());
    assertThat(store.extent(Resolution.DAY)).isEmpty();
    assertThat(store.events(EPOCH, END, "")).isEmpty();
    store.expire(NOON);
  }

  @Test
  void givesTheSeriesOfTheMeasuresAskedForInTheOrderOfTheirKeys() {
    var b = new SeriesKey(Measure.OPERATION, "wallet", "", "b", "");
    var a = new SeriesKey(Measure.OPERATION, "wallet", "", "a", "");
    var pool = new SeriesKey(Measure.POOL_USED, "wallet", "one", "main", "");
    store.merge(List.of(rollup(b, 0), rollup(pool, 0), rollup(a, 0)));
    var some = store.history(Resolution.MINUTE, EPOCH, END, Set.of(Measure.OPERATION));
    assertThat(some.of(Measure.OPERATION)).extracting(Series::key).containsExactly(a, b);
    assertThat(some.of(Measure.POOL_USED)).isEmpty();
    assertThat(some.series()).containsOnlyKeys(Measure.OPERATION);
    var all = store.history(Resolution.MINUTE, EPOCH, END, Set.of());
    assertThat(all.series()).containsOnlyKeys(Measure.OPERATION, Measure.POOL_USED);
    assertThat(all.resolution()).isEqualTo(Resolution.MINUTE);
    assertThat(all.from()).isEqualTo(EPOCH);
    assertThat(all.to()).isEqualTo(END);
    assertThat(store.history(Resolution.MINUTE, EPOCH, END, Set.of(Measure.CPU_TIME)).series())
        .isEmpty();
  }

  @Test
  void givesWindowsThatStartWithinTheSpanAndWhatHappenedInIt() {
    var key = new SeriesKey(Measure.OPERATION, "wallet", "", "a", "");
    for (int minute = 0; minute < 10; minute++) {
      store.merge(List.of(rollup(key, 60L * minute), rollup(key, 60L * minute + 30)));
      store.record(new Event("note", NOON.plusSeconds(60L * minute), "", Map.of("n", "" + minute)));
    }
    var history =
        store.history(Resolution.MINUTE, NOON.plusSeconds(120), NOON.plusSeconds(300), Set.of());
    assertThat(history.of(Measure.OPERATION)).hasSize(1);
    assertThat(history.of(Measure.OPERATION).getFirst().windows())
        .extracting(Window::start)
        .containsExactly(noonPlus(120), noonPlus(180), noonPlus(240));
    assertThat(history.events())
        .extracting(e -> e.attributes().get("n"))
        .containsExactly("2", "3", "4");
    assertThat(store.history(Resolution.MINUTE, NOON, NOON, Set.of()).series()).isEmpty();
  }

  @Test
  void aSpanMayBeginAndEndBetweenWindows() {
    var key = new SeriesKey(Measure.OPERATION, "wallet", "", "a", "");
    store.merge(List.of(rollup(key, 0), rollup(key, 60), rollup(key, 120)));
    Object[][] spans = {
      {NOON.plusNanos(1), NOON.plusSeconds(120), List.of(noonPlus(60))},
      {
        NOON.plusSeconds(1),
        NOON.plusSeconds(120).plusNanos(1),
        List.of(noonPlus(60), noonPlus(120))
      },
      {NOON.plusSeconds(59), NOON.plusSeconds(61), List.of(noonPlus(60))},
      {NOON.plusSeconds(61), NOON.plusSeconds(119), List.of()},
      {NOON.plusSeconds(61), NOON.plusSeconds(60), List.of()},
      {Instant.MIN, Instant.MAX, List.of(noonPlus(0), noonPlus(60), noonPlus(120))},
    };
    for (Object[] span : spans) {
      List<Long> starts = new ArrayList<>();
      store.scan(
          Resolution.MINUTE,
          (Instant) span[0],
          (Instant) span[1],
          Set.of(),
          series -> series.windows().forEach(window -> starts.add(window.start())));
      assertThat(starts).as("%s to %s", span[0], span[1]).isEqualTo(span[2]);
    }
  }

  @Test
  void tellsWhatATierCovers() {
    var key = new SeriesKey(Measure.OPERATION, "wallet", "", "a", "");
    store.merge(List.of(rollup(key, 3_700)));
    store.merge(List.of(rollup(key, 50)));
    assertThat(store.extent(Resolution.TEN_SECONDS))
        .isEqualTo(
            Optional.of(new RollupStore.Extent(NOON.plusSeconds(50), NOON.plusSeconds(3_710))));
    assertThat(store.extent(Resolution.HOUR))
        .isEqualTo(Optional.of(new RollupStore.Extent(NOON, NOON.plusSeconds(7_200))));
  }

  @Test
  void expiryDropsWhatIsOlderThanItsTierKeepsAndNothingElse() throws Exception {
    var key = new SeriesKey(Measure.OPERATION, "wallet", "", "a", "");
    for (Resolution resolution : Resolution.values()) {
      long oldest = -resolution.retention().toSeconds();
      store.merge(List.of(rollup(key, oldest - 10), rollup(key, oldest)));
    }
    store.record(
        new Event("note", NOON.minus(Resolution.DAY.retention()).minusNanos(1), "", Map.of()));
    store.record(new Event("note", NOON.minus(Resolution.DAY.retention()), "", Map.of()));
    store.expire(NOON);
    store.expire(NOON);
    store = reopen(store);
    for (Resolution resolution : Resolution.values()) {
      long oldest = NOON.minus(resolution.retention()).getEpochSecond();
      var kept = everything(store, resolution).getOrDefault(key, new TreeMap<>());
      assertThat(kept.keySet()).allMatch(start -> start >= oldest);
      Map<Long, Cell> merged = new TreeMap<>();
      for (Resolution each : Resolution.values()) {
        for (long second :
            new long[] {-each.retention().toSeconds() - 10, -each.retention().toSeconds()}) {
          long start = resolution.windowStart(noonPlus(second));
          if (start >= oldest) {
            merged.computeIfAbsent(start, unused -> new Cell()).merge(rollup(key, second).cell());
          }
        }
      }
      assertThat(kept).as(resolution.name()).isEqualTo(merged);
    }
    assertThat(store.events(EPOCH, END, "")).hasSize(1);
    store.expire(END.plus(Resolution.DAY.retention()));
    for (Resolution resolution : Resolution.values()) {
      assertThat(store.extent(resolution)).isEmpty();
    }
    store.merge(List.of(rollup(key, 0)));
    assertThat(everything(store, Resolution.DAY)).hasSize(1);
  }

  @Test
  void keepsEventsWithAllTheySayOldestFirst() throws Exception {
    var prediction =
        new Event(
            "prediction",
            NOON.plusNanos(123_456_789),
            "wallet/pool/ledger",
            Map.of(
                "multiple.median",
                "2.9",
                "multiple.low",
                "2.6",
                "empty",
                "",
                "text",
                "'; --\n\"é😀"));
    var deploy = new Event("deploy", NOON, "", Map.of());
    var later = new Event("deploy", NOON.plusSeconds(60), "wallet", Map.of("version", "4f2c"));
    store.record(later);
    store.record(prediction);
    store.record(deploy);
    store = reopen(store);
    assertThat(store.events(EPOCH, END, "")).containsExactly(deploy, prediction, later);
    assertThat(store.events(EPOCH, END, "prediction")).containsExactly(prediction);
    assertThat(store.events(NOON, NOON.plusSeconds(60), "")).containsExactly(deploy, prediction);
    assertThat(store.events(NOON.plusNanos(1), END, "deploy")).containsExactly(later);
  }

  @Test
  void theSameEventAgainChangesNothing() throws Exception {
    var deploy = new Event("deploy", NOON, "wallet", Map.of("version", "4f2c", "by", "ci"));
    store.record(deploy);
    store.record(deploy);
    store = reopen(store);
    store.record(deploy);
    store.record(new Event("deploy", NOON, "wallet", Map.of("version", "4f2c")));
    store.record(new Event("deploy", NOON, "wallet", Map.of("version", "4f2c", "by", "me")));
    assertThat(store.events(EPOCH, END, "")).hasSize(3).startsWith(deploy);
  }

  @Test
  void whatWasReadAndWhatWasGivenStayApart() {
    var key = new SeriesKey(Measure.OPERATION, "wallet", "", "a", "");
    Rollup given = rollup(key, 0);
    store.merge(List.of(given));
    given.cell().record(1_000, true);
    var read = everything(store, Resolution.TEN_SECONDS);
    store.merge(List.of(rollup(key, 0)));
    var first = new TreeMap<>(Map.of(noonPlus(0), rollup(key, 0).cell()));
    assertThat(read).isEqualTo(Map.of(key, first));
    assertThat(everything(store, Resolution.TEN_SECONDS)).isNotEqualTo(read);
  }

  protected static long noonPlus(long seconds) {
    return NOON.getEpochSecond() + seconds;
  }

  /** One value in the window {@code seconds} after noon. */
  protected static Rollup rollup(SeriesKey key, long seconds) {
    Cell cell = new Cell();
    cell.record(1 + Math.floorMod(seconds, 50), seconds % 20 == 0);
    return new Rollup(key, Resolution.TEN_SECONDS.windowStart(noonPlus(seconds)), cell);
  }

  /** Of all kinds of measures, mostly of the last hour, some up to a year late; sums are exact. */
  protected static List<Rollup> rollups(RandomGenerator random, int size) {
    List<Rollup> rollups = new ArrayList<>();
    Measure[] measures = {Measure.OPERATION, Measure.CALL, Measure.CPU_TIME, Measure.POOL_USED};
    for (int i = 0; i < size; i++) {
      Measure measure = measures[random.nextInt(measures.length)];
      var key =
          new SeriesKey(
              measure, "wallet", "i" + random.nextInt(2), "POST /é'" + random.nextInt(3), "");
      Cell cell = new Cell();
      for (int j = random.nextInt(1, 5); j > 0; j--) {
        double value = random.nextInt(100_000) / 1_024.0;
        switch (measure.kind()) {
          case DISTRIBUTION -> cell.record(value, random.nextInt(5) == 0);
          case COUNTER -> cell.increase(value);
          case GAUGE ->
              cell.sample(value - 40, noonPlus(0) * 1_000_000_000L + random.nextInt(1_000));
        }
      }
      long back = random.nextInt(10) == 0 ? random.nextInt(365 * 86_400) : random.nextInt(3_600);
      rollups.add(new Rollup(key, Resolution.TEN_SECONDS.windowStart(noonPlus(-back)), cell));
    }
    return rollups;
  }

  protected static Map<SeriesKey, Map<Long, Cell>> expected(
      Resolution resolution, List<Rollup> rollups) {
    Map<SeriesKey, Map<Long, Cell>> expected = new TreeMap<>(Series.BY_KEY);
    for (Rollup rollup : rollups) {
      expected
          .computeIfAbsent(rollup.key(), unused -> new TreeMap<>())
          .computeIfAbsent(resolution.windowStart(rollup.windowStart()), unused -> new Cell())
          .merge(rollup.cell());
    }
    return expected;
  }

  /** All of a tier, checked to be in order and without doubles. */
  protected static Map<SeriesKey, Map<Long, Cell>> everything(
      RollupStore store, Resolution resolution) {
    var history = store.history(resolution, EPOCH, END, Set.of());
    Map<SeriesKey, Map<Long, Cell>> found = new TreeMap<>(Series.BY_KEY);
    for (List<Series> ofMeasure : history.series().values()) {
      for (Series series : ofMeasure) {
        Map<Long, Cell> cells = new TreeMap<>();
        series.windows().forEach(window -> cells.put(window.start(), window.cell()));
        assertThat(series.windows())
            .extracting(Window::start)
            .containsExactlyElementsOf(cells.keySet());
        assertThat(found.put(series.key(), cells)).isNull();
      }
    }
    return found;
  }
}
