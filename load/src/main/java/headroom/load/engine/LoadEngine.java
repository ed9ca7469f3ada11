package headroom.load.engine;

import headroom.load.network.EngineLoop;
import headroom.load.network.Reach;
import headroom.load.network.TargetUnusableException;
import headroom.load.protocol.Protocol;
import headroom.plan.Plan;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

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
    var compiled = new CompiledPlan(plan, options.byFlow());
    // The target itself may be behind one of the proxies.
    var faults = new FaultSchedule(plan, options.seed());
    List<Protocol.Access> ways = List.of();
    try {
      var reach = new Reach(plan, options.connectTimeout());
      ways = compiled.protocols().open(reach, options.maxWaiting());
      if (options.warmUp()) {
        WarmUp.run();
      }
      List<Worker> workers = workers(plan, compiled, options, ways);
      var run = new LoadRun(plan, options, workers, faults, ways, listener);
      run.begin(LEAD_NANOS, clock.instant());
      listener.started(run);
      return run;
    } catch (TargetUnusableException | RuntimeException unusable) {
      ways.forEach(Protocol.Access::close);
      faults.close();
      throw unusable;
    }
  }

  private static List<Worker> workers(
      Plan plan, CompiledPlan compiled, LoadOptions options, List<Protocol.Access> ways) {
    int most = plan.wire().connectionPerUser() ? options.maxUsers() : options.maxConnections();
    int cap = plan.connections().orElse(most);
    int count = Math.max(1, Math.min(options.workers(), cap));
    var workers = new ArrayList<Worker>();
    for (int i = 0; i < count; i++) {
      workers.add(worker(plan, compiled, options, ways, cap, i, count));
    }
    return List.copyOf(workers);
  }

  private static Worker worker(
      Plan plan,
      CompiledPlan compiled,
      LoadOptions options,
      List<Protocol.Access> ways,
      int cap,
      int index,
      int workers) {
    var limits =
        new Protocol.Limits(
            cap / workers + (index < cap % workers ? 1 : 0),
            Math.max(1, options.maxWaiting() / workers),
            options.maxBodyBytes());
    return new Worker(
        new EngineLoop("load-" + index),
        compiled,
        Supply.of(plan.profile(), index, workers, options.seed(), options.extendable()),
        ways,
        limits,
        new Worker.Share(
            index,
            workers,
            options.seed(),
            Math.max(1, options.maxUsers() / workers),
            options.drain().toNanos()));
  }
}
