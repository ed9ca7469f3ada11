package headroom.load.engine;

import headroom.load.http.EngineLoop;
import headroom.load.http.HttpClient;
import headroom.load.journey.Plan;
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
    var compiled = new CompiledPlan(plan);
    // The target itself may be behind one of the proxies.
    var faults = new FaultSchedule(plan, options.seed());
    try {
      Reach reach = Reach.to(plan.target(), plan.tls(), options.connectTimeout());
      if (options.warmUp()) {
        WarmUp.run();
      }
      var run =
          new LoadRun(plan, options, workers(plan, compiled, options, reach), faults, listener);
      run.begin(LEAD_NANOS, clock.instant());
      listener.started(run);
      return run;
    } catch (TargetUnusableException | RuntimeException unusable) {
      faults.close();
      throw unusable;
    }
  }

  private static List<Worker> workers(
      Plan plan, CompiledPlan compiled, LoadOptions options, Reach reach) {
    int cap = plan.connections().orElse(options.maxConnections());
    int count = Math.max(1, Math.min(options.workers(), cap));
    var workers = new ArrayList<Worker>();
    for (int i = 0; i < count; i++) {
      workers.add(worker(plan, compiled, options, reach, cap, i, count));
    }
    return List.copyOf(workers);
  }

  private static Worker worker(
      Plan plan,
      CompiledPlan compiled,
      LoadOptions options,
      Reach reach,
      int cap,
      int index,
      int workers) {
    var settings =
        new HttpClient.Settings(
            reach.address(),
            plan.target().getHost(),
            reach.tls(),
            cap / workers + (index < cap % workers ? 1 : 0),
            Math.max(1, options.maxWaiting() / workers),
            options.maxBodyBytes(),
            options.connectTimeout());
    return new Worker(
        new EngineLoop("load-" + index),
        compiled,
        Supply.of(plan.profile(), index, workers, options.seed(), options.extendable()),
        settings,
        new Worker.Share(
            index,
            workers,
            options.seed(),
            Math.max(1, options.maxUsers() / workers),
            options.drain().toNanos()));
  }
}
