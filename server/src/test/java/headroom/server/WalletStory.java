package headroom.server;

import headroom.analysis.Actions;
import headroom.analysis.Analysis;
import headroom.detect.Finding;
import headroom.detect.Finding.Evidence;
import headroom.forecast.GrowthPlan;
import headroom.ledger.Ledger;
import headroom.model.Event;
import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.model.Station;
import headroom.rollup.Cell;
import headroom.rollup.Rollup;
import headroom.store.InMemoryStore;
import headroom.wall.Comparison;
import headroom.wall.Estimate;
import headroom.wall.HiddenLimit;
import headroom.wall.Objectives;
import headroom.wall.Wall;
import headroom.wall.Walls;
import headroom.wall.WhatIf;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A made-up wallet with half an hour of telemetry, walls of every sort and findings of several:
 * what the page is looked at with. Only the numbers are invented; they travel the real way.
 */
final class WalletStory implements Analysis {
  private static final int WINDOWS = 180;

  private static final HiddenLimit HIDDEN =
      new HiddenLimit(
          "something that reports nothing",
          OptionalDouble.of(2.6),
          "responses take 6 % longer at the peak than without load",
          "how long requests wait for locks");

  private final InMemoryStore store = new InMemoryStore();
  private final Instant end;
  private final Random random = new Random(7);

  /** A story that ends now. */
  WalletStory(Instant now) {
    end = Instant.ofEpochSecond(Math.floorDiv(now.getEpochSecond(), 10) * 10);
    operation("wallet", "POST /exchange", 31, 0.046, 0.7, 0.002);
    operation("wallet", "GET /balance", 58, 0.006, 0.5, 0);
    operation("wallet", "POST /login", 22, 0.021, 0.4, 0.001);
    operation("wallet", "GET /history", 7, 0.038, 0.9, 0);
    operation("notifications", "process notify", 30, 0.012, 0.6, 0.004);
    operation("rates", "GET /rates/{pair}", 33, 0.003, 0.5, 0);
    pool();
    work();
    store.record(
        new Event("deploy", at(60), "wallet", Map.of("version", "2.14.0", "by", "release")));
  }

  InMemoryStore store() {
    return store;
  }

  private Instant at(int window) {
    return end.minusSeconds(10L * (WINDOWS - window));
  }

  private static double wave(int window) {
    return 1 + 0.25 * Math.sin(window / 28.0) + 0.12 * Math.sin(window / 7.0);
  }

  private void operation(
      String service, String name, double perSecond, double seconds, double spread, double errors) {
    List<Rollup> rollups = new ArrayList<>();
    var key = new SeriesKey(Measure.OPERATION, service, service + "-1", name, "");
    var action = new SeriesKey(Measure.ACTION, service, "", name, "");
    for (int window = 0; window < WINDOWS; window++) {
      var cell = new Cell();
      int count =
          (int) Math.round(perSecond * 10 * wave(window) * (0.94 + 0.12 * random.nextDouble()));
      for (int i = 0; i < count; i++) {
        double slower = name.equals("POST /exchange") && window > 120 ? 1.35 : 1;
        cell.record(
            seconds * slower * Math.exp(spread * random.nextGaussian()),
            random.nextDouble() < errors);
      }
      rollups.add(new Rollup(key, at(window).getEpochSecond(), cell));
      if (service.equals("wallet")) {
        rollups.add(new Rollup(action, at(window).getEpochSecond(), cell.copy()));
      }
    }
    store.merge(rollups);
  }

  private void pool() {
    List<Rollup> rollups = new ArrayList<>();
    for (int window = 0; window < WINDOWS; window++) {
      long start = at(window).getEpochSecond();
      long nanos = start * 1_000_000_000L;
      double used = 3.1 * wave(window) * (0.9 + 0.2 * random.nextDouble());
      rollups.add(gauge(Measure.POOL_USED, used, start, nanos));
      rollups.add(gauge(Measure.POOL_LIMIT, 10, start, nanos));
      rollups.add(gauge(Measure.POOL_PENDING, Math.max(0, used - 4) / 3, start, nanos));
      var hold = new Cell();
      for (int i = 0; i < 300; i++) {
        hold.record(0.028 * Math.exp(0.7 * random.nextGaussian()), false);
      }
      rollups.add(
          new Rollup(
              new SeriesKey(Measure.POOL_HOLD, "wallet", "wallet-1", "ledger", ""), start, hold));
    }
    store.merge(rollups);
  }

  private static Rollup gauge(Measure measure, double value, long start, long nanos) {
    var cell = new Cell();
    cell.sample(value, nanos);
    return new Rollup(new SeriesKey(measure, "wallet", "wallet-1", "ledger", ""), start, cell);
  }

