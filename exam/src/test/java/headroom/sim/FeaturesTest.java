package headroom.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import headroom.model.Measure;
import headroom.rollup.Cell;
import headroom.rollup.Resolution;
import headroom.sim.Activity.Call;
import headroom.sim.Activity.Hold;
import headroom.sim.Activity.Pause;
import headroom.sim.Activity.Statement;
import headroom.sim.Activity.Work;
import headroom.sim.Distribution.Constant;
import headroom.sim.Distribution.Exponential;
import headroom.sim.VirtualStation.Pool;
import headroom.sim.VirtualStation.Processor;
import headroom.store.History;
import headroom.store.SeriesIndex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Breakers, jobs, partitions, heaps, growing data and traces, each beside a law that it obeys. */
class FeaturesTest {
  private static final Reporting EXACT =
      new Reporting(Resolution.TEN_SECONDS, 10, true, false, 0, 0, 0, 0, 0);

  private static VirtualSystem system(List<VirtualStation> stations, Activity... steps) {
    return VirtualSystem.of("wallet", stations, List.of(new Operation("GET /a", 1, steps)));
  }

  /** What happened, counted. */
  private static final class Counts implements Observer {
    int finished;
    int failed;
    int rejected;
    int attempts;
    int pieces;
    double lastPiece;
    int collections;
    double paused;
    final int[] released = new int[16];
    final double[] waited = new double[16];

    @Override
    public void finished(
        int operation, int replica, double arrived, double seconds, boolean wrong) {
      finished++;
      failed += wrong ? 1 : 0;
    }

    @Override
    public void attempted(
        int operation, String peer, double begun, double seconds, int resend, boolean wrong) {
      attempts++;
    }

    @Override
    public void rejected(int operation, int replica, String peer, double at) {
      rejected++;
    }

    @Override
    public void workedOff(int operation, int replica, double begun, double seconds, boolean wrong) {
      pieces++;
      lastPiece = begun + seconds;
    }

    @Override
    public void collected(int station, int replica, double at, double seconds) {
      collections++;
      paused += seconds;
    }

    @Override
    public void released(
        int station, int part, int operation, double at, double held, double wait) {
      released[part]++;
      waited[part] += wait;
    }
  }

  private static Counts run(VirtualSystem system, Load load, double seconds) {
    var counts = new Counts();
    new Simulation(system, load, 9, counts).run(seconds);
    return counts;
  }

  private static Call guarded(double takes) {
    return new Call(
        "partner", 0.1, 1, 0, new Breaker(20, 0.5, 10, 4), List.of(new Pause(new Constant(takes))));
  }

  /** Every cycle is: open, four arrivals, and the timeout of the last of them. */
  @Test
  void anOpenBreakerLetsOnlyProbesThrough() {
    Counts counts = run(system(List.of(), guarded(5)), Load.steady(40), 4_000);
    assertThat(counts.finished)
        .isEqualTo(counts.attempts + counts.rejected)
        .isEqualTo(counts.failed);
    double cycle = 10 + 4 / 40.0 + 0.1;
    assertThat((double) counts.attempts).isCloseTo(4 * 4_000 / cycle, within(50.0));
  }

  @Test
  void aBreakerStaysClosedWhileThePeerAnswersAndClosesAgain() {
    assertThat(run(system(List.of(), guarded(0.05)), Load.steady(40), 100).rejected).isZero();
    VirtualSystem slow =
        system(List.of(Pool.of("peer", 1_000)), guardedHold())
            .withChanges(
                List.of(
                    new WorkChange("", "peer", 100, 0, 4, false),
                    new WorkChange("", "peer", 200, 0, 0.25, false)));
    var counts = new Counts();
    var simulation = new Simulation(slow, Load.steady(40), 9, counts);
    simulation.run(100);
    assertThat(counts.failed).isZero();
    simulation.run(199);
    assertThat(simulation.breakers().getFirst().state()).isNotEqualTo("closed");
    simulation.run(220);
    int failed = counts.failed;
    simulation.run(300);
    assertThat(counts.failed).isEqualTo(failed);
    assertThat(simulation.breakers().getFirst().state()).isEqualTo("closed");
  }

  private static Call guardedHold() {
    Activity peer = new Hold("peer", new Pause(new Constant(0.05)));
    return new Call("partner", 0.1, 1, 0, new Breaker(20, 0.5, 10, 4), List.of(peer));
  }

