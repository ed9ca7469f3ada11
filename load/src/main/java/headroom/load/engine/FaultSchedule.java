package headroom.load.engine;

import headroom.load.fault.FaultProxy;
import headroom.load.result.Hook;
import headroom.plan.Fault;
import headroom.plan.FaultPlan;
import headroom.plan.Plan;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The proxies of a run and the faults that are put on them when their time comes. */
final class FaultSchedule implements AutoCloseable {
  /** A command that is still running when the load is over is waited for so long. */
  private static final Duration HOOK_PATIENCE = Duration.ofSeconds(5);

  private final List<FaultPlan> faults;
  private final Map<String, FaultProxy> proxies = new LinkedHashMap<>();
  private final Map<String, List<Fault>> inForce = new LinkedHashMap<>();
  private final Hooks hooks = new Hooks();

  FaultSchedule(Plan plan, long seed) {
    this.faults = plan.faults();
    for (FaultPlan.Proxy proxy : plan.proxies()) {
      proxies.put(
          proxy.name(),
          new FaultProxy(
              proxy.listenPort(),
              new InetSocketAddress(proxy.targetHost(), proxy.targetPort()),
              seed));
      inForce.put(proxy.name(), new ArrayList<>());
    }
  }

  /** Plans every fault, counted from a moment that is {@code delayNanos} away. */
  void begin(ScheduledExecutorService clock, long delayNanos) {
    for (FaultPlan fault : faults) {
      at(clock, delayNanos, fault.atSeconds(), () -> start(fault));
      if (fault.forSeconds().isPresent()) {
        at(clock, delayNanos, fault.endSeconds(), () -> end(fault));
      }
    }
  }

  private static void at(
      ScheduledExecutorService clock, long delayNanos, double seconds, Runnable task) {
    long nanos = Math.max(0, delayNanos + (long) (seconds * 1e9));
    var unused = clock.schedule(task, nanos, TimeUnit.NANOSECONDS);
  }

  private synchronized void start(FaultPlan plan) {
    switch (plan.action()) {
      case FaultPlan.OnProxy on -> change(on.proxy(), on.fault(), true);
      case FaultPlan.Command command ->
          hooks.run(command.arguments(), command.timeout(), plan.atSeconds());
    }
  }

  private synchronized void end(FaultPlan plan) {
    switch (plan.action()) {
      case FaultPlan.OnProxy on -> change(on.proxy(), on.fault(), false);
      case FaultPlan.Command command -> {
        if (!command.undo().isEmpty()) {
          hooks.run(command.undo(), command.timeout(), plan.endSeconds());
        }
      }
    }
  }

  private void change(String name, Fault fault, boolean begins) {
    List<Fault> present = inForce.getOrDefault(name, new ArrayList<>());
    if (begins) {
      present.add(fault);
    } else {
      present.remove(fault);
    }
    FaultProxy proxy = proxies.get(name);
    if (proxy != null) {
      proxy.set(present.toArray(new Fault[0]));
    }
  }

  /** The commands that were run and what came of them. */
  List<Hook> hooks() {
    return hooks.outcomes(HOOK_PATIENCE);
  }

  /** The port a proxy listens on. */
  int port(String proxy) {
    FaultProxy found = proxies.get(proxy);
    if (found == null) {
      throw new IllegalArgumentException("no proxy '" + proxy + "'");
    }
    return found.port();
  }

  @Override
  public synchronized void close() {
    proxies.values().forEach(FaultProxy::close);
    hooks.close();
  }
}
