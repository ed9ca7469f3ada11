package headroom.score;

import headroom.sim.Distribution;
import headroom.sim.Operation;
import headroom.sim.Step;
import headroom.sim.VirtualSystem;
import java.util.List;

/** Makes everything in a system take longer by one factor. */
record Stretch(double factor) {
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

  private List<Step> of(List<Step> steps) {
    return steps.stream().map(this::of).toList();
  }

  private Step of(Step step) {
    return switch (step) {
      case Step.Work work -> new Step.Work(work.processor(), of(work.seconds()));
      case Step.Pause pause -> new Step.Pause(of(pause.seconds()));
      case Step.Hold hold -> new Step.Hold(hold.pool(), of(hold.steps()));
      case Step.Statement statement -> new Step.Statement(statement.text(), of(statement.steps()));
      case Step.Repeat repeat -> new Step.Repeat(repeat.least(), repeat.most(), of(repeat.steps()));
      case Step.Sometimes some -> new Step.Sometimes(some.share(), of(some.steps()));
      case Step.Lookup lookup -> new Step.Lookup(lookup.cache(), of(lookup.onMiss()));
      case Step.Publish publish -> new Step.Publish(of(publish.steps()));
      case Step.Call call ->
          new Step.Call(
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
