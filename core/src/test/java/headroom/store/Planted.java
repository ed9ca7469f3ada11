package headroom.store;

import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.rollup.Cell;
import headroom.rollup.Resolution;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;

/** A history written by hand, window by window, to plant what must be found in it. */
public final class Planted {
  private static final long START = 1_800_000_000L;

  public final SplittableRandom random;
  private final Map<SeriesKey, TreeMap<Long, Cell>> cells = new HashMap<>();
  private final int windows;

  public Planted(int windows, long seed) {
    this.windows = windows;
    this.random = new SplittableRandom(seed);
  }

  /** What to add to the cell of window {@code i}, 0 at first. */
  @FunctionalInterface
  public interface Content {
    void fill(int i, Cell cell);
  }

  public Planted with(
      Measure measure, String instance, String subject, String detail, Content content) {
    var series =
        cells.computeIfAbsent(
            new SeriesKey(measure, "wallet", instance, subject, detail), unused -> new TreeMap<>());
    for (int i = 0; i < windows; i++) {
      content.fill(i, series.computeIfAbsent(START + 10L * i, unused -> new Cell()));
    }
    return this;
  }

  /** Adds requests that take an exponential time around a mean. */
  public void requests(Cell cell, int count, double meanSeconds) {
    for (int i = 0; i < count; i++) {
      cell.record(-meanSeconds * Math.log(1 - random.nextDouble()), false);
    }
  }

  /** Requests of users for {@code GET /a}: how many in a window, around which mean time. */
  public Planted actions(IntUnaryOperator count, IntToDoubleFunction meanSeconds) {
    return with(
        Measure.ACTION,
        "",
        "GET /a",
        "",
        (i, cell) -> requests(cell, count.applyAsInt(i), meanSeconds.applyAsDouble(i)));
  }

  /** So many visits in a window that all take the same time. */
  public Planted visits(
      Measure measure,
      String instance,
      String subject,
      String detail,
      IntUnaryOperator count,
      double seconds) {
    return with(
        measure,
        instance,
        subject,
        detail,
        (i, cell) -> {
          for (int n = 0; n < count.applyAsInt(i); n++) {
            cell.record(seconds, false);
          }
        });
  }

  /** A level of the instance {@code w-1}, sampled once in each window. */
  public Planted level(Measure measure, String subject, IntToDoubleFunction value) {
    return with(
        measure, "w-1", subject, "", (i, cell) -> cell.sample(value.applyAsDouble(i), nanos(i)));
  }

  public static long nanos(int window) {
    return (START + 10L * window + 5) * 1_000_000_000L;
  }

  public double share(int i) {
    return i / (windows - 1.0);
  }

  public History history() {
    List<Series> series =
        cells.entrySet().stream().map(e -> Series.of(e.getKey(), e.getValue())).toList();
    return History.of(
        Resolution.TEN_SECONDS,
        Instant.ofEpochSecond(START),
        Instant.ofEpochSecond(START + 10L * windows),
        series,
        List.of());
  }
}
