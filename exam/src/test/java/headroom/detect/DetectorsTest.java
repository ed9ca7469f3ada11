package headroom.detect;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.detect.Finding.Kind;
import headroom.detect.Finding.Severity;
import headroom.model.Measure;
import headroom.rollup.Resolution;
import headroom.sim.Load;
import headroom.sim.Reporting;
import headroom.sim.VirtualSystem;
import headroom.sim.Wallets;
import headroom.sim.Watch;
import headroom.store.History;
import headroom.store.Planted;
import headroom.wall.Objective;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DetectorsTest {
  private static final int WINDOWS = 60;

  private static List<Finding> detect(History history) {
    return Detectors.detect(history, Objective.DEFAULT);
  }

  private static Finding only(History history, Kind kind) {
    List<Finding> found = detect(history).stream().filter(f -> f.kind() == kind).toList();
    assertThat(found).as("findings of kind %s", kind).hasSize(1);
    return found.getFirst();
  }

  private static History watch(VirtualSystem system, Load load, long seed) {
    return Watch.history(system, load, 300, Reporting.usual(Resolution.TEN_SECONDS), seed);
  }

  @Test
  void aHealthyServiceRaisesNoAlarm() {
    var seeds = new SplittableRandom(11);
    for (int i = 0; i < 12; i++) {
      long seed = seeds.nextLong();
      VirtualSystem spec = Wallets.pool(new SplittableRandom(seed));
      Load load = Load.waves(0.12 * spec.roughLimit(), 0.3 * spec.roughLimit(), 70);
      assertThat(detect(watch(spec, load, seed)))
          .as("seed %d", seed)
          .noneMatch(finding -> finding.severity() != Severity.INFO);
    }
  }

  /** Everything that detectors read, steady and noisy: nothing may be found in it. */
  @Test
  void steadyNoiseRaisesNoAlarm() {
    for (long seed = 0; seed < 60; seed++) {
      assertThat(detect(steady(seed).history())).as("seed %d", seed).isEmpty();
    }
  }

  private static Planted steady(long seed) {
    var planted = new Planted(WINDOWS, seed);
    var random = planted.random;
    planted
        .actions(i -> 80 + random.nextInt(40), i -> 0.05)
        .with(
            Measure.ACTION_STATEMENTS,
            "",
            "GET /a",
            "",
            (i, cell) -> {
              for (int n = 0; n < 30; n++) {
                cell.record(2 + random.nextInt(3), false);
              }
            })
        .with(
            Measure.CACHE_HITS,
            "w-1",
            "rates",
            "",
            (i, cell) -> cell.increase(80 + random.nextInt(20)))
        .with(
            Measure.CACHE_MISSES,
            "w-1",
            "rates",
            "",
            (i, cell) -> cell.increase(5 + random.nextInt(8)))
        .level(Measure.EXECUTOR_QUEUED, "mail", i -> Math.max(0, 10 + 8 * random.nextGaussian()))
        .level(Measure.POOL_USED, "ledger", i -> random.nextInt(5))
        .level(Measure.POOL_PENDING, "ledger", i -> random.nextInt(20) == 0 ? 1 : 0)
        .level(Measure.POOL_LIMIT, "ledger", i -> 10);
    for (String instance : List.of("w-1", "w-2", "w-3")) {
      planted.with(
          Measure.OPERATION_SELF,
          instance,
          "GET /a",
          "",
          (i, cell) -> planted.requests(cell, 30 + random.nextInt(12), 0.01));
    }
    return planted;
  }

  @Test
  void aFullPoolIsNamedWithWhatHoldsIt() {
    VirtualSystem spec = Wallets.pool(new SplittableRandom(4));
    double limit = Wallets.limit(spec, "ledger");
    Finding pool = only(watch(spec, Load.steady(0.93 * limit), 5), Kind.POOL);
    assertThat(pool.subject()).isEqualTo("wallet/pool/ledger");
    assertThat(pool.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(pool.summary()).contains("POST /exchange holds them");
    assertThat(pool.causes()).anyMatch(cause -> cause.kind().equals("statement"));
    assertThat(pool.evidence().getFirst().points()).hasSizeGreaterThan(10);
    assertThat(pool.next()).contains("SELECT for POST /exchange");
  }

  @Test
  void aTailBeyondTheObjectiveIsFoundAndMoreSoWithErrors() {
    var planted = new Planted(WINDOWS, 1);
    planted.with(
        Measure.ACTION,
        "",
        "GET /slow",
        "",
        (i, cell) -> {
          planted.requests(cell, 60, 0.2);
          cell.record(0.1, true);
          cell.record(0.1, true);
          cell.record(0.1, true);
        });
    List<Finding> findings = detect(planted.history());
    assertThat(findings).hasSize(2).allMatch(f -> f.severity() == Severity.CRITICAL);
    assertThat(findings).anyMatch(f -> f.summary().contains("fail, 1.0 % may"));
    assertThat(findings).anyMatch(f -> f.summary().startsWith("p99 is"));
  }

  @Test
  void fewerHitsAreGivenAsLoadOnTheStore() {
    var planted = new Planted(WINDOWS, 4);
    planted
        .with(
            Measure.CACHE_HITS,
            "w-1",
            "rates",
            "",
            (i, cell) -> cell.increase(95 - 5 * planted.share(i) + planted.random.nextInt(3)))
        .with(
            Measure.CACHE_MISSES,
            "w-1",
            "rates",
            "",
            (i, cell) -> cell.increase(5 + 5 * planted.share(i) + planted.random.nextInt(2)));
    Finding cache = only(planted.history(), Kind.CACHE);
    assertThat(Objects.requireNonNull(cache.effect()).ratio()).isBetween(1.4, 2.0);
    assertThat(cache.summary()).contains("the store behind gets 1.");
  }

  @Test
  void aGrowingBacklogHasATimeToDrainOrNone() {
    var planted = new Planted(WINDOWS, 5);
    planted
        .level(Measure.EXECUTOR_QUEUED, "mail", i -> 20 * i + planted.random.nextInt(10))
        .with(Measure.EXECUTOR_COMPLETED, "w-1", "mail", "", (i, cell) -> cell.increase(100));
    Finding queue = only(planted.history(), Kind.QUEUE);
    assertThat(queue.severity()).isEqualTo(Severity.CRITICAL);
    assertThat(queue.summary()).contains("cannot drain: 12.0 arrive, 10.0 are done at most");
  }

  @Test
  void aBurstThatDrainsIsNotGrowth() {
    var planted = new Planted(WINDOWS, 6);
    planted.level(
        Measure.EXECUTOR_QUEUED, "mail", i -> i < 20 ? 20 * i : Math.max(0, 400 - 12 * (i - 20)));
    assertThat(detect(planted.history())).isEmpty();
  }

  @Test
  void aHotInstanceIsNamed() {
    var planted = new Planted(WINDOWS, 7);
    for (String instance : List.of("w-1", "w-2", "w-3")) {
      planted.with(
          Measure.OPERATION_SELF,
          instance,
          "GET /a",
          "",
          (i, cell) -> planted.requests(cell, instance.equals("w-2") ? 90 : 40, 0.01));
    }
    Finding hot = only(planted.history(), Kind.IMBALANCE);
    assertThat(hot.summary()).startsWith("instance w-2 gets 1.59 times");
    assertThat(hot.severity()).isEqualTo(Severity.WARNING);
  }

  @Test
  void repeatedStatementsGrowingWorkAndRetries() {
    var planted = new Planted(WINDOWS, 8);
    planted
        .with(Measure.ACTION, "", "POST /x", "", (i, cell) -> planted.requests(cell, 30, 0.05))
        .visits(Measure.ACTION_REPEATS, "", "POST /x", "INSERT report", i -> 30, 25)
        .with(
            Measure.STATEMENT,
            "",
            "INSERT report",
            "POST /x",
            (i, cell) -> cell.record(0.004, false))
        .with(
            Measure.ACTION_STATEMENTS,
            "",
            "POST /x",
            "",
            (i, cell) -> {
              for (int n = 0; n < 30; n++) {
                cell.record(
                    20 + Math.rint(15 * planted.share(i)) + planted.random.nextInt(3), false);
              }
            })
        .with(
            Measure.ACTION_RETRIES,
            "",
            "POST /x",
            "",
            (i, cell) -> {
              for (int n = 0; n < 30; n++) {
                cell.record(planted.random.nextInt(3) == 0 ? 1 : 0, false);
              }
            });
    History history = planted.history();
    assertThat(only(history, Kind.N_PLUS_ONE).summary())
        .isEqualTo("`INSERT report` runs 25 times in each request: 100 ms of it");
    assertThat(only(history, Kind.AMPLIFICATION).summary()).startsWith("a request makes 3");
    assertThat(only(history, Kind.RETRIES).severity()).isEqualTo(Severity.WARNING);
  }

  @Test
  void idsAreStableAndDistinct() {
    List<Finding> first = detect(steadyWithPoolFull(1));
    List<Finding> second = detect(steadyWithPoolFull(2));
    assertThat(first).isNotEmpty();
    assertThat(first.stream().map(Finding::id)).doesNotHaveDuplicates();
    assertThat(first.stream().map(Finding::id))
        .containsExactlyElementsOf(second.stream().map(Finding::id).toList());
  }

  private static History steadyWithPoolFull(long seed) {
    return steady(seed)
        .with(
            Measure.POOL_PENDING,
            "w-1",
            "ledger",
            "",
            (i, cell) -> cell.sample(12, Planted.nanos(i) + 1))
        .history();
  }
}
