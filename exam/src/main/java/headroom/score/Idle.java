package headroom.score;

import headroom.sim.Step;
import java.util.List;

/** How long steps take on average when nothing is busy and no cache helps. */
final class Idle {
  private Idle() {}

  static double seconds(List<Step> steps) {
    return steps.stream().mapToDouble(Idle::seconds).sum();
  }

  private static double seconds(Step step) {
    return switch (step) {
      case Step.Work work -> work.seconds().mean();
      case Step.Pause pause -> pause.seconds().mean();
      case Step.Hold hold -> seconds(hold.steps());
      case Step.Statement statement -> seconds(statement.steps());
      case Step.Repeat repeat -> 0.5 * (repeat.least() + repeat.most()) * seconds(repeat.steps());
      case Step.Sometimes some -> some.share() * seconds(some.steps());
      case Step.Lookup lookup -> seconds(lookup.onMiss());
      case Step.Publish publish -> 0;
      case Step.Call call -> seconds(call.steps());
    };
  }
}
