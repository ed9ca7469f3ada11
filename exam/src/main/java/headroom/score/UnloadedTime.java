package headroom.score;

import headroom.sim.Activity;
import java.util.List;

/** The mean time that steps take when nothing is busy and no cache helps. */
final class UnloadedTime {
  private UnloadedTime() {}

  static double seconds(List<Activity> steps) {
    return steps.stream().mapToDouble(UnloadedTime::seconds).sum();
  }

  private static double seconds(Activity step) {
    return switch (step) {
      case Activity.Work work -> work.seconds().mean();
      case Activity.Pause pause -> pause.seconds().mean();
      case Activity.Hold hold -> seconds(hold.steps());
      case Activity.Statement statement -> seconds(statement.steps());
      case Activity.Repeat repeat ->
          0.5 * (repeat.least() + repeat.most()) * seconds(repeat.steps());
      case Activity.Sometimes some -> some.share() * seconds(some.steps());
      case Activity.Lookup lookup -> seconds(lookup.onMiss());
      case Activity.Publish publish -> 0;
      case Activity.Call call -> seconds(call.steps());
    };
  }
}
