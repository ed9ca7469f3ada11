package headroom.wall;

import static headroom.wall.belief.Cores.BUSIEST_NOT_JUDGED;
import static headroom.wall.belief.Errors.FARTHEST;
import static headroom.wall.belief.Errors.NEAREST;
import static headroom.wall.belief.ResponseTimes.BUSIEST_TODAY;
import static headroom.wall.belief.ResponseTimes.LEAST_PATIENCE;

import headroom.queueing.DelayGrid;
import headroom.queueing.Modulation;
import headroom.queueing.Monotone;
import headroom.queueing.ProcessorSharing;
import headroom.queueing.ProcessorSharing.Slowdown;
import headroom.queueing.Waiting;
import headroom.queueing.WaitingTable;
import java.util.ArrayList;
import java.util.List;

/**
 * One way the system may be: asked for a load, it tells which share of responses misses the
 * objective.
 *
 * <p>A response takes what it takes today, its processor part stretched by processor sharing, plus
 * a wait at each visited station: M/G/c waiting at the utilization that the station has at that
 * load. Visits hold a station longer as the processors slow down. Waits are independent and add up
 * by convolution. The wait that today's responses contain already is taken out first.
 */
final class LoadModel {
  private static final int CELLS = 128;
  private static final int SLOWDOWN_POINTS = 9;

  private static final double TOLERANCE = 0.002;

  /** Where nearly all wait, being stretched is not what makes waits longer. */
  private static final double LEAST_LOGARITHM = 0.2;

