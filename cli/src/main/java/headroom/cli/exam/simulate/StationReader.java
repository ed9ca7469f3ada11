package headroom.cli.exam.simulate;

import headroom.plan.quantity.Quantities;
import headroom.plan.yaml.Yaml;
import headroom.plan.yaml.Yaml.Entry;
import headroom.sim.CollectedHeap;
import headroom.sim.VirtualStation;
import headroom.sim.VirtualStation.Pool.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads stations. What a station has says what it is. */
final class StationReader {
  private static final Set<String> KNOWN =
      Set.of(
          "cores",
          "ceiling",
          "background",
          "crowding",
          "connections",
          "threads",
          "consumers",
          "lock",
          "acquire",
          "queue",
          "partitions",
          "skew",
          "items",
          "capacity",
          "popularity",
          "ttl",
          "heap",
          "shared");
  private static final double GIBIBYTE = 0x1p30;
  private static final int MOST = 10_000_000;
  private static final Map<String, Kind> POOLS =
      Map.of(
          "connections", Kind.CONNECTIONS,
          "threads", Kind.THREADS,
          "consumers", Kind.CONSUMERS,
          "lock", Kind.LOCK);

  private final Yaml yaml;

  StationReader(Yaml yaml) {
    this.yaml = yaml;
  }

  List<VirtualStation> stations(Node node) {
    List<VirtualStation> stations = new ArrayList<>();
    yaml.entries(node, "stations")
        .forEach((name, entry) -> station(name, entry.value()).ifPresent(stations::add));
    return stations;
  }

  private Optional<VirtualStation> station(String name, Node node) {
    Map<String, Entry> entries = yaml.entries(node, "a station", KNOWN);
    boolean shared = yaml.value(entries.get("shared"), Values::yesOrNo).orElse(false);
    List<String> pools = POOLS.keySet().stream().filter(entries::containsKey).toList();
    int kinds =
        pools.size()
            + (entries.containsKey("cores") ? 1 : 0)
            + (entries.containsKey("items") ? 1 : 0);
    if (kinds != 1) {
      yaml.problem(
          node,
          "station '%s' must have one of cores, connections, threads, consumers, lock, items"
              .formatted(name));
      return Optional.empty();
    }
    if (entries.containsKey("cores")) {
      return processor(name, node, entries, shared);
    }
    return entries.containsKey("items")
        ? cache(name, node, entries, shared)
        : pool(name, node, entries, pools.getFirst(), shared);
  }

  private Optional<VirtualStation> processor(
      String name, Node node, Map<String, Entry> entries, boolean shared) {
    double cores = number(entries, "cores", 1);
    double ceiling = yaml.value(entries.get("ceiling"), Quantities::share).orElse(1.0);
    double background = number(entries, "background", 0);
    double crowding = yaml.value(entries.get("crowding"), Quantities::share).orElse(0.0);
    Entry heap = entries.get("heap");
    CollectedHeap memory = heap == null ? null : heap(heap.value()).orElse(null);
    return yaml.attempt(
        node,
        () ->
            new VirtualStation.Processor(
                name, cores, ceiling, background, crowding, !shared, memory));
  }

  private Optional<CollectedHeap> heap(Node node) {
    Map<String, Entry> of =
        yaml.entries(node, "a heap", Set.of("limit", "live", "growth", "allocation", "pause"));
    double limit = yaml.required(node, of, "limit", "a heap", Values::bytes).orElse(GIBIBYTE);
    double live = yaml.required(node, of, "live", "a heap", Values::bytes).orElse(0.0);
    double growth = yaml.value(of.get("growth"), Values::bytesPerSecond).orElse(0.0);
    double allocation =
        yaml.required(node, of, "allocation", "a heap", Values::bytesPerSecond).orElse(1.0);
    double pause = yaml.required(node, of, "pause", "a heap", Values::seconds).orElse(0.0);
    return yaml.attempt(
        node, () -> new CollectedHeap(limit, live, growth, allocation, pause / GIBIBYTE));
  }

  private Optional<VirtualStation> pool(
      String name, Node node, Map<String, Entry> entries, String kind, boolean shared) {
    int servers = integer(entries, kind, 1);
    double acquire =
        yaml.value(entries.get("acquire"), Values::seconds).orElse(Double.POSITIVE_INFINITY);
    int queue =
        yaml.value(entries.get("queue"), text -> Quantities.integer("queue", text, 0, MOST))
            .orElse(Integer.MAX_VALUE);
    Kind is = POOLS.getOrDefault(kind, Kind.CONNECTIONS);
    int partitions = integer(entries, "partitions", 1);
    double skew = number(entries, "skew", 0);
    boolean alone = shared || is == Kind.LOCK || partitions > 1;
    return yaml.attempt(
        node,
        () -> new VirtualStation.Pool(name, is, servers, acquire, queue, !alone, partitions, skew));
  }

  private Optional<VirtualStation> cache(
      String name, Node node, Map<String, Entry> entries, boolean shared) {
    int items = integer(entries, "items", 1);
    int capacity = integer(entries, "capacity", items);
    double popularity = number(entries, "popularity", 0.8);
    double ttl = yaml.value(entries.get("ttl"), Values::seconds).orElse(Double.POSITIVE_INFINITY);
    return yaml.attempt(
        node, () -> new VirtualStation.Cache(name, items, popularity, capacity, ttl, !shared));
  }

  private double number(Map<String, Entry> entries, String key, double otherwise) {
    return yaml.value(entries.get(key), Values::number).orElse(otherwise);
  }

  private int integer(Map<String, Entry> entries, String key, int otherwise) {
    return yaml.value(entries.get(key), text -> Quantities.integer(key, text, 1, MOST))
        .orElse(otherwise);
  }
}
