package headroom.regime;

import headroom.rollup.Cell;
import headroom.rollup.ExponentialHistogram;
import headroom.store.Series;
import java.util.Arrays;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The logarithms of medians over time, in blocks of as many windows as hold enough values.
 *
 * @param first epoch second at which the first block starts
 * @param seconds width of a block
 * @param logs by block; NaN where too little is known
 * @param values in all blocks
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record Blocks(long first, int seconds, double[] logs, long values) {
  /** So many values in a usual block. */
  private static final double ENOUGH = 20;

  /** A block with fewer says nothing. */
  private static final long FEWEST = 5;

  private static final int FEWEST_BLOCKS = 16;

  /** Of some series as one; empty when there are too few values for {@link #FEWEST_BLOCKS}. */
  static Optional<Blocks> of(Collection<Series> parts, int windowSeconds) {
    NavigableMap<Long, Cell> cells = new TreeMap<>();
    for (Series part : parts) {
      for (Series.Window window : part.windows()) {
        cells.merge(window.start(), window.cell(), Blocks::merged);
      }
    }
    if (cells.isEmpty()) {
      return Optional.empty();
    }
    long first = cells.firstKey();
    long windows = (cells.lastKey() - first) / windowSeconds + 1;
    long values = cells.values().stream().mapToLong(Cell::count).sum();
    int joined = (int) Math.max(1, Math.ceil(ENOUGH * windows / Math.max(1, values)));
    // The last block must be whole, for it is the newest: what is over is left out at the start.
    long left = windows % joined;
    int blocks = (int) (windows / joined);
    return blocks < FEWEST_BLOCKS
        ? Optional.empty()
        : Optional.of(
            joined(cells, first + left * windowSeconds, joined * windowSeconds, blocks, values));
  }

  /** Most windows have one cell, which nobody need copy. */
  private static Cell merged(Cell one, Cell other) {
    Cell both = one.copy();
    both.merge(other);
    return both;
  }

  private static Blocks joined(
      NavigableMap<Long, Cell> cells, long first, int seconds, int blocks, long values) {
    double[] logs = new double[blocks];
    Arrays.fill(logs, Double.NaN);
    for (int i = 0; i < blocks; i++) {
      long start = first + (long) i * seconds;
      var inside = cells.subMap(start, start + seconds).values();
      Cell block = inside.size() == 1 ? inside.iterator().next() : new Cell();
      if (inside.size() > 1) {
        inside.forEach(block::merge);
      }
      ExponentialHistogram histogram = block.histogram();
      if (histogram != null && histogram.count() >= FEWEST) {
        logs[i] = logMedian(histogram);
      }
    }
    return new Blocks(first, seconds, logs, values);
  }

  /** Placed within its bucket by rank: the middle would move in steps of a per cent. */
  private static double logMedian(ExponentialHistogram histogram) {
    double width = Math.log(2) * Math.pow(2, -histogram.scale());
    double rank = 0.5 * histogram.count();
    var search =
        new Object() {
          double seen = histogram.zeroCount();
          double found = Double.NaN;
        };
    histogram.forEachBucket((bucket, count) -> {
      if (Double.isNaN(search.found) && rank <= search.seen + count) {
        search.found = (bucket + Math.max(0, (rank - search.seen) / count)) * width;
      }
      search.seen += count;
    });
    return search.found;
  }

  long startOf(int block) {
    return first + (long) block * seconds;
  }

  /** The first block that starts at this time or later. */
  int at(long epochSecond) {
    return Math.clamp(Math.ceilDiv(epochSecond - first, seconds), 0, logs.length);
  }

  /** The rates of other series in the same blocks, as logarithms; NaN where nothing came. */
  double[] logRates(NavigableMap<Long, Double> counts) {
    double[] rates = new double[logs.length];
    for (int i = 0; i < rates.length; i++) {
      double count =
          counts.subMap(startOf(i), startOf(i + 1)).values().stream().mapToDouble(c -> c).sum();
      rates[i] = count > 0 ? Math.log(count / seconds) : Double.NaN;
    }
    return rates;
  }
}
