package headroom.wall;

import static headroom.wall.belief.Errors.FARTHEST;

import headroom.model.Discipline;
import headroom.model.Station;
import headroom.queueing.Monotone;
import headroom.queueing.ServiceTimes;
import headroom.queueing.Waiting;
import headroom.store.History;
import headroom.wall.evidence.Deadline;
import headroom.wall.evidence.StationUse;
import headroom.wall.evidence.StationUse.Sample;
import headroom.wall.evidence.Stations;
import headroom.wall.evidence.Traffic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Walls as arithmetic alone has them, without regression, prior or draw: what anybody can compute
 * from the same measurements. A predictor that is no nearer than these is of no use.
 *
 * @param byUse the tightest station by the utilisation law: servers over those that are busy at the
 *     peak, in proportion to the traffic
 * @param byQueue the station at which M/G/c on the measured holds first makes more requests wait
 *     longer than the objective leaves them than may miss it; processors as M/M/c
 */
public record PlainWalls(Optional<At> byUse, Optional<At> byQueue) {
  /**
   * One of them.
   *
   * @param multiple of the reference peak
   */
  public record At(Station station, double multiple) {}

  /** Of a history; nothing of one without a whole minute of traffic. */
  public static PlainWalls of(History history, Objective objective) {
    Optional<Traffic> seen = Traffic.of(history);
    Optional<Double> peak = seen.flatMap(Traffic::peakPerSecond);
    if (seen.isEmpty() || peak.isEmpty()) {
      return new PlainWalls(Optional.empty(), Optional.empty());
    }
    Traffic traffic = seen.get();
    List<Plain> stations = new ArrayList<>();
    for (StationUse use : Stations.find(history, traffic)) {
      if (use.servers().isPresent() && use.discipline().delaysResponses()) {
        double atPeak = useAtPeak(use, traffic, peak.get());
        if (atPeak > 0) {
          stations.add(new Plain(use, atPeak, peak.get()));
        }
      }
    }
    Deadline deadline = objective.deadline();
    double seconds = traffic.actions().stream().mapToDouble(one -> one.total().sum()).sum();
    double count = traffic.actions().stream().mapToLong(one -> one.total().count()).sum();
    double patience = deadline.patience(seconds / Math.max(1, count));
    return new PlainWalls(
        tightest(stations, Plain::full),
        tightest(stations, one -> one.late(patience, deadline.mayMiss())));
  }

  private static Optional<At> tightest(List<Plain> stations, ToDoubleFunction<Plain> multiple) {
    return stations.stream()
        .map(one -> new At(one.use.station(), multiple.applyAsDouble(one)))
        .min(Comparator.comparingDouble(At::multiple).thenComparing(At::station));
  }

  /** The share of its servers that is busy at the peak, in proportion to the traffic. */
  private static double useAtPeak(StationUse use, Traffic traffic, double peak) {
    double arrived = 0;
    double windows = 0;
    for (Sample row : use.samples()) {
      int length = row.to() - row.from();
      arrived += traffic.perSecond(row.from(), row.to()) * length;
      windows += length;
    }
    return arrived == 0
        ? 0
        : use.meanBusy() * peak * windows / arrived / use.servers().orElseThrow();
  }

  /** One station with its use at the peak, 0..1 and above. */
  private record Plain(StationUse use, double atPeak, double peak) {
    double full() {
      return 1 / atPeak;
    }

    double late(double patience, double mayMiss) {
      int servers = (int) Math.max(1, Math.round(use.servers().orElseThrow()));
      return Math.min(
          FARTHEST,
          Monotone.inverse(
              multiple -> waiting(servers, multiple * atPeak).longerThan(patience),
              0,
              0.9999 * full(),
              mayMiss));
    }

    private Waiting waiting(int servers, double utilization) {
      ServiceTimes hold = use.hold();
      if (use.discipline() == Discipline.WAIT && hold != null && hold.mean() > 0) {
        return Waiting.mgc(servers, utilization, hold);
      }
      double visits = use.visitsPerSecond().orElse(peak);
      double busy = atPeak * use.servers().orElseThrow();
      return Waiting.mmc(servers, utilization, Math.max(1e-6, busy / Math.max(1e-9, visits)));
    }
  }
}
