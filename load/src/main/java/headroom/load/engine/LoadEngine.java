package headroom.load.engine;

import headroom.load.http.EngineLoop;
import headroom.load.http.HttpClient;
import headroom.load.journey.Plan;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
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
    InetSocketAddress address = reach(plan.target(), options);
    if (options.warmUp()) {
      WarmUp.run();
    }
    int cap = plan.connections().orElse(options.maxConnections());
    int workers = Math.max(1, Math.min(options.workers(), cap));
    var parts = new ArrayList<Worker>();
    for (int i = 0; i < workers; i++) {
      parts.add(worker(plan, compiled, options, address, cap, i, workers));
    }
    var run = new LoadRun(plan, options, List.copyOf(parts), listener);
    run.begin(parts.getFirst().nowNanos() + LEAD_NANOS, clock.instant());
    return run;
  }

  private static Worker worker(
      Plan plan,
      CompiledPlan compiled,
      LoadOptions options,
      InetSocketAddress address,
      int cap,
      int index,
      int workers) {
    var settings =
        new HttpClient.Settings(
            address,
            plan.target().getHost(),
            null,
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

  /** The target's address, after a connection to it has been accepted. */
  private static InetSocketAddress reach(URI target, LoadOptions options)
      throws TargetUnusableException {
    int port =
        target.getPort() >= 0 ? target.getPort() : target.getScheme().equals("https") ? 443 : 80;
    try {
      var address = new InetSocketAddress(InetAddress.getByName(target.getHost()), port);
      try (var probe = new Socket()) {
        probe.connect(address, (int) options.connectTimeout().toMillis());
      }
      return address;
    } catch (UnknownHostException e) {
      throw new TargetUnusableException(
          "target %s: no address is known for %s".formatted(target, target.getHost()), e);
    } catch (IOException e) {
      throw new TargetUnusableException(
          "target %s: nothing accepts connections at port %d: %s"
              .formatted(target, port, e.getMessage()),
          e);
    }
  }
}