  @Test
  void aBreakerReportsItsStateAndWhatItRefused() {
    History history = Watch.history(system(List.of(), guarded(5)), Load.steady(40), 600, EXACT, 9);
    var index = new SeriesIndex(history);
    double refused = SeriesIndex.total(index.ofService(Measure.BREAKER_REFUSED, "wallet")).sum();
    assertThat(refused).isBetween(0.9 * 600 * 40, 600 * 40.0);
    // In each sample the breaker is in one of three states.
    assertThat(SeriesIndex.total(history.of(Measure.BREAKER_STATE)).sum()).isEqualTo(60);
    assertThat(history.of(Measure.BREAKER_STATE)).hasSize(3);
  }

  /** Four workers, half a second a piece: eight pieces a second, four connections in use. */
  @Test
  void aJobWorksItsPiecesOffAndBeginsAgain() {
    BatchJob job =
        new BatchJob(
            "report", 50, 100, 400, 4, List.of(new Hold("db", new Pause(new Constant(0.5)))));
    VirtualSystem system =
        system(List.of(Pool.of("db", 10)), new Pause(new Constant(0.001))).withJobs(List.of(job));
    var counts = new Counts();
    var simulation = new Simulation(system, Load.steady(1), 9, counts);
    simulation.run(49.9);
    assertThat(counts.pieces).isZero();
    simulation.run(80.1);
    assertThat(simulation.isRunning(0)).isTrue();
    assertThat(simulation.used(0, 0)).isEqualTo(4);
    assertThat(counts.pieces).isEqualTo(4 * 60);
    simulation.run(149.9);
    assertThat(counts.pieces).isEqualTo(400);
    assertThat(counts.lastPiece).isCloseTo(50 + job.usualSeconds(), within(1e-6));
    assertThat(simulation.isRunning(0)).isFalse();
    simulation.run(250.1);
    assertThat(counts.pieces).isEqualTo(800);
    assertThat(job.runsAt(199)).isTrue();
    assertThat(job.runsAt(201)).isFalse();
  }

  @Test
  void aRunThatIsStillGoingOnIsNotBegunAgain() {
    BatchJob slow =
        new BatchJob("slow", 0, 10, 100, 1, List.of(new Hold("db", new Pause(new Constant(1)))));
    VirtualSystem system =
        system(List.of(Pool.of("db", 10)), new Pause(new Constant(0.001))).withJobs(List.of(slow));
    Counts counts = run(system, Load.steady(1), 99.5);
    assertThat(counts.pieces).isEqualTo(99);
    assertThatThrownBy(() -> new BatchJob("idle", 0, 10, 1, 1, List.of()))
        .hasMessageContaining("must take time");
  }

  @Test
  void aJobSlowsDownWhoSharesAStationWithIt() {
    BatchJob job =
        new BatchJob(
            "report", 300, 1e9, 2_400, 4, List.of(new Hold("db", new Pause(new Constant(0.5)))));
    VirtualSystem system =
        system(List.of(Pool.of("db", 5)), new Hold("db", new Pause(new Exponential(0.05))))
            .withJobs(List.of(job));
    History history = Watch.history(system, Load.steady(15), 600, EXACT, 2);
    double[] means = new double[2];
    for (int half = 0; half < 2; half++) {
      int part = half;
      var cell = new Cell();
      history.of(Measure.ACTION).stream()
          .filter(series -> series.key().subject().equals("GET /a"))
          .flatMap(series -> series.windows().stream())
          .filter(window -> (window.start() - VirtualTelemetry.EPOCH) / 300 == part)
          .forEach(window -> cell.merge(window.cell()));
      means[half] = cell.mean().orElseThrow();
    }
    assertThat(means[0]).isCloseTo(0.05, within(0.005));
    // Less than one server alone would make of it, 1 / (20 − 15): pieces queue for theirs, too.
    assertThat(means[1]).isBetween(0.08, 0.2);
    assertThat(history.of(Measure.OPERATION)).extracting(s -> s.key().subject()).contains("report");
  }