  private void work() {
    work("POST /exchange", 4, 9, 0.031, 3);
    work("GET /balance", 1, 1.3, 0.002, 2);
    work("POST /login", 0, 2, 0.005, 1);
    work("GET /history", 0, 21, 0.018, 1);
    var repeats = new Cell();
    for (int i = 0; i < 200; i++) {
      repeats.record(12 + random.nextInt(16), false);
    }
    store.merge(
        List.of(
            new Rollup(
                new SeriesKey(
                    Measure.ACTION_REPEATS,
                    "wallet",
                    "",
                    "GET /history",
                    "SELECT label FROM category WHERE id = ?"),
                at(100).getEpochSecond(),
                repeats)));
  }

  private void work(
      String action, double calls, double statements, double databaseSeconds, double depth) {
    List<Rollup> rollups = new ArrayList<>();
    DoubleUnaryOperator around = mean -> Math.max(0, mean * (0.8 + 0.4 * random.nextDouble()));
    for (int window = 0; window < WINDOWS; window += 6) {
      var cells = List.of(new Cell(), new Cell(), new Cell(), new Cell(), new Cell());
      for (int i = 0; i < 60; i++) {
        cells.get(0).record(Math.rint(around.applyAsDouble(calls)), false);
        cells.get(1).record(Math.rint(around.applyAsDouble(statements)), false);
        cells.get(2).record(around.applyAsDouble(databaseSeconds), false);
        cells.get(3).record(depth, false);
        cells.get(4).record(action.equals("POST /exchange") && i % 20 == 0 ? 1 : 0, false);
      }
      Measure[] measures = {
        Measure.ACTION_CALLS,
        Measure.ACTION_STATEMENTS,
        Measure.ACTION_DATABASE_SECONDS,
        Measure.ACTION_DEPTH,
        Measure.ACTION_RETRIES
      };
      for (int i = 0; i < measures.length; i++) {
        rollups.add(
            new Rollup(
                new SeriesKey(measures[i], "wallet", "", action, ""),
                at(window).getEpochSecond(),
                cells.get(i)));
      }
    }
    store.merge(rollups);
  }

  @Override
  public Walls walls(GrowthPlan plan) {
    return walls();
  }

  @Override
  public Ledger ledger() {
    return new Ledger(List.of());
  }

  @Override
  public Objectives objectives() {
    return Objectives.DEFAULT;
  }

  @Override
  public Walls walls() {
    return new Walls(
        end,
        new Walls.Load(118.2, at(0), end),
        List.of(
            wall(
                "wallet/pool/ledger",
                new Wall.Limit(10, "connections"),
                0.31,
                new Estimate(2.6, 2.9, 3.3, 0.9),
                new Estimate(3.2, 3.5, 3.9, 0.9),
                new Wall.DateEstimate(
                    LocalDate.of(2026, 12, 2),
                    LocalDate.of(2026, 12, 19),
                    LocalDate.of(2027, 2, 1),
                    0.9),
                "responses wait for a connection longer than the objective of 500 ms at p99",
                List.of(
                    new Wall.Cause(Wall.Cause.What.OPERATION, "POST /exchange", 0.71),
                    new Wall.Cause(Wall.Cause.What.OPERATION, "GET /history", 0.12),
                    new Wall.Cause(
                        Wall.Cause.What.STATEMENT,
                        "INSERT INTO report (day, currency, amount, fee) VALUES (?)",
                        0.44),
                    new Wall.Cause(
                        Wall.Cause.What.STATEMENT,
                        "UPDATE ledger SET balance = balance - ?",
                        0.19)),
                Wall.Confidence.EXTRAPOLATED,
                0.93,
                List.of(
                    "30 minutes of history in ten-second rows: with a day of it the interval is"
                        + " about half as wide")),
            wall(
                "wallet/cpu",
                new Wall.Limit(2, "cores"),
                0.22,
                new Estimate(3.4, 4.1, 5.2, 0.9),
                new Estimate(3.9, 4.5, 5.6, 0.9),
                null,
                "responses wait for a processor longer than the objective of 500 ms at p99",
                List.of(
                    new Wall.Cause(Wall.Cause.What.OPERATION, "POST /exchange", 0.55),
                    new Wall.Cause(Wall.Cause.What.OPERATION, "POST /login", 0.31)),
                Wall.Confidence.EXTRAPOLATED,
                0.07,
                List.of()),
            wall(
                "wallet/executor/http",
                new Wall.Limit(200, "threads"),
                0.05,
                new Estimate(6.0, 8.8, 13.0, 0.9),
                new Estimate(7.5, 11.0, 16.0, 0.9),
                null,
                "requests wait for a thread longer than the objective of 500 ms at p99",
                List.of(new Wall.Cause(Wall.Cause.What.OPERATION, "POST /exchange", 0.62)),
                Wall.Confidence.EXTRAPOLATED,
                0,
                List.of()),
            wall(
                "rates/cpu",
                new Wall.Limit(2, "cores"),
                0.04,
                new Estimate(14, 22, 41, 0.9),
                new Estimate(16, 25, 44, 0.9),
                null,
                "responses wait for a processor longer than the objective of 500 ms at p99",
                List.of(new Wall.Cause(Wall.Cause.What.OPERATION, "GET /rates/{pair}", 0.97)),
                Wall.Confidence.EXTRAPOLATED,
                0,
                List.of()),
            wall(
                "notifications/queue/notify",
                null,
                null,
                null,
                null,
                null,
                "its limit is not reported",
                List.of(),
                Wall.Confidence.NOT_ENOUGH_DATA,
                0,
                List.of(
                    "report executor.queue.remaining or messaging.process.duration to see this"
                        + " wall")),
            wall(
                "ledger/connections",
                new Wall.Limit(100, "connections"),
                0.02,
                null,
                null,
                null,
                "1.9 % busy at the peak is too little to scale up: it is full beyond 40 times the"
                    + " peak",
                List.of(),
                Wall.Confidence.NOT_ENOUGH_DATA,
                0,
                List.of())),
        HIDDEN,
        List.of());
  }

