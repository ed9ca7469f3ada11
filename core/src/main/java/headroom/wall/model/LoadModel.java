package headroom.wall.model;

import static headroom.wall.belief.Cores.BUSIEST_NOT_JUDGED;
import static headroom.wall.belief.Errors.FARTHEST;
import static headroom.wall.belief.Errors.NEAREST;
import static headroom.wall.belief.ResponseTimes.BUSIEST_TODAY;

import headroom.model.Station;
import headroom.queueing.DelayGrid;
import headroom.queueing.Modulation;
import headroom.queueing.Monotone;
import headroom.queueing.ProcessorSharing;
import headroom.queueing.ProcessorSharing.Slowdown;
import headroom.queueing.Waiting;
import headroom.queueing.WaitingTable;
import headroom.wall.evidence.Deadline;
import headroom.wall.evidence.Flow;
import headroom.wall.evidence.Spread;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * One way the system may be: asked for a load, it tells which share of responses misses the
 * objective.
 *
 * <p>A response takes what it takes today, its processor part stretched by processor sharing, plus
 * a wait at each visited station: M/G/c waiting at the utilization that the station has at that
 * load. Visits hold a station longer as the processors slow down. Waits are independent and add up
 * by convolution. The wait that today's responses contain already is taken out first; for a thread
 * of the server they contain none, since who waits for one has no span yet.
 *
 * <p>Multiples are looked for within a range, {@code NEAREST} to {@code FARTHEST}. What does not
 * happen within it is told to happen at its end, as in any censored sample: quantiles below are not
 * moved by that, and whoever makes a claim asks {@link Worlds} whether it is far.
 */
final class LoadModel {
  private static final int CELLS = 128;
  private static final int SLOWDOWN_POINTS = 9;

  private static final double TOLERANCE = 0.002;

  /** Where nearly all wait, being stretched is not what makes waits longer. */
  private static final double LEAST_LOGARITHM = 0.2;

  private final List<Flow> flows;
  private final List<StationModel> stations;
  private final Deadline deadline;
  private final double today;
  private final double latencyScale;
  private final Modulation bursts;
  private final double patience;
  private final double latency;
  private final DelayGrid grid;

  /**
   * @param today the mean load of the history as a multiple of the peak
   * @param latencyScale by which today's latencies are longer than the sample of them
   * @param bursts how arrivals wander
   */
  LoadModel(
      List<Flow> flows,
      List<StationModel> stations,
      Deadline deadline,
      double today,
      double latencyScale,
      Modulation bursts) {
    this.flows = flows;
    this.stations = stations;
    this.deadline = deadline;
    this.today = today;
    this.latencyScale = latencyScale;
    this.bursts = bursts;
    this.latency = latencyScale * Flow.meanSeconds(flows);
    this.patience = deadline.patience(latency);
    this.grid = new DelayGrid(deadline.seconds(), CELLS);
  }

  /**
   * The same system while something else keeps servers of its stations busy.
   *
   * @param then requests as they are then
   */
  LoadModel beside(Map<Station, Double> busy, List<Flow> then) {
    List<StationModel> others =
        stations.stream().map(one -> one.beside(busy.getOrDefault(one.station(), 0.0))).toList();
    return new LoadModel(then, others, deadline, today, latencyScale, bursts);
  }

  /** The multiple at which the deadline is missed too often, of those that are looked at. */
  double wall(Growth growth) {
    return search(multiple -> missing(multiple, growth), deadline.mayMiss());
  }

  /** The multiple at which one flow alone misses it too often. */
  double wallOf(Flow flow) {
    var all = new Growth.Together();
    return search(
        multiple -> missing(List.of(flow), flow.share(), multiple, all), deadline.mayMiss());
  }

  /** The multiple at which the station is full, of those that are looked at. */
  double saturation(Station station, Growth growth) {
    StationModel judged =
        stations.stream().filter(one -> one.station().equals(station)).findFirst().orElseThrow();
    return search(multiple -> utilization(judged, multiple, growth), 1);
  }

  private static double search(DoubleUnaryOperator rising, double value) {
    double log =
        Monotone.inverse(
            exponent -> rising.applyAsDouble(Math.exp(exponent)),
            Math.log(NEAREST),
            Math.log(FARTHEST),
            value,
            TOLERANCE);
    return Math.exp(log);
  }

  /** The share of responses that miss the deadline at this load, 0..1. */
  double missing(double multiple, Growth growth) {
    return missing(flows, 1, multiple, growth);
  }

  private double missing(List<Flow> some, double ofAll, double multiple, Growth growth) {
    Optional<StationModel> processor = busiestProcessor(multiple, growth);
    if (processor.isPresent() && utilization(processor.get(), multiple, growth) >= 1) {
      return 1;
    }
    double sum = 0;
    for (Flow flow : some) {
      sum += flow.share() * missing(flow, multiple, growth, processor);
    }
    return sum / ofAll;
  }

  private double missing(
      Flow flow, double multiple, Growth growth, Optional<StationModel> processor) {
    fill(flow, multiple, growth, processor);
    for (StationModel station : stations) {
      if (station.waits().isPresent()) {
        wait(station, station.waits().get(), flow.visits(station.station()), multiple, growth);
      }
    }
    return grid.beyond();
  }

