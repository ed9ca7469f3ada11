package headroom.load.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import headroom.load.result.LoadResult;
import headroom.plan.Profile;
import headroom.plan.RateSegment;
import headroom.plan.quantity.Amounts;
import java.util.ArrayList;
import java.util.List;

/** The stretches of a profile, in words and with their times. */
final class Phases {
  /** More would not be readable; a profile of more is told by its curve. */
  private static final int MOST = 60;

  private Phases() {}

  static void write(ArrayNode phases, LoadResult result) {
    List<RateSegment> segments = new ArrayList<>(result.schedule().segments());
    double from = 0;
    for (RateSegment segment : segments.subList(0, Math.min(MOST, segments.size()))) {
      add(phases, describe(segment), from, from + segment.seconds());
      from += segment.seconds();
    }
    if (result.plan().profile() instanceof Profile.Closed closed) {
      double seconds = closed.duration().toMillis() / 1e3;
      add(phases, "%s users, closed".formatted(Amounts.count(closed.users())), 0, seconds);
    }
  }

  private static void add(ArrayNode phases, String what, double from, double to) {
    phases.addObject().put("what", what).put("from", from).put("to", to);
  }

  private static String describe(RateSegment segment) {
    return switch (segment) {
      case RateSegment.Steady steady ->
          steady.ratePerSecond() == 0 ? "pause" : "steady " + Amounts.rate(steady.ratePerSecond());
      case RateSegment.Ramp ramp ->
          "ramp %s to %s"
              .formatted(Amounts.rate(ramp.fromPerSecond()), Amounts.rate(ramp.toPerSecond()));
      case RateSegment.Growth growth ->
          "growth %s to %s"
              .formatted(Amounts.rate(growth.fromPerSecond()), Amounts.rate(growth.toPerSecond()));
      case RateSegment.Sine sine ->
          "wave %s \u00b1 %s"
              .formatted(
                  Amounts.rate(sine.meanPerSecond()), Amounts.rate(sine.amplitudePerSecond()));
    };
  }
}
