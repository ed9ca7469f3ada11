package headroom.drift;

import headroom.drift.HourlySeries.Column;
import headroom.model.Event;
import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.store.History;
import headroom.store.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Weeks of telemetry by the hour, taken in one series after the other so that histograms need not
 * be held all at once.
 */
public final class HourlyHistory implements Consumer<Series> {
  /** What is compared, and what may explain it; all else is passed over. */
  public static final Set<Measure> MEASURES =
      Set.copyOf(
          EnumSet.of(
              Measure.ACTION,
              Measure.OPERATION,
              Measure.OPERATION_SELF,
              Measure.SERVER_DURATION,
              Measure.CALL,
              Measure.STATEMENT,
              Measure.ACTION_RETRIES,
              Measure.RETRY_RESENDS,
              Measure.CACHE_HITS,
              Measure.CACHE_MISSES,
              Measure.CPU_TIME,
              Measure.CPU_COUNT,
              Measure.HOST_CPU_UTILIZATION,
              Measure.GC_DURATION,
              Measure.GC_SHARE,
              Measure.TABLE_ROWS));

  /** Beyond it there is no more to learn about what is usual. */
  public static final Duration LONGEST = Duration.ofDays(70);

  /** Less cannot tell what is usual from what is not. */
  public static final Duration SHORTEST = Duration.ofDays(13);

  /** A bound on memory: 80 MB for each measure at ten weeks. */
  private static final int MOST_OF_A_MEASURE = 2_000;

  private final Map<Measure, List<HourlySeries>> series = new EnumMap<>(Measure.class);
  private final List<Event> events = new ArrayList<>();
  private final long until;
  private int leftOut;

  public HourlyHistory() {
    this(Long.MAX_VALUE);
  }

  private HourlyHistory(long until) {
    this.until = until;
  }

  /** Of rows of an hour or less. */
  public static HourlyHistory of(History history) {
    var hourly = new HourlyHistory();
    history.series().values().forEach(some -> some.forEach(hourly));
    hourly.events(history.events());
    return hourly;
  }

  /** Takes a series with windows of an hour or less. */
  @Override
  public void accept(Series one) {
    if (!MEASURES.contains(one.key().measure()) || one.windows().isEmpty()) {
      return;
    }
    if (of(one.key().measure()).size() < MOST_OF_A_MEASURE) {
      add(HourlySeries.of(one));
    } else {
      leftOut++;
    }
  }

  private void add(HourlySeries one) {
    series.computeIfAbsent(one.key().measure(), unused -> new ArrayList<>()).add(one);
  }

  /** How many series were over the limit. */
  public int leftOut() {
    return leftOut;
  }

  public void events(List<Event> some) {
    events.addAll(some);
  }

  /** The same as it looked at an earlier time. */
  public HourlyHistory until(Instant time) {
    var earlier = new HourlyHistory(HourlySeries.hour(time.getEpochSecond()));
    series.values().forEach(some -> some.forEach(earlier::add));
    events.stream().filter(event -> event.at().isBefore(time)).forEach(earlier.events::add);
    return earlier;
  }

  List<HourlySeries> of(Measure measure) {
    return series.getOrDefault(measure, List.of());
  }

  List<HourlySeries> of(Measure measure, Predicate<SeriesKey> wanted) {
    return of(measure).stream().filter(one -> wanted.test(one.key())).toList();
  }

  List<Event> events() {
    return events;
  }

  /** The first hour that anything is known of. */
  long from() {
    return series.values().stream()
        .flatMap(List::stream)
        .mapToLong(HourlySeries::firstHour)
        .min()
        .orElse(0);
  }

  /** The hour after the last. */
  long to() {
    long last =
        series.values().stream()
            .flatMap(List::stream)
            .mapToLong(HourlySeries::endHour)
            .max()
            .orElse(0);
    return Math.min(until, last);
  }

  /** The sum of a column over several series; NaN in hours where none of them has a value. */
  static double[] sum(List<HourlySeries> parts, Column column, long from, long to) {
    double[] sum = new double[(int) (to - from)];
    Arrays.fill(sum, Double.NaN);
    for (HourlySeries part : parts) {
      double[] values = part.column(column, from, to);
      for (int t = 0; t < sum.length; t++) {
        if (!Double.isNaN(values[t])) {
          sum[t] = Double.isNaN(sum[t]) ? values[t] : sum[t] + values[t];
        }
      }
    }
    return sum;
  }
}
