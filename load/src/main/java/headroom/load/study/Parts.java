package headroom.load.study;

import headroom.load.engine.LiveSnapshot;
import headroom.load.engine.LoadListener;
import headroom.load.engine.LoadRun;
import headroom.load.study.capacity.CapacitySearch;
import headroom.load.study.growth.DataGrowth;
import headroom.plan.Plan;
import headroom.plan.Profile;
import headroom.plan.RateSegment;
import headroom.plan.Study;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;

/** The parts of the studies, for those who watch them. */
final class Parts {
  private Parts() {}

  static Part plateau(CapacitySearch.Ahead ahead) {
    return new Part(
        "plateau",
        String.format(Locale.ROOT, "%.4g/s", ahead.ratePerSecond()),
        ahead.number(),
        ahead.most(),
        true,
        ahead.beganSeconds(),
        ahead.leftSeconds(),
        ahead.beganSeconds());
  }

  static Part run(Set<String> together, int done, int all, int seconds) {
    return new Part(
        "run",
        String.join(" + ", together),
        done + 1,
        all,
        false,
        (double) done * seconds,
        (double) (all - done) * seconds,
        0);
  }

  /** Tells where a run is around its trigger: before, during, after. */
  static LoadListener aroundTrigger(Study.Metastability asked, Plan plan, TestListener listener) {
    double end = plan.profile().seconds();
    List<String> names = List.of("before the trigger", asked.trigger(), "after the trigger");
    double[] begins = {0, asked.beganSeconds(), asked.endedSeconds()};
    return watched(
        listener,
        now -> {
          double at = now.elapsedSeconds();
          return at < begins[1] ? 0 : at < begins[2] ? 1 : 2;
        },
        phase ->
            new Part(
                "phase",
                names.get(phase),
                phase + 1,
                3,
                false,
                begins[phase],
                Math.max(0, end - begins[phase]),
                begins[phase]));
  }

  /** Tells how the data grow, second by second. */
  static LoadListener growing(DataGrowth growth, Plan plan, TestListener listener) {
    double end = plan.profile().seconds();
    int all = plan.profile() instanceof Profile.Open open ? open.segments().size() : 1;
    return new LoadListener() {
      @Override
      public void started(LoadRun run) {
        listener.started(run);
      }

      @Override
      public void progress(LiveSnapshot now) {
        int step = stepAt(plan, now.elapsedSeconds());
        listener.begins(new Part("step", growth.describe(), step, all, false, 0, end, 0));
        listener.progress(now);
      }
    };
  }

  /** Which segment of the profile it is, from 1. */
  private static int stepAt(Plan plan, double elapsedSeconds) {
    int step = 1;
    if (plan.profile() instanceof Profile.Open open) {
      double until = 0;
      for (RateSegment segment : open.segments()) {
        until += segment.seconds();
        step += until <= elapsedSeconds ? 1 : 0;
      }
      step = Math.min(step, open.segments().size());
    }
    return step;
  }

  /** Tells each phase once, when the run comes to it. */
  private static LoadListener watched(
      TestListener listener, ToIntFunction<LiveSnapshot> phaseOf, IntFunction<Part> parts) {
    return new LoadListener() {
      private int told = -1;

      @Override
      public void started(LoadRun run) {
        listener.started(run);
      }

      @Override
      public void progress(LiveSnapshot now) {
        int phase = phaseOf.applyAsInt(now);
        if (phase != told) {
          told = phase;
          listener.begins(parts.apply(phase));
        }
        listener.progress(now);
      }
    };
  }
}
