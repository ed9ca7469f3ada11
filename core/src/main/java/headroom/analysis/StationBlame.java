package headroom.analysis;

import headroom.model.Station;
import headroom.model.StationKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * Which stations of a target are to blame for what a test found, by plain thresholds and so
 * independent of the predictor.
 */
public final class StationBlame {
  /** Above this share of the processor everything waits, and pools are full because of it. */
  private static final double PROCESSOR_FULL = 0.93;

  /** From here on a station that was less busy before holds the target down. */
  private static final double FULL = 0.8;

  /** That much busier than before is more than chance. */
  private static final double MUCH_BUSIER = 0.1;

  /** From here on a station is named as the one that broke. */
  private static final double SATURATED = 0.9;

  /** What comes that near to another use is the same. */
  private static final double AS_BUSY = 0.95;

  /** Fewer resent calls per request than this hold nobody down. */
  private static final double MANY_RETRIES = 0.2;

  /** More than that many times the usual is more than chance. */
  private static final double MANY_TIMES = 2;

  private static final double DEEPEST = 2;

  private StationBlame() {}

  /** A station that is full and was not before, with its utilization then and now. */
  public record StillBusy(Station station, double before, double now) {}

  /** An action that sends more calls again than before, per request, then and now. */
  public record MoreRetries(String action, double before, double now) {}

  /**
   * How much a station is to blame: its utilization, but more than that of any other for a
   * processor that is full, which is the deepest cause; and 0 or less for what was as busy while
   * all was well, which is none.
   *
   * @param utilization 0..1 while the target broke
   * @param whileWell the same while the objectives held
   */
  public static double of(Station station, double utilization, DoubleStream whileWell) {
    boolean harmless = whileWell.anyMatch(usual -> usual >= AS_BUSY * utilization);
    return harmless ? utilization - 1 : depth(station, utilization);
  }

  private static double depth(Station station, double utilization) {
    return station.kind() == StationKind.CPU && utilization >= PROCESSOR_FULL
        ? DEEPEST
        : utilization;
  }

  /** The station that had nothing left to give; empty when none is seen to have been full. */
  public static Optional<Station> fullest(Map<Station, Double> utilization) {
    return utilization.entrySet().stream()
        .filter(station -> station.getValue() >= SATURATED)
        .max(Comparator.comparingDouble(station -> depth(station.getKey(), station.getValue())))
        .map(Map.Entry::getKey);
  }

  /** The stations that are full now and were less busy before. */
  public static List<StillBusy> stillBusy(Map<Station, Double> before, Map<Station, Double> now) {
    var found = new ArrayList<StillBusy>();
    now.forEach((station, utilization) -> {
      double usual = before.getOrDefault(station, 0.0);
      if (utilization >= FULL && utilization > usual + MUCH_BUSIER) {
        found.add(new StillBusy(station, usual, utilization));
      }
    });
    return found;
  }

  /** The actions that send many more calls again than before, by their resent calls per request. */
  public static List<MoreRetries> moreRetries(Map<String, Double> before, Map<String, Double> now) {
    var found = new ArrayList<MoreRetries>();
    now.forEach((action, resent) -> {
      double usual = before.getOrDefault(action, 0.0);
      if (resent > MANY_TIMES * usual && resent > MANY_RETRIES) {
        found.add(new MoreRetries(action, usual, resent));
      }
    });
    return found;
  }
}
