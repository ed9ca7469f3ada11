package headroom.score;

import headroom.sim.Activity;
import headroom.sim.Distribution;
import headroom.sim.Operation;
import headroom.sim.VirtualSystem;
import java.util.List;

/** A factor by which everything in a system takes longer or shorter. */
record TimeScale(double factor) {
  VirtualSystem of(VirtualSystem system) {
    List<Operation> operations =
        system.operations().stream()
            .map(one -> new Operation(one.name(), one.share(), of(one.steps())))
            .toList();
    return new VirtualSystem(
        system.service(),
        system.replicas(),
        system.stations(),
        operations,
        system.changes(),
        system.jobs());
  }

  private List<Activity> of(List<Activity> steps) {
    return steps.stream().map(this::of).toList();
  }

  private Activity of(Activity step) {
    return switch (step) {
      case Activity.Work work -> new Activity.Work(work.processor(), of(work.seconds()));
      case Activity.Pause pause -> new Activity.Pause(of(pause.seconds()));
      case Activity.Hold hold -> new Activity.Hold(hold.pool(), of(hold.steps()));
      case Activity.Statement statement ->
          new Activity.Statement(statement.text(), of(statement.steps()));
      case Activity.Repeat repeat ->
          new Activity.Repeat(repeat.least(), repeat.most(), of(repeat.steps()));
      case Activity.Sometimes some -> new Activity.Sometimes(some.share(), of(some.steps()));
      case Activity.Lookup lookup -> new Activity.Lookup(lookup.cache(), of(lookup.onMiss()));
      case Activity.Publish publish -> new Activity.Publish(of(publish.steps()));
      case Activity.Call call ->
          new Activity.Call(
              call.peer(),
              factor * call.timeoutSeconds(),
              call.attempts(),
              call.budget(),
              call.breaker(),
              of(call.steps()));
    };
  }

  private Distribution of(Distribution seconds) {
    return switch (seconds) {
      case Distribution.Constant(double mean) -> new Distribution.Constant(factor * mean);
      case Distribution.Exponential(double mean) -> new Distribution.Exponential(factor * mean);
      case Distribution.Stages(double mean, int stages) ->
          new Distribution.Stages(factor * mean, stages);
      case Distribution.Lognormal(double mean, double cv2) ->
          new Distribution.Lognormal(factor * mean, cv2);
      case Distribution.Pareto(double low, double high, double shape) ->
          new Distribution.Pareto(factor * low, factor * high, shape);
      case Distribution.Shifted(double shift, Distribution rest) ->
          new Distribution.Shifted(factor * shift, of(rest));
      case Distribution.Mixed(double share, Distribution rare, Distribution usual) ->
          new Distribution.Mixed(share, of(rare), of(usual));
    };
  }
}
