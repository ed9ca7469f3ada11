package headroom.wall.evidence;

import static headroom.wall.belief.Demands.NOISE_DEGREES;
import static headroom.wall.belief.Witnesses.FEWEST_COMPARED;
import static headroom.wall.belief.Witnesses.HOLD_DEVIATION;
import static headroom.wall.belief.Witnesses.MOST_HOLDERS;
import static headroom.wall.belief.Witnesses.RECENT_HOLD_SECONDS;

import headroom.model.Measure;
import headroom.rollup.Cell;
import headroom.stats.Regression;
import headroom.store.History;
import headroom.store.Series;
import headroom.store.SeriesIndex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who holds the connections of one pool, reconciled with the time that the pool itself measures.
 *
 * <p>Traces tell how long an operation ran statements, not what it did before the first and after
 * the last one. So the pool's busy seconds are set against the requests of each operation, window
 * by window: y = Σ h_e n_e, with h_e ~ N(f_e + r (d_e − f_e), (0.5 d_e)²), f_e being what traces
 * say, d_e how long the operation takes and r the one share of the rest that makes the sums equal.
 * Where operations always come together h_e stays as believed; chance alone lets some windows have
 * more of one than of another.
 *
 * @param seconds held in all, within the recent time
 * @param byOperation what of it each operation held
 * @param statements of it in which a statement ran; by statement
 * @param inStatements the sum of these; as much as is held where nothing tells
 */