  private static Wall wall(
      String station,
      Wall.@Nullable Limit limit,
      @Nullable Double utilization,
      @Nullable Estimate multiple,
      @Nullable Estimate saturation,
      Wall.@Nullable DateEstimate date,
      String breaks,
      List<Wall.Cause> because,
      Wall.Confidence confidence,
      double probabilityFirst,
      List<String> notes) {
    return new Wall(
        Station.parse(station).orElseThrow(),
        new Wall.Today(
            limit, utilization == null ? OptionalDouble.empty() : OptionalDouble.of(utilization)),
        new Wall.Claim(multiple, saturation, confidence, probabilityFirst),
        new Wall.Story(breaks, because, notes),
        new Wall.When(date, null));
  }

  private List<Evidence.Point> points(DoubleUnaryOperator shape) {
    List<Evidence.Point> points = new ArrayList<>();
    for (int window = 0; window < WINDOWS; window += 2) {
      points.add(
          new Evidence.Point(
              at(window), shape.applyAsDouble(window) * (0.95 + 0.1 * random.nextDouble())));
    }
    return points;
  }

  @Override
  public Comparison whatIf(WhatIf changes) {
    return new Comparison(walls(), walls(), new Estimate(1.1, 1.2, 1.3, 0.9));
  }

  @Override
  public List<Finding> findings() {
    return List.of(
        new Finding(
            "latency-wallet-exchange",
            Finding.Kind.LATENCY,
            "wallet POST /exchange",
            Finding.Severity.CRITICAL,
            new Finding.Onset(at(116), at(120), at(124)),
            new Finding.Effect(1.35, 1.29, 1.42),
            "p99 is 35 % higher at equal load for ten minutes",
            List.of(
                new Finding.Cause("deploy", "wallet 2.14.0", 0.71),
                new Finding.Cause("data", "table report grew by 9 %", 0.14)),
            List.of(
                new Evidence(
                    "p99 of POST /exchange",
                    0.241,
                    "s",
                    points(window -> window > 120 ? 0.24 : 0.178)),
                new Evidence(
                    "requests per second", 31.2, "1/s", points(window -> 31 * wave((int) window)))),
            "Compare wallet 2.14.0 with the version before it under the same load: headroom test."),
        new Finding(
            "pool-wallet-ledger",
            Finding.Kind.POOL,
            "wallet ledger",
            Finding.Severity.WARNING,
            null,
            null,
            "POST /exchange holds 71 % of the ledger pool: three inserts for reports and accounting"
                + " run inside its transaction",
            List.of(),
            List.of(
                new Evidence(
                    "connections in use, of 10",
                    3.1,
                    "connections",
                    points(window -> 3.1 * wave((int) window))),
                new Evidence("time a connection is held, p99", 0.141, "s", List.of()),
                new Evidence("share held by INSERT INTO report", 0.44, "", List.of())),
            "Move the report and accounting rows out of the transaction; that frees 44 % of the"
                + " pool."),
        new Finding(
            "n-plus-one-history",
            Finding.Kind.N_PLUS_ONE,
            "wallet GET /history",
            Finding.Severity.INFO,
            null,
            new Finding.Effect(19.6, 12, 27),
            "One GET /history runs SELECT label FROM category 19.6 times",
            List.of(),
            List.of(new Evidence("runs in one request, mean", 19.6, "", List.of())),
            "Read the labels of all rows with one statement, or cache them."));
  }

  @Override
  public Actions actions() {
    return Actions.of(
        store.history(headroom.rollup.Resolution.TEN_SECONDS, at(0), end, java.util.Set.of()));
  }
}
