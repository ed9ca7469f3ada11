package headroom.score;

import headroom.sim.Activity;
import headroom.sim.Operation;
import headroom.sim.VirtualStation;
import headroom.sim.VirtualSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Virtual systems made from others by changing their steps or adding a station. */
final class SystemEdits {
  private SystemEdits() {}

  static VirtualSystem operations(VirtualSystem system, List<Operation> operations) {
    return new VirtualSystem(
        system.service(),
        system.replicas(),
        system.stations(),
        operations,
        system.changes(),
        system.jobs());
  }

  /** Every request does what {@code mapping} makes of its steps. */
  static VirtualSystem steps(VirtualSystem system, UnaryOperator<List<Activity>> mapping) {
    return operations(
        system,
        system.operations().stream()
            .map(one -> new Operation(one.name(), one.share(), mapping.apply(one.steps())))
            .toList());
  }

  /** Every request does this too, at its end. */
  static VirtualSystem andThen(VirtualSystem system, Activity step) {
    return steps(
        system,
        steps -> {
          List<Activity> more = new ArrayList<>(steps);
          more.add(step);
          return more;
        });
  }

  /** Whoever holds a pool does what {@code mapping} makes of what is done meanwhile. */
  static VirtualSystem within(
      VirtualSystem system, String pool, UnaryOperator<List<Activity>> mapping) {
    return each(
        system,
        step ->
            step instanceof Activity.Hold hold && hold.pool().equals(pool)
                ? new Activity.Hold(pool, mapping.apply(hold.steps()))
                : step);
  }

  /** Every step is replaced by what {@code change} makes of it, those within it first. */
  static VirtualSystem each(VirtualSystem system, UnaryOperator<Activity> change) {
    return steps(system, steps -> each(steps, change));
  }

  private static List<Activity> each(List<Activity> steps, UnaryOperator<Activity> change) {
    List<Activity> changed = new ArrayList<>();
    for (Activity step : steps) {
      Activity inner =
          switch (step) {
            case Activity.Hold hold -> new Activity.Hold(hold.pool(), each(hold.steps(), change));
            case Activity.Sometimes some ->
                new Activity.Sometimes(some.share(), each(some.steps(), change));
            case Activity.Work work -> work;
            case Activity.Pause pause -> pause;
            case Activity.Statement statement -> statement;
            case Activity.Repeat repeat -> repeat;
            case Activity.Lookup lookup -> lookup;
            case Activity.Publish publish -> publish;
            case Activity.Call call -> call;
          };
      changed.add(change.apply(inner));
    }
    return changed;
  }

  static VirtualSystem with(VirtualSystem system, VirtualStation station) {
    List<VirtualStation> stations = new ArrayList<>(system.stations());
    stations.add(station);
    return new VirtualSystem(
        system.service(),
        system.replicas(),
        stations,
        system.operations(),
        system.changes(),
        system.jobs());
  }
}
