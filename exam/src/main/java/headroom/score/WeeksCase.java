package headroom.score;

import headroom.drift.Drift;
import headroom.drift.DriftAnalysis;
import headroom.drift.HourlyHistory;
import headroom.model.Measure;
import headroom.sim.weeks.Weeks;
import headroom.sim.weeks.WeeksSystem;
import headroom.sim.weeks.WeeksTruth;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Weeks of a fleet, looked at as they went by. */
final class WeeksCase {
  private final HourlyHistory history = new HourlyHistory();
  private final List<WeeksTruth> truths;

  WeeksCase(WeeksSystem system, long seed) {
    this(system, seed, EnumSet.noneOf(Measure.class));
  }

  /**
   * @param hidden what was not measured
   */
  WeeksCase(WeeksSystem system, long seed, Set<Measure> hidden) {
    Weeks weeks = Weeks.of(system, seed);
    weeks.series(one -> {
      if (!hidden.contains(one.key().measure())) {
        history.accept(one);
      }
    });
    history.events(weeks.events());
    truths = weeks.truths();
  }

  WeeksTruth truth() {
    return truths.getFirst();
  }

  static Instant hour(double hour) {
    return Instant.ofEpochSecond(Weeks.EPOCH).plus(Duration.ofSeconds(Math.round(hour * 3_600)));
  }

  List<Drift> at(double hour) {
    return DriftAnalysis.of(history.until(hour(hour)));
  }

  /** The first of these drifts that is about what was planted. */
  Optional<Drift> planted(List<Drift> drifts) {
    return drifts.stream()
        .filter(drift -> names(drift).anyMatch(truth().affected()::contains))
        .findFirst();
  }

  static Stream<String> names(Drift drift) {
    return Stream.concat(
        Stream.of(drift.service() + " " + drift.operation()), drift.alsoSlower().stream());
  }
}
