package headroom.cli.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headroom.model.Measure;
import headroom.rollup.Cell;
import headroom.rollup.ExponentialHistogram;
import headroom.rollup.Resolution;
import headroom.store.RollupStore;
import headroom.store.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;

/** What must be in a store once all states of {@link ShopPage} have come, whichever way. */
final class ShopSeries {
  private ShopSeries() {}

  /** Samples of the pool: one a state. */
  static long states(RollupStore store) {
    return series(store, Measure.POOL_USED).stream().mapToLong(one -> one.total().count()).sum();
  }

  /** Whether all increases have come. */
  static void assertWhole(RollupStore store) {
    assertThat(
            series(store, Measure.SERVER_DURATION).stream().mapToLong(o -> o.total().count()).sum())
        .isEqualTo(100L * (ShopPage.STATES - 1));
    assertThat(series(store, Measure.CPU_TIME).stream().mapToDouble(o -> o.total().sum()).sum())
        .isCloseTo(20 * (ShopPage.STATES - 1), within(1e-6));
  }

  static void assertThere(RollupStore store, String instance) {
    int increases = ShopPage.STATES - 1;
    Series requests = only(store, Measure.SERVER_DURATION, instance);
    assertThat(requests.key().subject()).isEqualTo("POST /pay");
    Cell all = requests.total();
    assertThat(all.count()).isEqualTo(100L * increases);
    assertThat(all.sum()).isCloseTo(20 * increases, within(1e-6));
    ExponentialHistogram histogram = Objects.requireNonNull(all.histogram());
    assertThat(histogram.quantile(0.3)).isCloseTo(0.05, within(0.004));
    assertThat(histogram.quantile(0.6)).isCloseTo(0.1, within(0.005));
    assertThat(histogram.quantile(0.9)).isCloseTo(0.5, within(0.02));
    assertThat(only(store, Measure.CPU_TIME, instance).total().sum())
        .isCloseTo(20 * increases, within(1e-6));
    assertThat(only(store, Measure.POOL_USED, instance).key().subject()).isEqualTo("ledger");
    assertThat(only(store, Measure.POOL_USED, instance).total().sum())
        .isEqualTo(4 * ShopPage.STATES);
    assertThat(only(store, Measure.POOL_LIMIT, instance).total().max()).isEqualTo(10);
  }

  private static Series only(RollupStore store, Measure measure, String instance) {
    List<Series> all = series(store, measure);
    assertThat(all).as(measure.toString()).hasSize(1);
    assertThat(all.getFirst().key().service()).isEqualTo("shop");
    assertThat(all.getFirst().key().instance()).isEqualTo(instance);
    return all.getFirst();
  }

  private static List<Series> series(RollupStore store, Measure measure) {
    Instant now = Instant.now();
    return store
        .history(
            Resolution.TEN_SECONDS,
            now.minus(Duration.ofHours(1)),
            now.plus(Duration.ofMinutes(5)),
            EnumSet.of(measure))
        .of(measure);
  }
}
