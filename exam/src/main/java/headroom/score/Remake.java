package headroom.score;

import headroom.sim.Operation;
import headroom.sim.Station;
import headroom.sim.Step;
import headroom.sim.VirtualSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Systems made from others. */
final class Remake {
  private Remake() {}

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
  static VirtualSystem steps(VirtualSystem system, UnaryOperator<List<Step>> mapping) {
    return operations(
        system,
        system.operations().stream()
            .map(one -> new Operation(one.name(), one.share(), mapping.apply(one.steps())))
            .toList());
  }

  /** Every request does this too, at its end. */
  static VirtualSystem andThen(VirtualSystem system, Step step) {
    return steps(
        system,
        steps -> {
          List<Step> more = new ArrayList<>(steps);
          more.add(step);
          return more;
        });
  }

  /** Whoever holds a pool does what {@code mapping} makes of what is done meanwhile. */
  static VirtualSystem within(
      VirtualSystem system, String pool, UnaryOperator<List<Step>> mapping) {
    return each(
        system,
        step ->
            step instanceof Step.Hold hold && hold.pool().equals(pool)
                ? new Step.Hold(pool, mapping.apply(hold.steps()))
                : step);
  }

  /** Every step is replaced by what {@code change} makes of it, those within it first. */
  static VirtualSystem each(VirtualSystem system, UnaryOperator<Step> change) {
    return steps(system, steps -> each(steps, change));
  }

  private static List<Step> each(List<Step> steps, UnaryOperator<Step> change) {
    List<Step> changed = new ArrayList<>();
    for (Step step : steps) {
      Step inner =
          switch (step) {
            case Step.Hold hold -> new Step.Hold(hold.pool(), each(hold.steps(), change));
            case Step.Sometimes some ->
                new Step.Sometimes(some.share(), each(some.steps(), change));
            case Step.Work work -> work;
            case Step.Pause pause -> pause;
            case Step.Statement statement -> statement;
            case Step.Repeat repeat -> repeat;
            case Step.Lookup lookup -> lookup;
            case Step.Publish publish -> publish;
            case Step.Call call -> call;
          };
      changed.add(change.apply(inner));
    }
    return changed;
  }

  static VirtualSystem with(VirtualSystem system, Station station) {
    List<Station> stations = new ArrayList<>(system.stations());
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
