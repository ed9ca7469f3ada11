package headroom.load.engine;

import headroom.load.protocol.http.EngineLoop;
import headroom.load.protocol.http.HttpClient;
import headroom.load.protocol.sql.StatementPool;
import headroom.plan.Database;
import headroom.plan.Plan;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts load tests. */
public final class LoadEngine {
  /** Between the decision to begin and the start of the schedule, so that nothing begins late. */
  private static final long LEAD_NANOS = 20_000_000;

  private LoadEngine() {}

  /**
   * Looks whether the target is there, warms up, and begins.
   *
   * @param listener is told about once a second how it goes
   * @throws TargetUnusableException when the target has no address or accepts no connection
   */
  public static LoadRun start(Plan plan, LoadOptions options, LoadListener listener)
      throws TargetUnusableException {
    return start(plan, options, listener, InstantSource.system());
  }

  /** As above, with the clock that says when the run started. */
  public static LoadRun start(
      Plan plan, LoadOptions options, LoadListener listener, InstantSource clock)
      throws TargetUnusableException {
    var compiled = new CompiledPlan(plan);
    // The target itself may be behind one of the proxies.
    var faults = new FaultSchedule(plan, options.seed());
    try {
      Reach reach =
          plan.hasRequests() ? Reach.to(plan, options.connectTimeout()) : Reach.nowhere(plan);
      if (options.warmUp()) {
        WarmUp.run();
      }
      StatementPool database = database(plan, options);
      List<Worker> workers = workers(plan, compiled, options, reach, database);
      var run = new LoadRun(plan, options, workers, faults, database, listener);
      run.begin(LEAD_NANOS, clock.instant());
      listener.started(run);
      return run;
    } catch (TargetUnusableException | RuntimeException unusable) {
      faults.close();
      throw unusable;
    }
  }

  private static @Nullable StatementPool database(Plan plan, LoadOptions options)
      throws TargetUnusableException {
    if (!plan.hasStatements() || plan.wire().database().isEmpty()) {
      return null;
    }
    Database database = plan.wire().database().get();
    try {
      return StatementPool.open(
          database, options.maxWaiting(), options.connectTimeout(), EngineLoop::currentNanos);
    } catch (SQLException e) {
      throw new TargetUnusableException(
          "database %s: %s".formatted(database.shownUrl(), e.getMessage()), e);
    }
  }

  private static List<Worker> workers(
      Plan plan,
      CompiledPlan compiled,
      LoadOptions options,
      Reach reach,
      @Nullable StatementPool database) {
    int most = plan.wire().connectionPerUser() ? options.maxUsers() : options.maxConnections();
    int cap = plan.connections().orElse(most);
    int count = Math.max(1, Math.min(options.workers(), cap));
    var workers = new ArrayList<Worker>();
    for (int i = 0; i < count; i++) {
      workers.add(worker(plan, compiled, options, reach, database, cap, i, count));
    }
    return List.copyOf(workers);
  }

  private static Worker worker(
      Plan plan,
      CompiledPlan compiled,
      LoadOptions options,
      Reach reach,
      @Nullable StatementPool database,
      int cap,
      int index,
      int workers) {
    var settings =
        new HttpClient.Settings(
            cap / workers + (index < cap % workers ? 1 : 0),
            Math.max(1, options.maxWaiting() / workers),
            options.maxBodyBytes());
    return new Worker(
        new EngineLoop("load-" + index),
        compiled,
        Supply.of(plan.profile(), index, workers, options.seed(), options.extendable()),
        reach,
        settings,
        database,
        new Worker.Share(
            index,
            workers,
            options.seed(),
            Math.max(1, options.maxUsers() / workers),
            options.drain().toNanos()));
  }
}
