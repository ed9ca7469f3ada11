package headroom.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import headroom.drift.HourlySeries.Column;
import headroom.model.Measure;
import headroom.model.SeriesKey;
import headroom.rollup.Cell;
import headroom.store.Series;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ResidualsTest {
  private static final int LENGTH = PlantedHours.LENGTH;

  /** Days that differ, as traffic does, so that load is no function of the hour. */
  private static double[] load(long seed) {
    var random = new SplittableRandom(seed);
    double[] load = new double[LENGTH];
    double day = 0;
    for (int t = 0; t < LENGTH; t++) {
      day = t % 24 == 0 ? 0.2 * random.nextGaussian() : day;
      load[t] = 8 + day + 0.6 * Math.sin(t / 24.0 * 2 * Math.PI) + 0.05 * random.nextGaussian();
    }
    return load;
  }

  private static double latency(double load) {
    double utilization = 0.45 * Math.exp(load - 8.6);
    return Math.log(1 / (1 - Math.min(0.9, utilization)));
  }

  @Test
  void whatLoadDoesIsNoResidual() {
    double[] load = load(1);
    double[] noise = PlantedHours.noise(0.4, 2);
    double[] y = new double[LENGTH];
    Arrays.setAll(y, t -> latency(load[t]) + noise[t]);
    Residuals r =
        Objects.requireNonNull(Residuals.of(PlantedHours.SPAN, y, load, new double[LENGTH]));
    assertThat(r.sigma).isBetween(0.008, 0.014);
    assertThat(r.phi).isBetween(0.25, 0.55);
    int compared = 0;
    for (int t = 0; t < PlantedHours.BASELINE; t++) {
      if (!Double.isNaN(r.values[t])) {
        assertThat(r.values[t]).isCloseTo(noise[t], offset(0.08));
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(590);
  }

  @Test
  void hoursBeyondTheUsualLoadAreNotCompared() {
    double[] load = load(1);
    for (int t = 800; t < LENGTH; t++) {
      load[t] += 0.7;
    }
    double[] y = new double[LENGTH];
    double[] noise = PlantedHours.noise(0.4, 2);
    Arrays.setAll(y, t -> latency(load[t]) + noise[t]);
    Residuals r =
        Objects.requireNonNull(Residuals.of(PlantedHours.SPAN, y, load, new double[LENGTH]));
    assertThat(Arrays.stream(r.values, 800, LENGTH).filter(Double::isNaN).count()).isPositive();
    Change change = ChangeScan.best(r);
    assertThat(change == null || change.z() < ChangeCriteria.WATCH).isTrue();
  }

  @Test
  void tooShortABaselineSaysNothing() {
    double[] y = new double[LENGTH];
    Arrays.fill(y, 0, PlantedHours.BASELINE - 150, Double.NaN);
    assertThat(Residuals.of(PlantedHours.SPAN, y, load(1), new double[LENGTH])).isNull();
  }

  @Test
  void longBlocksOfWanderingLevelsDifferMore() {
    double[] independent = PlantedHours.noise(0, 4);
    double[] wandering = PlantedHours.noise(0.98, 4);
    NoiseLaw one = NoiseLaw.of(independent, LENGTH, 1);
    NoiseLaw other = NoiseLaw.of(wandering, LENGTH, 1);
    assertThat(one.variance(6) / one.variance(96)).isBetween(6.0, 30.0);
    assertThat(other.variance(6) / other.variance(96)).isBetween(0.5, 6.0);
    assertThat(one.variance(24)).isGreaterThan(one.variance(48));
    assertThat(one.variance(1)).isGreaterThan(one.variance(6));
  }

  /** Buckets are a per cent wide, quantiles a tenth of that. */
  @Test
  void quantilesAreFinerThanBuckets() {
    var key = new SeriesKey(Measure.OPERATION, "wallet", "", "GET /a", "");
    for (int step = 0; step < 20; step++) {
      double median = 0.02 * Math.exp(0.001 * step);
      var random = new SplittableRandom(5);
      var cell = new Cell();
      double[] logs = new double[40_000];
      for (int i = 0; i < logs.length; i++) {
        logs[i] = Math.log(median) + 0.4 * random.nextGaussian();
        cell.record(Math.exp(logs[i]), false);
      }
      var cells = new TreeMap<Long, Cell>();
      cells.put(PlantedHours.FROM * 3_600, cell);
      HourlySeries hours = HourlySeries.of(Series.of(key, cells));
      Arrays.sort(logs);
      assertThat(hours.column(Column.P50, PlantedHours.FROM, PlantedHours.FROM + 1)[0])
          .isCloseTo(logs[20_000], offset(0.001));
      assertThat(hours.column(Column.P99, PlantedHours.FROM, PlantedHours.FROM + 1)[0])
          .isCloseTo(logs[39_600], offset(0.003));
    }
  }

  @Test
  void rowsOfTenMinutesGiveTheSameHours() {
    var key = new SeriesKey(Measure.OPERATION, "wallet", "", "GET /a", "");
    var fine = new TreeMap<Long, Cell>();
    var coarse = new TreeMap<Long, Cell>();
    var random = new SplittableRandom(6);
    for (int i = 0; i < 6_000; i++) {
      double value = Math.exp(random.nextGaussian());
      long second = PlantedHours.FROM * 3_600 + random.nextInt(7_200);
      fine.computeIfAbsent(second / 600 * 600, unused -> new Cell()).record(value, false);
      coarse.computeIfAbsent(second / 3_600 * 3_600, unused -> new Cell()).record(value, false);
    }
    HourlySeries one = HourlySeries.of(Series.of(key, fine));
    HourlySeries other = HourlySeries.of(Series.of(key, coarse));
    for (Column column : new Column[] {Column.COUNT, Column.P50, Column.P95, Column.P99}) {
      assertThat(one.column(column, PlantedHours.FROM - 1, PlantedHours.FROM + 3))
          .containsExactly(other.column(column, PlantedHours.FROM - 1, PlantedHours.FROM + 3));
    }
  }
}
