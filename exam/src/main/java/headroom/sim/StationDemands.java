package headroom.sim;

import java.util.List;
import java.util.Map;

/** The mean seconds of each station that steps need, summed up: their service demands. */
final class StationDemands {
  private StationDemands() {}

  /** Adds {@code times} the demands of these steps, and returns how long they take once. */
  static double add(Map<String, Double> demands, List<Activity> steps, double times) {
    double seconds = 0;
    for (Activity step : steps) {
      seconds += add(demands, step, times);
    }
    return seconds;
  }

  private static double add(Map<String, Double> demands, Activity step, double times) {
    return switch (step) {
      case Activity.Work work -> {
        demands.merge(work.processor(), times * work.seconds().mean(), Double::sum);
        yield work.seconds().mean();
      }
      case Activity.Pause pause -> pause.seconds().mean();
      case Activity.Hold hold -> {
        double held = add(demands, hold.steps(), times);
        demands.merge(hold.pool(), times * held, Double::sum);
        yield held;
      }
      case Activity.Statement statement -> add(demands, statement.steps(), times);
      case Activity.Repeat repeat -> {
        double mean = 0.5 * (repeat.least() + repeat.most());
        yield mean * add(demands, repeat.steps(), times * mean);
      }
      case Activity.Sometimes sometimes ->
          sometimes.share() * add(demands, sometimes.steps(), times * sometimes.share());
      case Activity.Lookup lookup -> add(demands, lookup.onMiss(), times);
      case Activity.Publish publish -> {
        add(demands, publish.steps(), times);
        yield 0;
      }
      case Activity.Call call -> add(demands, call.steps(), times);
    };
  }
}