  /** Puts the wait of that load in place of today's, for so many visits. */
  private void wait(
      StationModel station, WaitingTable waits, double visits, double multiple, Growth growth) {
    if (visits == 0 || (!growth.grows(station) && station.waitIsInResponses())) {
      return;
    }
    double now = usedNow(station);
    double stretch = station.drawn().stretch();
    Waiting before = bursts.waits(waits.at(now, station.holdSeconds(), stretch), now, patience);
    // The waits at instances that are less busy are taken as those of today.
    double share = station.spread().busiest();
    if (!growth.grows(station)) {
      delay(before, share, visits);
      return;
    }
    double utilization = utilization(station, multiple, growth);
    if (utilization >= 1) {
      grid.lose(Math.min(1, share * visits));
      return;
    }
    double hold = station.holdSeconds() * stretchOfHolds(station, multiple, growth);
    Waiting then = bursts.waits(waits.at(utilization, hold, stretch), utilization, patience);
    if (!station.waitIsInResponses()) {
      delay(then, share, visits);
      return;
    }
    for (double left = visits; left > 0; left--) {
      grid.undelay(before, share * Math.min(1, left));
      grid.delay(then, share * Math.min(1, left));
    }
  }

  private void delay(Waiting waiting, double share, double visits) {
    for (double left = visits; left > 0; left--) {
      grid.delay(waiting, share * Math.min(1, left));
    }
  }

  private double usedNow(StationModel station) {
    return Math.min(BUSIEST_TODAY, station.utilizationToday(today));
  }

  /** By how much the tail of the slowdown is longer for arrivals that wander. */
  private double crowd(StationModel processor, double utilization) {
    if (bursts.deviation() == 0 || utilization == 0) {
      return 1;
    }
    // What a response takes longer is the work that is before it, as in a queue of such visits.
    double work = Math.max(1e-6, processor.pathShare() * latency);
    Waiting steady = Waiting.mmc(processor.wholeServers(), utilization, work);
    double beyond = bursts.waits(steady, utilization, patience).longerThan(patience);
    double logarithm = Math.log(steady.probability() / beyond);
    return Math.max(1, steady.decayPerSecond() * patience / Math.max(LEAST_LOGARITHM, logarithm));
  }

  private void fill(Flow flow, double multiple, Growth growth, Optional<StationModel> slowing) {
    grid.clear();
    double[] seconds = flow.seconds();
    double[] weights = flow.weights();
    if (slowing.isEmpty()) {
      for (int i = 0; i < seconds.length; i++) {
        grid.add(seconds[i] * latencyScale, weights[i]);
      }
      return;
    }
    StationModel processor = slowing.get();
    double load = utilization(processor, multiple, growth);
    double now = processor.meanSlowdown(usedNow(processor));
    Spread spread = processor.spread();
    double more = workSince(processor, multiple) / now;
    fill(flow, processor, load, more, spread.busiest());
    if (spread.instances() > 1) {
      fill(flow, processor, load * spread.others(), more, 1 - spread.busiest());
    }
  }

  /** Adds a share of the responses, those of instances that are so busy. */
  private void fill(Flow flow, StationModel station, double load, double more, double share) {
    double[] seconds = flow.seconds();
    double[] weights = flow.weights();
    double crowd = crowd(station, load) + station.pauses();
    Slowdown slowdown = ProcessorSharing.slowdown(station.wholeServers(), load, SLOWDOWN_POINTS);
    for (int j = 0; j < slowdown.factors().length; j++) {
      double slowed = more * (1 + (slowdown.factors()[j] - 1) * crowd);
      double factor = latencyScale * (1 + station.pathShare() * Math.max(0, slowed - 1));
      for (int i = 0; i < seconds.length; i++) {
        grid.add(seconds[i] * factor, share * weights[i] * slowdown.shares()[j]);
      }
    }
  }

  /** By how much the work of a request at this processor is more than today. */
  private double workSince(StationModel processor, double multiple) {
    return processor.demand().crowdedAt(multiple) / processor.demand().crowdedAt(today);
  }

  /** Utilization of a station, its visits stretched by the processors; capped where not judged. */
  private double utilization(StationModel station, double multiple, Growth growth) {
    double plain = station.utilizationAt(multiple);
    if (!station.isProcessor()) {
      return plain * stretchOfHolds(station, multiple, growth);
    }
    return growth.judges(station) ? plain : Math.min(BUSIEST_NOT_JUDGED, plain);
  }

  /** By how much visits to a station take longer: no more of them than it has servers compete. */
  private double stretchOfHolds(StationModel visited, double multiple, Growth growth) {
    if (visited.waits().isEmpty()) {
      return 1;
    }
    int most = visited.wholeServers();
    double stretch = 1;
    for (StationModel processor : stations) {
      if (!processor.isProcessor() || !growth.grows(processor)) {
        continue;
      }
      int cores = processor.wholeServers();
      double load = utilization(processor, multiple, growth);
      double now = ProcessorSharing.meanSlowdown(cores, processor.utilizationToday(today), most);
      double then =
          workSince(processor, multiple) * ProcessorSharing.meanSlowdown(cores, load, most);
      stretch += visited.holdShare(processor) * Math.max(0, then / now - 1);
    }
    return stretch;
  }

  /** The processor that slows responses most; empty when none grows. */
  private Optional<StationModel> busiestProcessor(double multiple, Growth growth) {
    // The first of those that are equally busy.
    return stations.stream()
        .filter(one -> one.isProcessor() && growth.grows(one))
        .reduce((one, other) ->
            other.utilizationAt(multiple) > one.utilizationAt(multiple) ? other : one);
  }
}
