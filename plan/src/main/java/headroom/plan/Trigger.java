package headroom.plan;

import headroom.plan.RateSegment.Steady;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What disturbs a target under steady load, to see whether it comes back. */
public sealed interface Trigger {
  /** How long it lasts. */
  double seconds();

  /** For reports. */
  String describe();

  /** More arrivals for a while. */
  record Spike(double ratePerSecond, double seconds) implements Trigger {
    public Spike {
      check(seconds);
      if (!(ratePerSecond >= 0)) {
        throw new IllegalArgumentException("a spike's rate must be >= 0, got " + ratePerSecond);
      }
    }

    @Override
    public String describe() {
      double rate = ratePerSecond;
      return "spike to %s/s".formatted(rate == Math.rint(rate) ? Long.toString((long) rate) : rate);
    }
  }

  /** A fault on a proxy, or a command that may have another to undo it. */
  record Disturbance(FaultPlan.Action action, double seconds) implements Trigger {
    public Disturbance {
      check(seconds);
    }

    @Override
    public String describe() {
      return action.describe();
    }
  }

  /** The whole load: steady, the trigger's, and steady again. */
  default List<RateSegment> load(double ratePerSecond, double beforeSeconds, double afterSeconds) {
    double during =
        switch (this) {
          case Spike spike -> spike.ratePerSecond();
          case Disturbance disturbance -> ratePerSecond;
        };
    return List.of(
        new Steady(ratePerSecond, beforeSeconds),
        new Steady(during, seconds()),
        new Steady(ratePerSecond, afterSeconds));
  }

  /** What goes wrong at that time; empty for more load alone. */
  default Optional<FaultPlan> fault(double atSeconds) {
    return switch (this) {
      case Spike spike -> Optional.empty();
      case Disturbance disturbance ->
          Optional.of(new FaultPlan(atSeconds, OptionalDouble.of(seconds()), disturbance.action()));
    };
  }

  /** The question with this trigger. */
  default Study.Metastability study(double atSeconds) {
    return new Study.Metastability(describe(), atSeconds, atSeconds + seconds());
  }

  private static void check(double seconds) {
    if (!(seconds >= 1)) {
      throw new IllegalArgumentException("a trigger must last at least 1 s, got " + seconds + " s");
    }
  }
}