public record Holders(
    double seconds,
    Map<String, Double> byOperation,
    Map<String, Double> statements,
    double inStatements) {

  /** How one operation uses the service. */
  private static final class Use {
    final String name;
    final NavigableMap<Long, Double> requests = new TreeMap<>();
    double seconds;
    double held;
    double count;

    Use(String name) {
      this.name = name;
    }

    double believed(double ofRest) {
      return held + ofRest * rest();
    }

    double rest() {
      return Math.max(0, seconds - held);
    }
  }

  /** Those of a pool, as far as the recent history tells. */
  public static Holders of(History history, String service, String pool) {
    var index = new SeriesIndex(history);
    var databases = new PoolDatabases(index);
    List<String> own = databases.of(service, pool);
    List<Series> timed =
        index.ofService(Measure.POOL_HOLD, service).stream()
            .filter(series -> series.key().subject().equals(pool))
            .toList();
    List<Series> traced = databases.holds(Measure.HOLD, service, own);
    List<Series> requests = index.ofService(Measure.OPERATION, service);
    long from = recentFrom(history, timed.isEmpty() ? traced : timed, requests);
    NavigableMap<Long, Double> busy = new TreeMap<>();
    windows(timed, from, (start, cell) -> busy.merge(start, cell.sum(), Double::sum));
    Map<String, Use> uses = uses(index, service, own, traced, from);
    Map<String, Double> byOperation = new HashMap<>();
    double seconds = sum(busy.values());
    if (busy.size() < FEWEST_COMPARED || seconds == 0) {
      uses.values().forEach(use -> byOperation.put(use.name, use.held));
      seconds = sum(byOperation.values());
    } else {
      fit(busy, uses, seconds, own.isEmpty(), byOperation);
    }
    Map<String, Double> statements = statements(index, service, own, from);
    double work = seconds(databases.holds(Measure.HOLD_STATEMENT, service, own), from);
    double told = work > 0 ? work : sum(statements.values());
    return new Holders(
        seconds, byOperation, statements, told == 0 ? seconds : Math.min(seconds, told));
  }

  /** Of the held time, the share in which no statement runs, 0..1. */
  public double outsideStatements() {
    return seconds == 0 ? 0 : 1 - inStatements / seconds;
  }

  private static long recentFrom(History history, List<Series> parts, List<Series> requests) {
    // What is held before there are requests is held by none of them.
    long first = Math.max(first(parts), first(requests));
    long recent = history.to().getEpochSecond() - RECENT_HOLD_SECONDS;
    // Of the first window nobody knows how much was seen.
    return Math.max(recent, first + history.resolution().seconds());
  }

  private static long first(List<Series> parts) {
    return parts.stream()
        .filter(part -> !part.windows().isEmpty())
        .mapToLong(part -> part.windows().getFirst().start())
        .min()
        .orElse(0);
  }

  private static Map<String, Use> uses(
      SeriesIndex index, String service, List<String> own, List<Series> traced, long from) {
    Map<String, Use> uses = new HashMap<>();
    Set<String> holding = new HashSet<>();
    traced.forEach(series -> holding.add(series.key().subject()));
    for (Series series : index.ofService(Measure.OPERATION, service)) {
      String name = series.key().subject();
      if (own.isEmpty() || holding.contains(name)) {
        Use use = uses.computeIfAbsent(name, Use::new);
        windows(
            List.of(series),
            from,
            (start, cell) -> {
              use.requests.merge(start, (double) cell.count(), Double::sum);
              use.count += cell.count();
              use.seconds += cell.sum();
            });
      }
    }
    for (Series series : traced) {
      Use use = uses.computeIfAbsent(series.key().subject(), Use::new);
      windows(List.of(series), from, (start, cell) -> use.held += cell.sum());
    }
    return uses;
  }

  private static void fit(
      NavigableMap<Long, Double> busy,
      Map<String, Use> uses,
      double seconds,
      boolean unknown,
      Map<String, Double> byOperation) {
    double held = uses.values().stream().mapToDouble(use -> use.held).sum();
    double rest = uses.values().stream().mapToDouble(Use::rest).sum();
    double ofRest = rest > 0 ? Math.clamp((seconds - held) / rest, 0.0, 1.0) : 0;
    double scale = held > seconds ? seconds / held : 1;
    List<Use> most =
        uses.values().stream()
            .filter(use -> use.count > 0)
            .sorted(
                Comparator.comparingDouble((Use use) -> use.believed(Math.max(ofRest, 0.01)))
                    .reversed()
                    .thenComparing(use -> use.name))
            .limit(MOST_HOLDERS)
            .toList();
    if (most.isEmpty()) {
      return;
    }
    int n = most.size();
    List<Long> windows = new ArrayList<>(busy.keySet());
    double[][] x = new double[windows.size()][n];
    double[] y = new double[windows.size()];
    double[] weights = new double[windows.size()];
    for (int t = 0; t < y.length; t++) {
      long start = windows.get(t);
      y[t] = busy.getOrDefault(start, 0.0);
      double all = 0;
      for (int e = 0; e < n; e++) {
        x[t][e] = most.get(e).requests.getOrDefault(start, 0.0);
        all += x[t][e];
      }
      weights[t] = 1 / Math.max(1, all);
    }
    double[] mean = new double[n];
    double[] sd = new double[n];
    for (int e = 0; e < n; e++) {
      Use use = most.get(e);
      mean[e] = scale * use.believed(ofRest) / use.count;
      double whole = Math.max(use.seconds, use.held) / use.count;
      sd[e] = HOLD_DEVIATION * (unknown ? whole : Math.max(use.rest() / use.count, 0.2 * whole));
      sd[e] = Math.max(sd[e], 1e-9);
    }
    double each = seconds / Math.max(1, most.stream().mapToDouble(use -> use.count).sum());
    var prior = new Regression.Prior(mean, sd, Math.max(1e-9, each), NOISE_DEGREES);
    Regression fit = Regression.fit(x, y, weights, prior);
    double[] parts = new double[n];
    Arrays.setAll(parts, e -> Math.max(0, fit.coefficient(e)) * most.get(e).count);
    double all = Arrays.stream(parts).sum();
    for (int e = 0; e < n; e++) {
      byOperation.put(most.get(e).name, parts[e] * (all > seconds ? seconds / all : 1));
    }
  }

  /** Of operations that use no other database, so that it is known where their statements ran. */
  private static Map<String, Double> statements(
      SeriesIndex index, String service, List<String> own, long from) {
    Set<String> elsewhere = new HashSet<>();
    Set<String> here = new HashSet<>();
    for (Series series : index.ofService(Measure.HOLD, service)) {
      (own.contains(series.key().detail()) ? here : elsewhere).add(series.key().subject());
    }
    Map<String, Double> seconds = new HashMap<>();
    for (Series series : index.ofService(Measure.STATEMENT, service)) {
      String operation = series.key().detail();
      if (here.contains(operation) && !elsewhere.contains(operation)) {
        windows(
            List.of(series),
            from,
            (start, cell) -> seconds.merge(series.key().subject(), cell.sum(), Double::sum));
      }
    }
    return seconds;
  }

  @FunctionalInterface
  private interface Seen {
    void window(long start, Cell cell);
  }

  private static void windows(List<Series> parts, long from, Seen seen) {
    for (Series part : parts) {
      for (Series.Window window : part.windows()) {
        if (window.start() >= from) {
          seen.window(window.start(), window.cell());
        }
      }
    }
  }

  private static double seconds(List<Series> parts, long from) {
    double[] sum = {0};
    windows(parts, from, (start, cell) -> sum[0] += cell.sum());
    return sum[0];
  }

  private static double sum(Iterable<Double> values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }
}
