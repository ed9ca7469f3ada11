package headroom.load.study;

import java.util.Map;
import java.util.Set;

/**
 * How busy a station of the target was, as its telemetry says.
 *
 * @param station its name, such as {@code wallet/pool/ledger}
 * @param busy utilization 0..1 by the flows that ran together
 */
public record StationLoad(String station, Map<Set<String>, Double> busy) {
  public StationLoad {
    busy = Map.copyOf(busy);
  }
}
