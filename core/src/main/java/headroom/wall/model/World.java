package headroom.wall.model;

import static headroom.wall.belief.Cores.MOST_ON_PROCESSOR;

import headroom.model.Station;
import headroom.model.StationKind;
import headroom.queueing.Modulation;
import headroom.wall.model.StationModel.Drawn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that is not known of a system, as it may be.
 *
 * @param onPath share of the processor time of requests that responses wait for
 * @param inHolds share of another service's processor time that is spent while a pool is held
 * @param latencyScale by which today's latencies are longer than the sample of them
 * @param bursts how arrivals wander
 */
record World(
    List<Drawn> stations, double onPath, double inHolds, double latencyScale, Modulation bursts) {
  /**
   * The stations with their parts in responses and in visits.
   *
   * @param latency mean response time, seconds
   */
  List<StationModel> models(double peakPerSecond, double latency) {
    Map<Station, Double> inResponses = pathShares(onPath, peakPerSecond, latency);
    Map<Station, Double> ofHolds = pathShares(inHolds, peakPerSecond, latency);
    List<StationModel> models = new ArrayList<>();
    for (Drawn one : stations) {
      double share = inResponses.getOrDefault(one.station(), 0.0);
      models.add(new StationModel(one, share, holdShares(one, ofHolds), 0));
    }
    return models;
  }

  /** For each processor the share of a response's time that is spent at it. */
  private Map<Station, Double> pathShares(double part, double peakPerSecond, double latency) {
    Map<Station, Double> shares = new LinkedHashMap<>();
    for (Drawn one : stations) {
      if (one.of().isProcessor() && latency > 0) {
        double perRequest = one.ofAllInstances() / peakPerSecond;
        shares.put(one.station(), Math.min(MOST_ON_PROCESSOR, part * perRequest / latency));
      }
    }
    return shares;
  }

  /**
   * For each processor the share of a visit's time to this station that is spent at it. What the
   * processors of another service do, such as a database's, is done while a connection is held; of
   * the own processors' work the visits have the same part as the responses.
   */
  private Map<Station, Double> holdShares(Drawn visited, Map<Station, Double> pathShares) {
    Map<Station, Double> shares = new HashMap<>(pathShares);
    if (visited.station().kind() != StationKind.POOL) {
      return shares;
    }
    for (Drawn one : stations) {
      boolean foreign = !one.station().service().equals(visited.station().service());
      if (foreign && pathShares.getOrDefault(one.station(), 0.0) > 0) {
        double ofVisit = inHolds * one.ofAllInstances() / visited.ofAllInstances();
        shares.put(one.station(), Math.min(MOST_ON_PROCESSOR, ofVisit));
      }
    }
    return shares;
  }
}
