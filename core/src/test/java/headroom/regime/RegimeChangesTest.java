package headroom.regime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headroom.model.Event;
import headroom.model.Measure;
import headroom.store.History;
import headroom.store.Planted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/** Half an hour in rows of ten seconds, with what is planted in the middle. */
final class RegimeChangesTest {
  private static final int WINDOWS = 180;
  private static final int MIDDLE = 90;
  private static final String STATEMENT = "SELECT rate";
  private static final int SEEDS = 30;

  /** Times around a median with a spread of half of it, as statements have. */
  private static Planted planted(
      long seed,
      IntUnaryOperator requests,
      IntToDoubleFunction statement,
      IntToDoubleFunction own) {
    var planted = new Planted(WINDOWS, seed);
    double[] level = new double[WINDOWS];
    for (int i = 0; i < WINDOWS; i++) {
      double before = i == 0 ? 0 : level[i - 1];
      level[i] = 0.5 * before + 0.03 * planted.random.nextGaussian();
    }
    IntToDoubleFunction statements = i -> statement.applyAsDouble(i) * Math.exp(level[i]);
    IntToDoubleFunction work = i -> own.applyAsDouble(i) * Math.exp(-level[i]);
    times(planted, Measure.STATEMENT, "", STATEMENT, "GET /a", requests, statements);
    times(planted, Measure.OPERATION_SELF, "w-1", "GET /a", "", requests, work);
    return times(
        planted,
        Measure.OPERATION,
        "w-1",
        "GET /a",
        "",
        requests,
        i -> statements.applyAsDouble(i) + work.applyAsDouble(i));
  }

  private static Planted times(
      Planted planted,
      Measure measure,
      String instance,
      String subject,
      String detail,
      IntUnaryOperator count,
      IntToDoubleFunction median) {
    return planted.with(
        measure,
        instance,
        subject,
        detail,
        (i, cell) -> {
          for (int n = 0; n < count.applyAsInt(i); n++) {
            double spread = Math.exp(0.5 * planted.random.nextGaussian());
            cell.record(median.applyAsDouble(i) * spread, false);
          }
        });
  }

  private static IntToDoubleFunction step(double before, double factor) {
    return i -> i < MIDDLE ? before : factor * before;
  }

  private static Instant middle(History history) {
    return history.from().plusSeconds(10L * MIDDLE);
  }

  private static History with(History history, Event event) {
    return new History(
        history.resolution(), history.from(), history.to(), history.series(), List.of(event));
  }

  @Test
  void aDatabaseThatIsSlowerFromTheMiddleOnIsSeen() {
    History history = planted(1, i -> 30, step(0.005, 1.29), i -> 0.005).history();

    List<RegimeChange> found = RegimeChanges.of(history);

    assertThat(found).hasSize(1);
    RegimeChange change = found.getFirst();
    assertThat(change.part()).isEqualTo("its statement " + STATEMENT);
    assertThat(change.ratio().ratio()).isCloseTo(1.29, within(0.06));
    assertThat(change.ratio().low()).isBetween(1.1, 1.29);
    assertThat(change.certain()).as(change.toString()).isTrue();
    assertThat(change.deploy()).isEmpty();
    assertThat(change.response().orElseThrow().ratio()).isCloseTo(1.15, within(0.06));
    assertThat(Duration.between(middle(history), change.since().likeliest()).abs())
        .isLessThan(Duration.ofSeconds(60));
    assertThat(RegimeChanges.latestSince(history).orElseThrow())
        .isBetween(middle(history).minusSeconds(30), middle(history).plusSeconds(120));
  }

  @Test
  void mostSeedsShowItAndNoneShowsWhatIsNot() {
    int seen = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      History quiet = planted(seed, i -> 30, i -> 0.005, i -> 0.005).history();
      assertThat(RegimeChanges.of(quiet)).as("seed " + seed).isEmpty();
      History slower = planted(seed, i -> 30, step(0.005, 1.29), i -> 0.005).history();
      seen += RegimeChanges.of(slower).size() == 1 ? 1 : 0;
    }
    assertThat(seen).isGreaterThanOrEqualTo(9 * SEEDS / 10);
  }

  @Test
  void whatBeganWithADeployIsTheDeploys() {
    History history = planted(2, i -> 30, i -> 0.005, step(0.005, 1.25)).history();
    var deploy =
        new Event("deploy", middle(history).plusSeconds(5), "wallet", Map.of("version", "4f2c"));

    RegimeChange change = RegimeChanges.of(with(history, deploy)).getFirst();

    assertThat(change.part()).isEqualTo("its own work");
    assertThat(change.deploy()).contains("wallet 4f2c");
    var other = new Event("deploy", deploy.at(), "quotes", Map.of());
    assertThat(RegimeChanges.of(with(history, other)).getFirst().deploy()).isEmpty();
  }

  @Test
  void moreLoadIsNotAnotherRegime() {
    for (int seed = 0; seed < SEEDS; seed++) {
      History more =
          planted(seed, i -> i < MIDDLE ? 20 : 60, step(0.005, 1.4), i -> 0.005).history();
      assertThat(RegimeChanges.of(more)).as("seed " + seed).isEmpty();
    }
  }

  @Test
  void timesThatFollowTheLoadAreNotAnotherRegime() {
    IntUnaryOperator wave = i -> (int) (40 + 25 * Math.sin(i / 25.0));
    for (int seed = 0; seed < SEEDS; seed++) {
      History waves =
          planted(seed, wave, i -> 0.005 * Math.pow(wave.applyAsInt(i) / 40.0, 0.7), i -> 0.005)
              .history();
      assertThat(RegimeChanges.of(waves)).as("seed " + seed).isEmpty();
    }
  }

  @Test
  void aBurstThatIsOverIsNoRegime() {
    for (int seed = 0; seed < SEEDS; seed++) {
      History burst =
          planted(seed, i -> 30, i -> i >= 100 && i < 104 ? 0.02 : 0.005, i -> 0.005).history();
      assertThat(RegimeChanges.of(burst)).as("seed " + seed).isEmpty();
    }
  }

  @Test
  void whatHadBeenSoBeforeIsNoNews() {
    for (int seed = 0; seed < SEEDS; seed++) {
      History again =
          planted(seed, i -> 30, i -> i / 45 % 2 == 1 ? 0.007 : 0.005, i -> 0.005).history();
      assertThat(RegimeChanges.of(again)).as("seed " + seed).isEmpty();
    }
  }

  @Test
  void whatBecameFasterBeginsARegimeToo() {
    History history = planted(3, i -> 30, step(0.01, 0.6), i -> 0.002).history();
    assertThat(RegimeChanges.of(history)).singleElement().matches(one -> !one.isSlower());
    assertThat(RegimeChanges.latestSince(history)).isPresent();
  }

  @Test
  void fewDeviationsOfStudentsLawAreFewerOfNormal() {
    assertThat(StepScan.asNormal(2, 1e6)).isCloseTo(2, within(1e-3));
    assertThat(StepScan.asNormal(12.7, 1)).isCloseTo(1.96, within(0.15));
    assertThat(StepScan.asNormal(4.03, 5)).isCloseTo(2.58, within(0.05));
  }
}
