package headroom.ingest.prometheus;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The labels of a series as they came, names and values by turns: what tells one series from
 * another.
 *
 * <pre>
 *   [ "__name__" "hikaricp_connections_active"  "job" "wallet"  "pool" "ledger" ]
 * </pre>
 */
final class Labels {
  /** The label that holds the name of the metric. */
  static final String NAME = "__name__";

  private final String[] pairs;
  private final int hash;

  private Labels(String[] pairs) {
    this.pairs = pairs;
    this.hash = Arrays.hashCode(pairs);
  }

  /**
   * @param pairs names and values by turns, of which the first {@code length} count
   */
  static Labels of(String[] pairs, int length) {
    return new Labels(Arrays.copyOf(pairs, length));
  }

  static Labels of(Map<String, String> labels) {
    String[] pairs = new String[2 * labels.size()];
    int at = 0;
    for (Map.Entry<String, String> label : new TreeMap<>(labels).entrySet()) {
      pairs[at++] = label.getKey();
      pairs[at++] = label.getValue();
    }
    return new Labels(pairs);
  }

  /** The labels sorted by name, those without a value left out; null when a name is there twice. */
  @Nullable SortedMap<String, String> toMap() {
    var map = new TreeMap<String, String>();
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i].isEmpty()
          || (!pairs[i + 1].isEmpty() && map.put(pairs[i], pairs[i + 1]) != null)) {
        return null;
      }
    }
    return map;
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof Labels other
        && hash == other.hash
        && Arrays.equals(pairs, other.pairs);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return Arrays.toString(pairs);
  }
}
