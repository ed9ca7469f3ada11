package headroom.wall;

import static headroom.wall.belief.Errors.COVERAGE;

import headroom.model.Station;
import headroom.stats.Quantiles;
import headroom.wall.model.Candidate;
import headroom.wall.model.Outcome;
import headroom.wall.model.Worlds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/** Many draws of where the walls are, summed up. */
final class Outcomes {
  /** What is nearer than this is not said to be another. */
  private static final double NEARLY = 0.95;

  private final List<Outcome> drawn;
  private final Map<Station, Integer> timesFirst;

  private Outcomes(List<Outcome> drawn, Map<Station, Integer> timesFirst) {
    this.drawn = drawn;
    this.timesFirst = timesFirst;
  }

  /**
   * Draws so many.
   *
   * @param settled as if demands were known exactly, as after a long history
   */
  static Outcomes of(
      Worlds worlds,
      List<Candidate> candidates,
      int draws,
      boolean settled,
      RandomGenerator random) {
    List<Outcome> drawn = new ArrayList<>();
    Map<Station, Integer> timesFirst = new LinkedHashMap<>();
    candidates.forEach(one -> timesFirst.put(one.station(), 0));
    for (int i = 0; i < draws; i++) {
      Outcome outcome = worlds.draw(random, settled);
      drawn.add(outcome);
      outcome.first().ifPresent(first -> timesFirst.merge(first, 1, Integer::sum));
    }
    return new Outcomes(drawn, timesFirst);
  }

  /** The station that is most often the first to break; empty when none ever does. */
  Optional<Station> first() {
    return timesFirst.entrySet().stream()
        .filter(one -> one.getValue() > 0)
        // Of those that are first as often, the earlier candidate.
        .reduce((one, other) -> other.getValue() > one.getValue() ? other : one)
        .map(Map.Entry::getKey);
  }

  boolean isFirst(Station station) {
    return first().filter(station::equals).isPresent();
  }

  double chanceFirst(Station station) {
    return (double) timesFirst.getOrDefault(station, 0) / drawn.size();
  }

  /** The chance that the first breaks while something else than the traffic uses it. */
  double chanceBesideJobs() {
    return (double) drawn.stream().filter(Outcome::besideJobs).count() / drawn.size();
  }

  /** How often a server that nobody reports breaks before all that report. */
  double chanceHidden() {
    return (double) drawn.stream().filter(Outcome::hidden).count() / drawn.size();
  }

  /** The lowest wall of each draw as stations tell it, whatever was seen to hold. */
  double[] modelled() {
    return drawn.stream().mapToDouble(Outcome::modelled).toArray();
  }

  /** The central wall as stations tell it, where what was seen refutes that; else empty. */
  OptionalDouble refuted() {
    long refuted = drawn.stream().filter(one -> one.modelled() < NEARLY * one.nearest()).count();
    return 2 * refuted > drawn.size()
        ? OptionalDouble.of(Quantiles.median(modelled()))
        : OptionalDouble.empty();
  }

  /** The central wall were there no jobs. */
  double withoutJobs() {
    return Quantiles.median(drawn.stream().mapToDouble(Outcome::withoutJobs).toArray());
  }

  /**
   * Where the objective fails because of this station. The one that is named first stands for
   * whatever breaks first in each draw: the system's wall is the lowest of them.
   *
   * @param widening by how much the interval is wider than the draws say, in logarithms
   */
  Estimate multiple(Station station, Widening widening) {
    return isFirst(station)
        ? earliest(widening)
        : estimate(one -> one.at(station).fails(), widening);
  }

  /** Where the objective fails, whichever station it is because of. */
  Estimate earliest(Widening widening) {
    return estimate(Outcome::nearest, widening);
  }

  /** Where this station is full. */
  Estimate saturation(Station station, Widening widening) {
    return estimate(one -> one.at(station).full(), widening);
  }

  private Estimate estimate(ToDoubleFunction<Outcome> value, Widening widening) {
    double[] sorted = drawn.stream().mapToDouble(value).sorted().toArray();
    double median = Quantiles.ofSorted(sorted, 0.5);
    double low = Quantiles.ofSorted(sorted, (1 - COVERAGE) / 2);
    double high = Quantiles.ofSorted(sorted, (1 + COVERAGE) / 2);
    return new Estimate(
        median * Math.pow(low / median, widening.low()),
        median,
        median * Math.pow(high / median, widening.high()),
        COVERAGE);
  }
}
