package headroom.wall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headroom.model.Measure;
import headroom.model.StationKind;
import headroom.rollup.Resolution;
import headroom.sim.Load;
import headroom.sim.Reporting;
import headroom.sim.VirtualStation;
import headroom.sim.VirtualSystem;
import headroom.sim.Wallets;
import headroom.sim.Watch;
import headroom.store.History;
import headroom.store.Planted;
import headroom.wall.Wall.Confidence;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WallPredictorTest {
  private static Walls predict(History history) {
    return WallPredictor.predict(history, Objective.DEFAULT, new SplittableRandom(1));
  }

  private static Wall wall(Walls walls, String station) {
    return walls.walls().stream()
        .filter(wall -> wall.station().text().equals(station))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + station + " in " + walls));
  }

  private static double multiple(Wall wall) {
    return Objects.requireNonNull(wall.multiple(), () -> "no multiple in " + wall).median();
  }

  private static double peak(Walls walls) {
    return Objects.requireNonNull(walls.load()).peakPerSecond();
  }

  private static VirtualSystem wallet() {
    return Wallets.pool(new SplittableRandom(4));
  }

  private static History watched(VirtualSystem spec, double shareOfLimit, long seed) {
    return watch(spec, Load.steps(shareOfLimit * spec.roughLimit(), 180), 180, seed);
  }

  private static History watch(VirtualSystem spec, Load load, double seconds, long seed) {
    return Watch.history(spec, load, seconds, Reporting.usual(Resolution.TEN_SECONDS), seed);
  }

  @Test
  void sayWhatHoldsThePoolAndWhatBreaks() {
    Wall pool = wall(predict(watched(wallet(), 0.3, 7)), "wallet/pool/ledger");
    assertThat(pool.kind()).isEqualTo(StationKind.POOL);
    assertThat(pool.limit())
        .isEqualTo(new Wall.Limit(wallet().capacity(wallet().station("ledger")), "connections"));
    assertThat(pool.breaks())
        .isEqualTo("responses wait for a connection longer than the objective of 500 ms at p99");
    assertThat(pool.because().getFirst().name()).isEqualTo("POST /exchange");
    assertThat(pool.because()).anyMatch(cause -> cause.what() == Wall.Cause.What.STATEMENT);
    assertThat(pool.confidence()).isEqualTo(Confidence.EXTRAPOLATED);
    assertThat(pool.notes()).anyMatch(note -> note.startsWith("3.0 minutes of 10-second rows"));
    assertThat(pool.date()).isNull();
  }

  @Test
  void theSameHistoryAndSeedGiveTheSameWalls() {
    History history = watched(wallet(), 0.3, 7);
    assertThat(predict(history)).isEqualTo(predict(history));
  }

  @Test
  void aWallComesBeforeItsSaturationAndOrdersTheList() {
    for (long seed = 0; seed < 6; seed++) {
      Walls walls = predict(watched(Wallets.pool(new SplittableRandom(seed)), 0.3, seed));
      double last = 0;
      for (Wall wall : walls.walls()) {
        Estimate multiple = wall.multiple();
        Estimate saturation = wall.saturation();
        if (multiple != null && saturation != null) {
          assertThat(multiple.median()).isLessThanOrEqualTo(saturation.median());
          assertThat(multiple.low()).isLessThanOrEqualTo(saturation.low());
          assertThat(multiple.high()).isLessThanOrEqualTo(saturation.high());
          assertThat(multiple.median()).isGreaterThanOrEqualTo(last);
          last = multiple.median();
        }
      }
      assertThat(walls.walls().stream().mapToDouble(Wall::probabilityFirst).sum())
          .isLessThanOrEqualTo(1 + 1e-9);
      assertThat(walls.walls())
          .allMatch(wall -> wall.probabilityFirst() <= walls.walls().getFirst().probabilityFirst());
    }
  }

  @Test
  void aLargerPoolMovesTheWallAndTheMeasurement() {
    VirtualSystem small =
        VirtualSystem.of(
            "wallet",
            List.of(
                VirtualStation.Pool.of("ledger", 4),
                new VirtualStation.Processor("cpu", 8, 1, 0.1, 0, true)),
            wallet().operations());
    VirtualSystem large = Wallets.withConnections(small, 8);
    double load = 0.3 * small.roughLimit();
    double[] predicted = new double[2];
    double[] measured = new double[2];
    for (int i = 0; i < 2; i++) {
      VirtualSystem spec = i == 0 ? small : large;
      Walls walls = predict(watch(spec, Load.steps(load, 240), 240, 5));
      assertThat(walls.firstToBreak().map(Object::toString)).contains("wallet/pool/ledger");
      predicted[i] = multiple(walls.walls().getFirst());
      measured[i] = Wallets.wall(spec, 9) / peak(walls);
    }
    assertThat(predicted[1]).isGreaterThan(1.8 * predicted[0]);
    assertThat(predicted[1] / predicted[0])
        .isCloseTo(measured[1] / measured[0], within(0.2 * measured[1] / measured[0]));
  }

  @Test
  void aTinyHoldIsNotTakenForAWall() {
    VirtualSystem spec = Wallets.shortHolds(new SplittableRandom(2));
    double load = 0.3 * spec.roughLimit();
    Walls walls = predict(watch(spec, Load.steps(load, 150), 150, 5));
    double measured = Wallets.wall(spec, 9) / peak(walls);
    assertThat(multiple(walls.walls().getFirst())).isCloseTo(measured, within(0.12 * measured));
  }

  @Test
  void daysOfMinutesGiveANarrowInterval() {
    VirtualSystem spec = Wallets.pool(new SplittableRandom(6));
    double limit = spec.roughLimit();
    // Six hours with a quick tide stand in for days: the row length is what changes.
    History history =
        Watch.history(
            spec,
            Load.waves(0.1 * limit, 0.32 * limit, 7_200),
            21_600,
            Reporting.usual(Resolution.MINUTE),
            3);
    Walls walls = predict(history);
    Wall first = walls.walls().getFirst();
    double truth = Wallets.wall(spec, 11) / peak(walls);
    Estimate multiple = Objects.requireNonNull(first.multiple());
    assertThat(first.station().text()).isEqualTo("wallet/pool/ledger");
    assertThat(multiple.median()).isCloseTo(truth, within(0.08 * truth));
    assertThat(multiple.contains(truth)).isTrue();
    assertThat((multiple.high() - multiple.low()) / multiple.median()).isLessThan(0.27);
  }

  @Test
  void nearItsWallAPredictionIsAMeasurement() {
    VirtualSystem spec = wallet();
    double wall = Wallets.wall(spec, 3);
    Walls walls = predict(watch(spec, Load.waves(0.3 * wall, 0.95 * wall, 150), 300, 4));
    Wall first = walls.walls().getFirst();
    assertThat(first.confidence()).isEqualTo(Confidence.MEASURED);
    assertThat(multiple(first) * peak(walls)).isCloseTo(wall, within(0.12 * wall));
  }

  @Test
  void afterTheBreakTheWallIsBehindUs() {
    VirtualSystem spec = wallet();
    double wall = Wallets.wall(spec, 3);
    History history = watch(spec, t -> (0.3 + 0.9 * t / 300) * wall, 300, 4);
    Walls walls = predict(history);
    Wall first = walls.walls().getFirst();
    assertThat(first.station().text()).isEqualTo("wallet/pool/ledger");
    assertThat(multiple(first)).isBetween(0.7, 1.0);
    assertThat(multiple(first) * peak(walls)).isCloseTo(wall, within(0.15 * wall));
    assertThat(first.notes()).contains("the objective fails at today's peak already");
  }

  @Test
  void anObjectiveThatFailsAtEveryLoadIsSaidFirst() {
    var planted = new Planted(30, 1);
    planted.with(
        Measure.ACTION, "", "GET /slow", "", (i, cell) -> planted.requests(cell, 40 + 2 * i, 0.4));
    Walls walls = predict(planted.history());
    Wall first = walls.walls().getFirst();
    assertThat(first.kind()).isEqualTo(StationKind.OBJECTIVE);
    assertThat(Objects.requireNonNull(first.multiple()).high()).isLessThanOrEqualTo(1);
    assertThat(first.breaks()).contains("take longer than 500 ms already");
  }

  @Test
  void whatCannotBeKnownIsNotSaid() {
    assertThat(predict(empty()).load()).isNull();
    assertThat(predict(empty()).walls()).isEmpty();

    var brief = new Planted(4, 1);
    brief.with(Measure.ACTION, "", "GET /a", "", (i, cell) -> brief.requests(cell, 10, 0.01));
    addPool(brief, "w-1", 2, true);
    Walls walls = predict(brief.history());
    assertThat(walls.load()).isNull();
    assertThat(walls.walls().getFirst().confidence()).isEqualTo(Confidence.NOT_ENOUGH_DATA);

    var unlimited = new Planted(30, 1);
    unlimited.with(
        Measure.ACTION, "", "GET /a", "", (i, cell) -> unlimited.requests(cell, 40 + i, 0.01));
    addPool(unlimited, "w-1", 2, false);
    Wall pool = wall(predict(unlimited.history()), "wallet/pool/ledger");
    assertThat(pool.limit()).isNull();
    assertThat(pool.multiple()).isNull();
    assertThat(pool.notes()).contains("its limit is not reported");

    var idle = new Planted(30, 1);
    idle.with(Measure.ACTION, "", "GET /a", "", (i, cell) -> idle.requests(cell, 40 + i, 0.01));
    addPool(idle, "w-1", 0.05, true);
    Wall hardlyUsed = wall(predict(idle.history()), "wallet/pool/ledger");
    assertThat(hardlyUsed.multiple()).isNull();
    assertThat(hardlyUsed.notes()).anyMatch(note -> note.contains("too little to scale up"));
  }

  @Test
  void steadyTrafficIsScaledInProportionAndSaidSo() {
    var planted = new Planted(30, 1);
    planted.actions(i -> 50, i -> 0.01);
    addPool(planted, "w-1", 2, true);
    Wall pool = wall(predict(planted.history()), "wallet/pool/ledger");
    assertThat(pool.notes()).anyMatch(note -> note.contains("varied by less than 30 %"));
    Estimate saturation = Objects.requireNonNull(pool.saturation());
    assertThat(saturation.median()).isCloseTo(5, within(0.8));
  }

  @Test
  void theHottestInstanceIsJudged() {
    var planted = new Planted(30, 1);
    planted.actions(i -> 40 + i, i -> 0.01);
    addPool(planted, "w-1", 1, true);
    addPool(planted, "w-2", 4, true);
    Wall pool = wall(predict(planted.history()), "wallet/pool/ledger");
    assertThat(pool.utilizationAtPeak().orElse(0)).isBetween(0.4, 0.6);
    assertThat(pool.notes()).contains("the busiest of 2 instances is judged");
  }

  @Test
  void executorsAndHardLimitsBreakWhereTheyAreFull() {
    var planted = new Planted(40, 1);
    planted
        .actions(i -> 40 + 2 * i, i -> 0.01)
        .level(Measure.EXECUTOR_ACTIVE, "mail", i -> 2 * (40 + 2 * i) / 118.0)
        .level(Measure.EXECUTOR_LIMIT, "mail", i -> 4);
    Wall executor = wall(predict(planted.history()), "wallet/executor/mail");
    assertThat(executor.breaks()).contains("the backlog grows");
    assertThat(multiple(executor)).isCloseTo(2.1, within(0.25));
  }

  /** A pool of ten that is busy in proportion to the traffic, with this many in use on average. */
  private static void addPool(Planted planted, String instance, double busy, boolean limit) {
    planted.visits(Measure.POOL_HOLD, instance, "ledger", "", i -> 40, busy * 10 / 40);
    if (limit) {
      planted.with(
          Measure.POOL_LIMIT,
          instance,
          "ledger",
          "",
          (i, cell) -> cell.sample(10, Planted.nanos(i)));
    }
  }

  private static History empty() {
    return History.of(
        Resolution.TEN_SECONDS, Instant.EPOCH, Instant.EPOCH.plusSeconds(60), List.of(), List.of());
  }
}
