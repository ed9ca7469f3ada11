package headroom.load.study;

import headroom.load.result.Interval;
import headroom.load.result.LoadResult;
import headroom.load.result.Recovery;
import headroom.load.result.Timeline;
import headroom.plan.Study;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether a target came back after its trigger was gone and, when it did not, what can be seen of
 * why from outside: all of it compares the last seconds of the run with those before the trigger,
 * at the same arrivals.
 *
 * <p>Source of the idea: N. Bronson et al., Metastable Failures in Distributed Systems, HotOS 2021.
 */
final class MetastabilityProbe {
  private static final double END_SECONDS = 10;

  /** Fewer requests than this waiting is no queue. */
  private static final int QUEUE = 10;

  private static final double MORE = 1.5;

  private MetastabilityProbe() {}

  static StudyResult.Metastability judge(Study.Metastability asked, LoadResult result) {
    Timeline timeline = result.stats().timeline();
    double end = result.schedule().seconds();
    Recovery recovery =
        Recovery.of(
            timeline,
            result.plan().objectives(),
            asked.trigger(),
            asked.beganSeconds(),
            asked.endedSeconds(),
            end);
    if (recovery.hasRecovered()) {
      return new StudyResult.Metastability(recovery, List.of());
    }
    double before = Math.max(0, asked.beganSeconds() - END_SECONDS);
    double last = Math.max(asked.endedSeconds(), end - END_SECONDS);
    return new StudyResult.Metastability(
        recovery,
        causes(
            timeline.between(before, asked.beganSeconds()),
            asked.beganSeconds() - before,
            timeline.between(last, end),
            end - last));
  }

  private static List<String> causes(
      Interval before, double beforeSeconds, Interval last, double lastSeconds) {
    var causes = new ArrayList<String>();
    queue(before, last, causes);
    work(before, beforeSeconds, last, lastSeconds, causes);
    failures(before, last, causes);
    if (causes.isEmpty()) {
      causes.add("nothing that shows from outside: look at the target's own telemetry");
    }
    return causes;
  }

  private static void queue(Interval before, Interval last, List<String> causes) {
    if (last.mostInFlight() > Math.max(QUEUE, MORE * before.mostInFlight())) {
      causes.add(
          "queues are still full: %d requests under way at once, %d before the trigger"
              .formatted(last.mostInFlight(), before.mostInFlight()));
    }
  }

  /** A target that is as busy as ever and helps nobody works on what was given up or repeated. */
  private static void work(
      Interval before,
      double beforeSeconds,
      Interval last,
      double lastSeconds,
      List<String> causes) {
    double usual = before.requestsCompleted() / Math.max(1, beforeSeconds);
    double now = last.requestsCompleted() / Math.max(1, lastSeconds);
    double p50 = last.allResponses().quantile(0.5).orElse(0);
    String figures =
        String.format(
            Locale.ROOT,
            "%.1f requests/s are completed (%.1f before the trigger), half of them after %.2f s"
                + " (%.2f s before)",
            now,
            usual,
            p50,
            before.allResponses().quantile(0.5).orElse(0));
    if (now < usual / MORE) {
      causes.add("less is done than before at the same arrivals: " + figures);
    } else if (p50 > MORE * before.allResponses().quantile(0.5).orElse(0)) {
      causes.add("as much is done as before, but too late to be of use: " + figures);
    }
  }

  private static void failures(Interval before, Interval last, List<String> causes) {
    double usual = share(before);
    double now = share(last);
    if (now > usual + 0.05) {
      causes.add(
          String.format(
              Locale.ROOT,
              "%.1f %% of the requests still fail (%.1f %% before the trigger)",
              100 * now,
              100 * usual));
    }
  }

  private static double share(Interval interval) {
    long all = interval.allResponses().count() + interval.dropped();
    return all == 0
        ? 0
        : Math.min(1, (double) (interval.requestsFailed() + interval.dropped()) / all);
  }
}
