package headroom.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headroom.model.Measure;
import headroom.rollup.Cell;
import headroom.rollup.Resolution;
import headroom.sim.Activity.Call;
import headroom.sim.Activity.Hold;
import headroom.sim.Activity.Lookup;
import headroom.sim.Activity.Pause;
import headroom.sim.Activity.Publish;
import headroom.sim.Activity.Work;
import headroom.sim.Distribution.Constant;
import headroom.sim.Distribution.Exponential;
import headroom.sim.VirtualStation.Pool;
import headroom.store.History;
import headroom.store.SeriesIndex;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationTest {
  private static VirtualSystem system(List<VirtualStation> stations, Activity... steps) {
    return VirtualSystem.of("wallet", stations, List.of(new Operation("GET /a", 1, steps)));
  }

  private static final class Counts implements Observer {
    int finished;
    int failed;
    int refused;
    int released;
    int resends;
    int hits;
    int misses;
    final int[] byReplica = new int[8];
    double longest;

    @Override
    public void finished(
        int operation, int replica, double arrived, double seconds, boolean wrong) {
      finished++;
      byReplica[replica]++;
      longest = Math.max(longest, seconds);
      if (wrong) {
        failed++;
      }
    }

    @Override
    public void released(
        int station, int replica, int operation, double at, double held, double waited) {
      released++;
    }

    @Override
    public void refused(int station, int replica, double at) {
      refused++;
    }

    @Override
    public void called(
        int operation, String peer, double at, double seconds, int more, boolean wrong) {
      resends += more;
    }

    @Override
    public void lookedUp(int station, int replica, double at, boolean hit) {
      if (hit) {
        hits++;
      } else {
        misses++;
      }
    }
  }

  private static Counts run(VirtualSystem system, double perSecond, double seconds) {
    var counts = new Counts();
    new Simulation(system, Load.steady(perSecond), 9, counts).run(seconds);
    return counts;
  }

  @Test
  void whoWaitsTooLongFailsAndGivesBackWhatItHolds() {
    Pool impatient = new Pool("b", Pool.Kind.CONNECTIONS, 1, 0.2, 1_000, true);
    VirtualSystem system =
        system(
            List.of(Pool.of("a", 50), impatient),
            new Hold("a", new Hold("b", new Pause(new Constant(0.1)))));
    var counts = new Counts();
    var simulation = new Simulation(system, Load.steady(30), 9, counts);
    simulation.run(200);
    assertThat(counts.failed).isEqualTo(counts.refused);
    assertThat((double) counts.failed / counts.finished).isCloseTo(2.0 / 3, within(0.05));
    assertThat(counts.longest).isLessThan(0.31);
    // What is left of the six thousand is on its way, not lost with its connections.
    assertThat(simulation.used(0, 0)).isLessThanOrEqualTo(10);
  }

  @Test
  void aFullQueueRefusesAtOnce() {
    Pool shedding = new Pool("p", Pool.Kind.THREADS, 2, Double.POSITIVE_INFINITY, 3, true);
    Counts counts =
        run(system(List.of(shedding), new Hold("p", new Pause(new Constant(0.1)))), 60, 100);
    assertThat(counts.longest).isLessThanOrEqualTo(0.3);
    assertThat((double) counts.failed / counts.finished).isCloseTo(2.0 / 3, within(0.05));
  }

  @Test
  void retriesMultiplyTheLoadOfASlowPeerAndABudgetStopsThem() {
    List<Activity> slow = List.of(new Hold("peer", new Pause(new Constant(0.3))));
    List<VirtualStation> peer = List.of(Pool.of("peer", 1_000));
    Counts free =
        run(system(peer, new Call("peer", 0.1, 3, Double.POSITIVE_INFINITY, slow)), 20, 200);
    // Three attempts each, all of which go on to their end although nobody waits any longer.
    assertThat(free.failed).isEqualTo(free.finished);
    assertThat((double) free.released / free.finished).isCloseTo(3, within(0.05));
    assertThat((double) free.resends / free.finished).isCloseTo(2, within(0.01));
    Counts budget = run(system(peer, new Call("peer", 0.1, 3, 0.1, slow)), 20, 200);
    assertThat((double) budget.released / budget.finished).isCloseTo(1.1, within(0.05));
  }

  @Test
  void anAnswerInTimeEndsACall() {
    List<Activity> quick = List.of(new Pause(new Constant(0.05)));
    Counts counts = run(system(List.of(), new Call("peer", 0.1, 3, 1, quick)), 20, 100);
    assertThat(counts.failed).isZero();
    assertThat(counts.resends).isZero();
    assertThat(counts.longest).isCloseTo(0.05, within(1e-9));
  }

  @Test
  void publishedWorkDoesNotDelayTheResponse() {
    Pool consumers = new Pool("q", Pool.Kind.CONSUMERS, 1, 1e9, Integer.MAX_VALUE, false);
    Counts counts =
        run(
            system(
                List.of(consumers),
                new Publish(List.of(new Hold("q", new Pause(new Constant(0.2)))))),
            10,
            100);
    assertThat(counts.longest).isZero();
    assertThat(counts.released).isCloseTo(500, within(5));
    assertThat(counts.finished).isGreaterThan(900);
  }

  @Test
  void aCacheOfEquallyPopularItemsHitsAsOftenAsItIsLarge() {
    VirtualStation cache =
        new VirtualStation.Cache("c", 1_000, 0, 300, Double.POSITIVE_INFINITY, true);
    Counts counts = run(system(List.of(cache), new Lookup("c", List.of())), 500, 200);
    double hits = (double) counts.hits / (counts.hits + counts.misses);
    assertThat(hits).isCloseTo(0.3, within(0.01));
  }

  /** An item asked for at rate r is loaded once in 1/r + ttl: a miss share of 1 / (1 + r ttl). */
  @Test
  void aCacheThatForgetsHitsMoreAtHigherLoad() {
    VirtualStation cache = new VirtualStation.Cache("c", 200, 0, 200, 10, true);
    for (double perSecond : new double[] {20, 100}) {
      Counts counts = run(system(List.of(cache), new Lookup("c", List.of())), perSecond, 2_000);
      double misses = (double) counts.misses / (counts.hits + counts.misses);
      double expected = 1 / (1 + perSecond / 200 * 10);
      assertThat(misses).isCloseTo(expected, within(0.03 * expected + 0.003));
    }
  }

  @Test
  void oneReplicaCanBeHotterThanTheOthers() {
    VirtualSystem system =
        system(
                List.of(VirtualStation.Processor.of("cpu", 2)),
                new Work("cpu", new Exponential(0.01)))
            .withReplicas(new Replicas(4, 4, 1, 0.5));
    Counts counts = run(system, 100, 200);
    assertThat((double) counts.byReplica[0] / counts.finished).isCloseTo(1.5 / 4.5, within(0.01));
    for (int i = 1; i < 4; i++) {
      assertThat((double) counts.byReplica[i] / counts.finished).isCloseTo(1 / 4.5, within(0.01));
    }
  }

  @Test
  void anAutoscalerStartsInstancesWhenTheyAreNeeded() {
    VirtualSystem system =
        system(
                List.of(VirtualStation.Processor.of("cpu", 2)),
                new Work("cpu", new Exponential(0.02)))
            .withReplicas(new Replicas(1, 6, 0.6, 0));
    var simulation =
        new Simulation(system, t -> t < 600 ? 40 : t < 1_800 ? 300 : 40, 3, Observer.NONE);
    simulation.run(600);
    assertThat(simulation.running()).isEqualTo(1);
    simulation.run(1_800);
    assertThat(simulation.running()).isBetween(5, 6);
    simulation.run(3_600);
    assertThat(simulation.running()).isLessThanOrEqualTo(2);
  }

  @Test
  void crowdedCoresAreSlower() {
    VirtualStation crowded = new VirtualStation.Processor("cpu", 4, 1, 0, 0.5, true);
    Truth truth =
        Truth.of(
            system(List.of(crowded), new Work("cpu", new Exponential(0.01))),
            new Truth.Goal(0.99, 0.5),
            3);
    // Four cores at full load do the work of 4 / 1.5.
    assertThat(truth.perSecond()).isBetween(0.93 * 400 / 1.5, 400 / 1.5);
  }

  @Test
  void aDeployAndGrowingDataChangeWhatWorkTakes() {
    VirtualSystem system =
        system(
                List.of(Pool.of("db", 100)),
                new Hold("db", new Pause(new Constant(0.01))),
                new Pause(new Constant(0.01)))
            .withChanges(
                List.of(
                    new WorkChange("", "db", 100, 0, 2, true),
                    new WorkChange("", "db", 200, 100, 3, false)));
    History history =
        Watch.history(system, Load.steady(50), 400, Reporting.usual(Resolution.TEN_SECONDS), 1);
    Cell[] holds = new Cell[4];
    for (int i = 0; i < 4; i++) {
      int part = i;
      holds[i] = new Cell();
      history.of(Measure.HOLD).getFirst().windows().stream()
          .filter(window -> (window.start() - VirtualTelemetry.EPOCH) / 100 == part)
          .forEach(window -> holds[part].merge(window.cell()));
    }
    assertThat(holds[0].mean().orElse(0)).isCloseTo(0.01, within(1e-9));
    assertThat(holds[1].mean().orElse(0)).isCloseTo(0.02, within(1e-4));
    assertThat(holds[2].mean().orElse(0)).isBetween(0.03, 0.04);
    assertThat(holds[3].mean().orElse(0)).isCloseTo(0.06, within(2e-4));
    assertThat(history.events()).hasSize(1);
  }

  @Test
  void telemetryAddsUp() {
    VirtualSystem system =
        system(
            List.of(Pool.of("ledger", 5), VirtualStation.Processor.of("cpu", 2)),
            new Work("cpu", new Exponential(0.01)),
            new Hold("ledger", new Pause(new Exponential(0.02))));
    Reporting exact = new Reporting(Resolution.TEN_SECONDS, 5, true, false, 0, 0, 0, 0, 0);
    History history = Watch.history(system, Load.steady(40), 600, exact, 1);
    var index = new SeriesIndex(history);
    Cell actions = SeriesIndex.total(history.of(Measure.ACTION));
    Cell holds = SeriesIndex.total(history.of(Measure.POOL_HOLD));
    Cell cpu = SeriesIndex.total(history.of(Measure.CPU_TIME));
    Cell used = SeriesIndex.total(history.of(Measure.POOL_USED));
    assertThat(actions.count()).isCloseTo(24_000, within(700L));
    assertThat(holds.count()).isCloseTo(actions.count(), within(10L));
    assertThat(cpu.sum()).isCloseTo(0.01 * actions.count(), within(8.0));
    assertThat(used.mean().orElse(0)).isCloseTo(holds.sum() / 600, within(0.25));
    assertThat(SeriesIndex.latest(index.ofService(Measure.POOL_LIMIT, "wallet"))).hasValue(5);
  }

  @Test
  void gapsAreGapsAndGaugesOnlyHidesTimers() {
    VirtualSystem system =
        system(List.of(Pool.of("ledger", 5)), new Hold("ledger", new Pause(new Exponential(0.02))));
    Reporting gaps = new Reporting(Resolution.TEN_SECONDS, 10, true, true, 0, 0.01, 0, 0.3, 0);
    History history = Watch.history(system, Load.steady(20), 3_000, gaps, 1);
    assertThat(history.of(Measure.POOL_USED).getFirst().windows().size()).isBetween(180, 240);
    History hidden = Watch.history(system, Load.steady(20), 300, gaps.gaugesOnly(), 1);
    assertThat(hidden.of(Measure.POOL_HOLD)).isEmpty();
    assertThat(hidden.of(Measure.POOL_USED)).isNotEmpty();
  }

  @Test
  void theSameSeedGivesTheSameHistory() {
    VirtualSystem system =
        system(
            List.of(Pool.of("ledger", 5), new VirtualStation.Cache("c", 50, 1, 10, 60, true)),
            new Lookup("c", List.of(new Hold("ledger", new Pause(new Exponential(0.02))))));
    Reporting rough = Reporting.rough(Resolution.TEN_SECONDS);
    assertThat(Watch.history(system, Load.steady(20), 300, rough, 4))
        .isEqualTo(Watch.history(system, Load.steady(20), 300, rough, 4));
    assertThat(Watch.history(system, Load.steady(20), 300, rough, 4))
        .isNotEqualTo(Watch.history(system, Load.steady(20), 300, rough, 5));
  }

  @Test
  void theTruthNamesWhatIsFullFirst() {
    VirtualSystem system =
        system(
            List.of(Pool.of("ledger", 4), VirtualStation.Processor.of("cpu", 2), Pool.lock("row")),
            new Work("cpu", new Exponential(0.004)),
            new Hold("ledger", new Pause(new Exponential(0.02))),
            new Hold("row", new Pause(new Exponential(0.0035))));
    Truth truth = Truth.of(system, new Truth.Goal(0.99, 0.5), 3);
    assertThat(truth.first()).isEqualTo("wallet/pool/ledger");
    assertThat(truth.perSecond()).isBetween(180.0, 200.0);
    assertThat(truth.stations())
        .extracting(Truth.StationWall::station)
        .contains("wallet/lock/row", "wallet/pool/ledger");
    assertThat(truth.gap()).isBetween(0.2, 0.6);
  }
}