  /** Each partition is M/M/1 with its own share of the keys. */
  @Test
  void theHotPartitionWaitsAsItsOwnQueueWould() {
    Pool queue =
        new Pool("orders", Pool.Kind.CONSUMERS, 1, 1e9, Integer.MAX_VALUE, false).partitioned(4, 1);
    double perSecond = 25;
    double service = 0.06;
    Counts counts =
        run(
            system(List.of(queue), new Hold("orders", new Pause(new Exponential(service)))),
            Load.steady(perSecond),
            20_000);
    double hottest = 1 / (1 + 1 / 2.0 + 1 / 3.0 + 1 / 4.0);
    assertThat(queue.hottestShare()).isCloseTo(hottest, within(1e-12));
    for (int part = 0; part < 4; part++) {
      double rate = perSecond * hottest / (part + 1);
      assertThat(counts.released[part] / 20_000.0).isCloseTo(rate, within(0.02 * rate));
      double load = rate * service;
      double wait = load * service / (1 - load);
      assertThat(counts.waited[part] / counts.released[part]).isCloseTo(wait, within(0.1 * wait));
    }
    VirtualSystem system = system(List.of(queue), new Hold("orders", new Pause(new Constant(1))));
    assertThat(system.roughLimit()).isCloseTo(1 / hottest, within(1e-9));
  }

  @Test
  void partitionsAreReportedOneByOne() {
    Pool queue =
        new Pool("orders", Pool.Kind.CONSUMERS, 1, 1e9, Integer.MAX_VALUE, false).partitioned(3, 1);
    Pool shards = Pool.of("shard", 2).partitioned(2, 1);
    History history =
        Watch.history(
            system(
                List.of(queue, shards),
                new Hold("orders", new Pause(new Constant(0.02))),
                new Hold("shard", new Pause(new Constant(0.02)))),
            Load.steady(20),
            300,
            EXACT,
            1);
    assertThat(history.of(Measure.QUEUE_DEPTH))
        .extracting(series -> series.key().subject() + " " + series.key().detail())
        .containsExactlyInAnyOrder("orders 0", "orders 1", "orders 2");
    assertThat(history.of(Measure.POOL_LIMIT))
        .extracting(series -> series.key().subject())
        .containsExactlyInAnyOrder("shard-0", "shard-1");
  }

  /** What is allocated is collected: as many collections as the free part was filled. */
  @Test
  void memoryIsCollectedAsOftenAsItIsFilled() {
    var heap = new CollectedHeap(4e9, 1e9, 0, 1e9, 0.2e-9);
    VirtualSystem system =
        system(
            List.of(Processor.of("cpu", 2).withHeap(heap)), new Work("cpu", new Exponential(0.01)));
    Counts counts = run(system, Load.steady(100), 3_000);
    // One core busy fills three of four gigabytes in three seconds; each takes 0.2 s.
    assertThat(counts.collections).isCloseTo(1_000, within(25));
    assertThat(counts.paused / counts.collections).isCloseTo(0.2, within(1e-9));
  }

  /** At full load the cores work 1.5 seconds and stand still for 0.2. */
  @Test
  void collectionsTakeTheirPartOfTheProcessor() {
    var heap = new CollectedHeap(4e9, 1e9, 0, 1e9, 0.2e-9);
    Processor cpu = Processor.of("cpu", 2).withHeap(heap);
    assertThat(cpu.workingShare()).isCloseTo(1.5 / 1.7, within(1e-9));
    Counts counts =
        run(system(List.of(cpu), new Work("cpu", new Exponential(0.01))), Load.steady(400), 500);
    assertThat(counts.finished / 500.0).isCloseTo(200 * 1.5 / 1.7, within(4.0));
  }

  @Test
  void whatLivesOnMakesPausesLongerAndMoreFrequent() {
    var heap = new CollectedHeap(4e9, 1e9, 1e6, 1e9, 0.2e-9);
    VirtualSystem system =
        system(
            List.of(Processor.of("cpu", 2).withHeap(heap)), new Work("cpu", new Exponential(0.01)));
    History history = Watch.history(system, Load.steady(50), 2_000, EXACT, 4);
    var live = history.of(Measure.MEMORY_LIVE).getFirst().windows();
    assertThat(live.getLast().cell().last()).isCloseTo(3e9, within(2e7));
    assertThat(history.of(Measure.MEMORY_LIMIT).getFirst().windows().getLast().cell().last())
        .isEqualTo(4e9);
    var pauses = history.of(Measure.GC_DURATION).getFirst().windows();
    assertThat(pauses.getFirst().cell().mean().orElseThrow()).isCloseTo(0.2, within(0.01));
    assertThat(pauses.getLast().cell().mean().orElseThrow()).isCloseTo(0.6, within(0.01));
    Processor settled = (Processor) system.settledAt(1_000).station("cpu");
    assertThat(settled.heap()).isEqualTo(new CollectedHeap(4e9, 2e9, 0, 1e9, 0.2e-9));
  }

