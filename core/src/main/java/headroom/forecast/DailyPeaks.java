package headroom.forecast;

import headroom.rollup.Resolution;
import headroom.stats.Quantiles;
import headroom.store.Series;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The highest load of each day (UTC), root operations per second: the 0.99 quantile of its hours'
 * means, which is about the busiest hour and forgives half of a single odd one.
 *
 * <pre>
 *   day        0      1      2      3     …
 *   perSecond 41.2   43.0   NaN   42.1        NaN: hours were missing when it is usually busy
 * </pre>
 *
 * @param first the day at index 0
 * @param perSecond &gt; 0, or NaN where the day was not seen when it is usually busiest
 */
@SuppressWarnings("ArrayRecordComponent") // shared, read only
public record DailyPeaks(LocalDate first, double[] perSecond) {
  private static final int HOURS = 24;
  private static final double PEAK = 0.99;

  /** A day counts when it was seen at the hours that are usually busiest. */
  private static final int BUSIEST_HOURS = 3;

  /** The daily peaks of these means by hour, NaN where nothing was seen; hour 0 is a midnight. */
  public static DailyPeaks ofHours(LocalDate first, double[] perSecond) {
    int days = perSecond.length / HOURS;
    int[] busiest = busiest(perSecond, days);
    double[] peaks = new double[days];
    for (int day = 0; day < days; day++) {
      int midnight = day * HOURS;
      boolean seen =
          Arrays.stream(busiest).noneMatch(hour -> Double.isNaN(perSecond[midnight + hour]));
      double[] hours =
          Arrays.stream(perSecond, midnight, midnight + HOURS).filter(rate -> rate > 0).toArray();
      peaks[day] = seen && hours.length > 0 ? Quantiles.of(hours, PEAK) : Double.NaN;
    }
    int from = firstSeen(peaks);
    int to =
        days - firstSeen(IntStream.range(0, days).mapToDouble(i -> peaks[days - 1 - i]).toArray());
    return from >= to
        ? new DailyPeaks(first, new double[0])
        : new DailyPeaks(first.plusDays(from), Arrays.copyOfRange(peaks, from, to));
  }

  private static int firstSeen(double[] peaks) {
    return (int) Arrays.stream(peaks).takeWhile(Double::isNaN).count();
  }

  private static int[] busiest(double[] perSecond, int days) {
    double[] usual = new double[HOURS];
    for (int hour = 0; hour < HOURS; hour++) {
      int ofDay = hour;
      double[] seen =
          IntStream.range(0, days)
              .mapToDouble(day -> perSecond[day * HOURS + ofDay])
              .filter(rate -> rate > 0)
              .toArray();
      usual[hour] = seen.length == 0 ? 0 : Quantiles.median(seen);
    }
    return IntStream.range(0, HOURS)
        .boxed()
        .sorted((a, b) -> Double.compare(usual[b], usual[a]))
        .limit(BUSIEST_HOURS)
        .mapToInt(hour -> hour)
        .toArray();
  }

  /** Adds up series in rows of an hour; what began within the last hour is left out. */
  public static final class Gatherer {
    private final long firstDay;
    private final double[] counts;
    private final int wholeHours;

    /** For rows within [from, to). */
    public Gatherer(Instant from, Instant to) {
      firstDay = Math.floorDiv(from.getEpochSecond(), (long) Resolution.DAY.seconds());
      long start = firstDay * Resolution.DAY.seconds();
      wholeHours =
          Math.toIntExact(Math.max(0, (to.getEpochSecond() - start) / Resolution.HOUR.seconds()));
      counts = new double[Math.ceilDiv(wholeHours, HOURS) * HOURS];
      Arrays.fill(counts, Double.NaN);
    }

    /** Adds a series of counts. */
    public void add(Series series) {
      for (Series.Window window : series.windows()) {
        long hour = window.start() / Resolution.HOUR.seconds() - firstDay * HOURS;
        if (hour >= 0 && hour < wholeHours) {
          double before = counts[(int) hour];
          counts[(int) hour] = (Double.isNaN(before) ? 0 : before) + window.cell().count();
        }
      }
    }

    public DailyPeaks peaks() {
      return ofHours(
          LocalDate.ofEpochDay(firstDay),
          Arrays.stream(counts).map(count -> count / Resolution.HOUR.seconds()).toArray());
    }
  }

  /** Days from the first to the last one that was seen. */
  public int span() {
    return perSecond.length;
  }

  /** The number of days with a peak. */
  public int seen() {
    return (int) Arrays.stream(perSecond).filter(peak -> !Double.isNaN(peak)).count();
  }

  /** The last day; the day before the first where there is none. */
  public LocalDate last() {
    return first.plusDays(span() - 1L);
  }
}
