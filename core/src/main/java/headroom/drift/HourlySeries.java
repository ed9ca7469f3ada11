package headroom.drift;

import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.rollup.Cell;
import headroom.rollup.ExponentialHistogram;
import headroom.store.Series;
import java.util.Arrays;

/**
 * One series by hour, reduced to what is compared: 28 days take 16 kB instead of a megabyte of
 * histograms. NaN where nothing is known.
 */
final class HourlySeries {
  static final int HOUR = 3_600;

  /** What is kept of an hour; the quantiles, of distributions only, as natural logarithms. */
  enum Column {
    COUNT(0),
    SUM(1),
    LAST(2),
    P50(3),
    P95(4),
    P99(5);

    private final int index;

    Column(int index) {
      this.index = index;
    }
  }

  private static final double[] QUANTILES = {0.5, 0.95, 0.99};

  private final SeriesKey key;
  private final long first;
  private final float[][] columns;

  private HourlySeries(SeriesKey key, long first, float[][] columns) {
    this.key = key;
    this.first = first;
    this.columns = columns;
  }

  /** Of a series with windows of an hour or less. */
  static HourlySeries of(Series series) {
    long first = hour(series.windows().getFirst().start());
    int length = (int) (hour(series.windows().getLast().start()) - first) + 1;
    boolean values = series.key().measure().kind() == Measure.Kind.DISTRIBUTION;
    float[][] columns = new float[values ? Column.values().length : Column.P50.index][length];
    for (float[] column : columns) {
      Arrays.fill(column, Float.NaN);
    }
    var windows = series.windows();
    for (int i = 0, next; i < windows.size(); i = next) {
      long hour = hour(windows.get(i).start());
      Cell cell = windows.get(i).cell();
      next = i + 1;
      if (next < windows.size() && hour(windows.get(next).start()) == hour) {
        cell = cell.copy();
        for (; next < windows.size() && hour(windows.get(next).start()) == hour; next++) {
          cell.merge(windows.get(next).cell());
        }
      }
      fill(columns, (int) (hour - first), cell);
    }
    return new HourlySeries(series.key(), first, columns);
  }

  static long hour(long epochSecond) {
    return Math.floorDiv(epochSecond, HOUR);
  }

  private static void fill(float[][] columns, int i, Cell cell) {
    columns[Column.COUNT.index][i] = (float) cell.count();
    columns[Column.SUM.index][i] = (float) cell.sum();
    columns[Column.LAST.index][i] = (float) cell.last();
    ExponentialHistogram histogram = cell.histogram();
    if (columns.length > Column.P50.index && histogram != null) {
      logQuantiles(histogram, columns, i);
    }
  }

  /**
   * Within its bucket a quantile is placed by its rank, evenly in log space: the middle of the
   * bucket would move in steps of a per cent, as large as what is looked for.
   */
  private static void logQuantiles(ExponentialHistogram histogram, float[][] columns, int i) {
    double width = Math.log(2) * Math.pow(2, -histogram.scale());
    var seen =
        new Object() {
          long count = histogram.zeroCount();
          int next;
        };
    histogram.forEachBucket((bucket, count) -> {
      while (seen.next < QUANTILES.length) {
        double rank = QUANTILES[seen.next] * histogram.count();
        if (rank > seen.count + count) {
          break;
        }
        double within = Math.max(0, (rank - seen.count) / count);
        columns[Column.P50.index + seen.next][i] = (float) ((bucket + within) * width);
        seen.next++;
      }
      seen.count += count;
    });
  }

  SeriesKey key() {
    return key;
  }

  long firstHour() {
    return first;
  }

  long endHour() {
    return first + columns[0].length;
  }

  /** The hours from..to-1 of a column. */
  double[] column(Column column, long from, long to) {
    double[] values = new double[(int) (to - from)];
    Arrays.fill(values, Double.NaN);
    if (column.index < columns.length) {
      float[] kept = columns[column.index];
      long start = Math.max(from, first);
      long end = Math.min(to, endHour());
      for (long hour = start; hour < end; hour++) {
        values[(int) (hour - from)] = kept[(int) (hour - first)];
      }
    }
    return values;
  }
}