  @Test
  void growingDataMakeTheirOwnStatementSlower() {
    VirtualSystem system =
        system(
                List.of(),
                new Statement("SELECT grows", List.of(new Pause(new Constant(0.01)))),
                new Statement("SELECT stays", List.of(new Pause(new Constant(0.01)))))
            .withChanges(List.of(new WorkChange("", "", "SELECT grows", 0, 1_000, 9, false)));
    History history = Watch.history(system, Load.steady(5), 500, EXACT, 1);
    Map<String, Double> last = new HashMap<>();
    history
        .of(Measure.STATEMENT)
        .forEach(series ->
            last.put(
                series.key().subject(), series.windows().getLast().cell().mean().orElseThrow()));
    assertThat(last.get("SELECT stays")).isCloseTo(0.01, within(1e-9));
    // Half way in logarithms: the root of nine.
    assertThat(last.get("SELECT grows")).isCloseTo(0.03, within(5e-4));
  }

  @Test
  void aLaunchRaisesTheLoadOnceAndForAll() {
    Load load = Load.steady(10).launch(100, 4, 60);
    assertThat(load.perSecond(99)).isEqualTo(10);
    assertThat(load.perSecond(130)).isCloseTo(25, within(1e-9));
    assertThat(load.perSecond(1e6)).isEqualTo(40);
    assertThat(Load.steady(10).launch(100, 4, 0).perSecond(100)).isEqualTo(40);
  }

  /** Children lie within their parents, unless the caller gave up first. */
  @Test
  void spansOfATraceAreATree() {
    List<Tracer.Span> spans = new ArrayList<>();
    VirtualSystem system =
        system(
            List.of(new Pool("mail", Pool.Kind.CONSUMERS, 1, 1e9, Integer.MAX_VALUE, false)),
            new Statement("SELECT 1", List.of(new Pause(new Exponential(0.01)))),
            new Call(
                "peer",
                0.05,
                3,
                Double.POSITIVE_INFINITY,
                List.of(new Statement("SELECT 2", List.of(new Pause(new Exponential(0.04)))))),
            new Activity.Publish(List.of(new Hold("mail", new Pause(new Exponential(0.02))))));
    var counts = new Counts();
    var all =
        new Tracer() {
          @Override
          public boolean isSampled(long trace) {
            return true;
          }

          @Override
          public void ended(Span span) {
            spans.add(span);
          }
        };
    new Simulation(system, Load.steady(20), 3, counts, all).run(300);
    Map<Long, Tracer.Span> byId = new HashMap<>();
    spans.forEach(span -> assertThat(byId.put(span.id(), span)).isNull());
    assertThat(of(spans, Tracer.Kind.REQUEST)).hasSize(counts.finished);
    assertThat(of(spans, Tracer.Kind.CALL)).hasSize(counts.attempts);
    assertThat(of(spans, Tracer.Kind.CONSUMED)).hasSize(counts.released[0]);
    int nested = 0;
    for (Tracer.Span span : spans) {
      assertThat(span.from()).isLessThanOrEqualTo(span.to());
      Tracer.Span parent = byId.get(span.parent());
      if (span.kind() == Tracer.Kind.REQUEST) {
        assertThat(span.parent()).isZero();
      } else if (parent != null) {
        assertThat(span.trace()).isEqualTo(parent.trace());
        assertThat(span.from()).isGreaterThanOrEqualTo(parent.from());
        if (!parent.failed() && span.kind() == Tracer.Kind.STATEMENT) {
          assertThat(span.to()).isLessThanOrEqualTo(parent.to());
          nested++;
        }
      }
    }
    assertThat(nested).isGreaterThan(counts.finished);
  }

  private static List<Tracer.Span> of(List<Tracer.Span> spans, Tracer.Kind kind) {
    return spans.stream().filter(span -> span.kind() == kind).toList();
  }
}