  private final List<Flow> flows;
  private final List<StationModel> stations;
  private final Objective objective;
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
      Objective objective,
      double today,
      double latencyScale,
      Modulation bursts) {
    this.flows = flows;
    this.stations = stations;
    this.objective = objective;
    this.today = today;
    this.latencyScale = latencyScale;
    this.bursts = bursts;
    this.latency =
        latencyScale * flows.stream().mapToDouble(f -> f.share() * f.meanSeconds()).sum();
    this.patience = patience(objective, latency);
    this.grid = new DelayGrid(objective.seconds(), CELLS);
  }

  /** What grows with the load when a wall is looked for. */
  enum Scope {
    /** Only the station itself; the others stay as they are today. */
    ALONE,
    /** The station and, below their own limit, the processors that its visits need. */
    WITH_PROCESSORS,
    /** All stations. */
    TOGETHER
  }

  /** What a response may wait before it misses the objective, from the middle of them all. */
  static double patience(Objective objective, double meanSeconds) {
    return Math.max(LEAST_PATIENCE * objective.seconds(), objective.seconds() - meanSeconds);
  }

  /** The same system while something else keeps so many servers of its stations busy. */
  LoadModel beside(double[] busy) {
    List<StationModel> others = new ArrayList<>();
    for (int k = 0; k < stations.size(); k++) {
      others.add(stations.get(k).beside(busy[k]));
    }
    return new LoadModel(flows, others, objective, today, latencyScale, bursts);
  }

  /** The multiple at which the objective fails; {@code FARTHEST} when it does not. */
  double wall(int station, Scope scope) {
    return search(multiple -> missing(multiple, station, scope), 1 - objective.quantile());
  }

  /** The multiple at which one flow alone misses the objective. */
  double wallOf(Flow flow) {
    return search(
        multiple -> missing(List.of(flow), flow.share(), multiple, -1, Scope.TOGETHER),
        1 - objective.quantile());
  }

  /** The multiple at which the station is full. */
  double saturation(int station, Scope scope) {
    return search(multiple -> utilization(station, multiple, station, scope), 1);
  }

  private static double search(java.util.function.DoubleUnaryOperator rising, double value) {
    double log =
        Monotone.inverse(
            exponent -> rising.applyAsDouble(Math.exp(exponent)),
            Math.log(NEAREST),
            Math.log(FARTHEST),
            value,
            TOLERANCE);
    return Math.exp(log);
  }

  /** The share of responses that miss the objective at this load, 0..1. */
  double missing(double multiple, int judged, Scope scope) {
    return missing(flows, 1, multiple, judged, scope);
  }

  private double missing(List<Flow> some, double ofAll, double multiple, int judged, Scope scope) {
    int processor = busiestProcessor(multiple, judged, scope);
    double load = processor < 0 ? 0 : utilization(processor, multiple, judged, scope);
    if (load >= 1) {
      return 1;
    }
    double sum = 0;
    for (Flow flow : some) {
      sum += flow.share() * missing(flow, multiple, judged, scope, processor);
    }
    return sum / ofAll;
  }

  private double missing(Flow flow, double multiple, int judged, Scope scope, int processor) {
    fill(flow, multiple, judged, scope, processor);
    for (int k = 0; k < stations.size(); k++) {
      StationModel station = stations.get(k);
      WaitingTable waits = station.waits();
      if (waits == null || flow.visits()[k] == 0 || !grows(k, judged, scope)) {
        continue;
      }
      double utilization = utilization(k, multiple, judged, scope);
      if (utilization >= 1) {
        grid.lose(Math.min(1, station.spread().busiest() * flow.visits()[k]));
        continue;
      }
      double hold = station.holdSeconds() * stretchOfHolds(k, multiple, judged, scope);
      double now = usedNow(station);
      Waiting before =
          bursts.waits(waits.at(now, station.holdSeconds(), station.stretch()), now, patience);
      Waiting then =
          bursts.waits(waits.at(utilization, hold, station.stretch()), utilization, patience);
      // The waits at instances that are less busy are taken as those of today.
      double share = station.spread().busiest();
      for (double left = flow.visits()[k]; left > 0; left--) {
        grid.undelay(before, share * Math.min(1, left));
        grid.delay(then, share * Math.min(1, left));
      }
    }
    return grid.beyond();
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

  private void fill(Flow flow, double multiple, int judged, Scope scope, int processor) {
    grid.clear();
    double[] seconds = flow.seconds();
    double[] weights = flow.weights();
    if (processor < 0) {
      for (int i = 0; i < seconds.length; i++) {
        grid.add(seconds[i] * latencyScale, weights[i]);
      }
      return;
    }
    StationModel station = stations.get(processor);
    double load = utilization(processor, multiple, judged, scope);
    double now = station.meanSlowdown(usedNow(station));
    Spread spread = station.spread();
    double more = workSince(station, multiple) / now;
    fill(flow, station, load, more, spread.busiest());
    if (spread.instances() > 1) {
      fill(flow, station, load * spread.others(), more, 1 - spread.busiest());
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

  private boolean grows(int station, int judged, Scope scope) {
    return switch (scope) {
      case ALONE -> station == judged;
      case WITH_PROCESSORS -> station == judged || stations.get(station).isProcessor();
      case TOGETHER -> true;
    };
  }

  /** Utilization of a station, its visits stretched by the processors; capped where not judged. */
  private double utilization(int k, double multiple, int judged, Scope scope) {
    StationModel station = stations.get(k);
    if (station.isProcessor()) {
      double utilization = station.utilizationAt(multiple);
      return k == judged || scope == Scope.TOGETHER
          ? utilization
          : Math.min(BUSIEST_NOT_JUDGED, utilization);
    }
    return station.utilizationAt(multiple) * stretchOfHolds(k, multiple, judged, scope);
  }

  /** By how much visits to a station take longer: no more of them than it has servers compete. */
  private double stretchOfHolds(int k, double multiple, int judged, Scope scope) {
    StationModel visited = stations.get(k);
    if (visited.waits() == null) {
      return 1;
    }
    int most = visited.wholeServers();
    double stretch = 1;
    for (int p = 0; p < stations.size(); p++) {
      StationModel processor = stations.get(p);
      if (!processor.isProcessor() || !grows(p, judged, scope)) {
        continue;
      }
      int cores = processor.wholeServers();
      double load = utilization(p, multiple, judged, scope);
      double now = ProcessorSharing.meanSlowdown(cores, processor.utilizationToday(today), most);
      double then =
          workSince(processor, multiple) * ProcessorSharing.meanSlowdown(cores, load, most);
      stretch += visited.holdShares()[p] * Math.max(0, then / now - 1);
    }
    return stretch;
  }

  /** The processor that slows responses most; −1 when none grows. */
  private int busiestProcessor(double multiple, int judged, Scope scope) {
    int busiest = -1;
    for (int k = 0; k < stations.size(); k++) {
      if (stations.get(k).isProcessor()
          && grows(k, judged, scope)
          && (busiest < 0
              || stations.get(k).utilizationAt(multiple)
                  > stations.get(busiest).utilizationAt(multiple))) {
        busiest = k;
      }
    }
    return busiest;
  }
}
