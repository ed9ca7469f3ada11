package headroom.wall.evidence;

import static headroom.wall.belief.Witnesses.SAME_VISITS;

import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.model.StationKind;
import headroom.store.Series;
import headroom.store.SeriesIndex;
import headroom.store.SeriesIndex.Thing;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which databases of a service the connections of a pool are to: the one whose name is in the
 * pool's or the other way round; else those that no other pool claims, where there is no other pool
 * left that might; else the one that was visited as often as the pool counts.
 */
public final class PoolDatabases {
  /** Clients of these bring one connection, or pools that nobody reports as such. */
  private static final Set<String> NOT_POOLED =
      Set.of(
          "redis",
          "memcached",
          "mongodb",
          "elasticsearch",
          "opensearch",
          "dynamodb",
          "aws.dynamodb");

  private static final int SHORTEST_NAME = 3;

  private final SeriesIndex index;
  private final List<Thing> pools;

  public PoolDatabases(SeriesIndex index) {
    this.index = index;
    this.pools = index.things(StationKind.POOL.measures().foundBy().toArray(Measure[]::new));
  }

  List<Thing> pools() {
    return pools;
  }

  /** Whether connections are held here, as traces tell, of a service that reports no pool. */
  public boolean isOfUnknownPool(SeriesKey hold) {
    return pools.stream().noneMatch(pool -> pool.service().equals(hold.service()))
        && !NOT_POOLED.contains(hold.detail());
  }

  /** The databases of a pool, as traces name them; empty where nobody knows. */
  public List<String> of(String service, String pool) {
    List<String> all =
        index.ofService(Measure.HOLD, service).stream()
            .map(series -> series.key().detail())
            .filter(database -> !NOT_POOLED.contains(database))
            .distinct()
            .sorted()
            .toList();
    List<String> named = all.stream().filter(database -> isNamed(pool, database)).toList();
    if (!named.isEmpty()) {
      return named;
    }
    List<String> others =
        pools.stream()
            .filter(one -> one.service().equals(service) && !one.subject().equals(pool))
            .map(Thing::subject)
            .toList();
    List<String> left =
        all.stream()
            .filter(database -> others.stream().noneMatch(other -> isNamed(other, database)))
            .toList();
    boolean last =
        others.stream().allMatch(other -> all.stream().anyMatch(one -> isNamed(other, one)));
    return last ? left : left.stream().filter(one -> isAsOften(service, pool, one)).toList();
  }

  private static boolean isNamed(String pool, String database) {
    String one = pool.toLowerCase(Locale.ROOT);
    String other = database.toLowerCase(Locale.ROOT);
    return Math.min(one.length(), other.length()) >= SHORTEST_NAME
        && (one.contains(other) || other.contains(one));
  }

  private boolean isAsOften(String service, String pool, String database) {
    double counted =
        count(
            index.ofService(Measure.POOL_HOLD, service).stream()
                .filter(series -> series.key().subject().equals(pool))
                .toList());
    double traced = count(holds(Measure.HOLD, service, List.of(database)));
    return Math.abs(counted - traced) <= SAME_VISITS * counted && counted > 0;
  }

  /** What traces say of connections to these databases. */
  List<Series> holds(Measure measure, String service, List<String> databases) {
    return index.ofService(measure, service).stream()
        .filter(series -> databases.contains(series.key().detail()))
        .toList();
  }

  private static double count(List<Series> parts) {
    return SeriesIndex.total(parts).count();
  }
}
