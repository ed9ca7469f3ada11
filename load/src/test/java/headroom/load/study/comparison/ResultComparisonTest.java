package headroom.load.study.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headroom.load.study.comparison.ResultComparison.Change;
import headroom.load.study.comparison.ResultComparison.Direction;
import headroom.load.study.comparison.Sample.Attempts;
import headroom.load.study.comparison.Sample.Batch;
import headroom.rollup.ExponentialHistogram;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Changes that are there are found, changes that are not are not claimed. */
class ResultComparisonTest {
  private static final String STEP = "GET /";

  /**
   * Log-normal response times whose level wanders from batch to batch, as a shared machine's do.
   */
  private static Sample sample(long seed, double median, double errorShare, int batches) {
    var random = new SplittableRandom(seed);
    var list = new ArrayList<Batch>();
    for (int i = 0; i < batches; i++) {
      double level = median * Math.exp(0.1 * random.nextGaussian());
      var histogram = new ExponentialHistogram();
      long errors = 0;
      for (int n = 0; n < 300; n++) {
        histogram.record(level * Math.exp(0.5 * random.nextGaussian()));
        errors += random.nextDouble() < errorShare ? 1 : 0;
      }
      list.add(new Batch(300, errors, histogram));
    }
    return new Sample(true, "http://t", Map.of(STEP, list), Map.of());
  }

  private static Sample withRetries(Sample sample, long requests, long attempts, long refused) {
    return new Sample(
        sample.valid(),
        sample.target(),
        sample.steps(),
        Map.of(STEP, new Attempts(requests, attempts, refused)));
  }

  private static Change change(Sample before, Sample after, String what) {
    return ResultComparison.of(before, after, 1).steps().getFirst().changes().stream()
        .filter(change -> change.what().equals(what))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aSlowerRunIsWorseAndTheOtherWayRoundBetter() {
    Sample fast = sample(1, 0.1, 0, 20);
    Sample slow = sample(2, 0.15, 0.05, 20);

    Change worse = change(fast, slow, "p99");
    assertThat(worse.direction()).isEqualTo(Direction.WORSE);
    assertThat(worse.change().getAsDouble()).isBetween(1.3, 1.7);
    assertThat(worse.low().getAsDouble()).isLessThan(worse.change().getAsDouble());
    assertThat(change(slow, fast, "p99").direction()).isEqualTo(Direction.BETTER);
    assertThat(change(fast, slow, "errors").direction()).isEqualTo(Direction.WORSE);
    assertThat(ResultComparison.of(fast, slow, 1).isWorse()).isTrue();
    assertThat(ResultComparison.of(slow, fast, 1).isWorse()).isFalse();
  }

  @Test
  void theIntervalHoldsTheTruthAboutAsOftenAsItSays() {
    int inside = 0;
    int runs = 80;
    for (int seed = 0; seed < runs; seed++) {
      Change change = change(sample(seed, 0.1, 0, 20), sample(1_000 + seed, 0.12, 0, 20), "p50");
      boolean holds = change.low().getAsDouble() <= 1.2 && change.high().getAsDouble() >= 1.2;
      inside += holds ? 1 : 0;
    }
    // 95 % are promised; a bootstrap over twenty batches keeps a little less.
    assertThat((double) inside / runs).isBetween(0.86, 1.0);
  }

  @Test
  void littleDataAllowsNoClaim() {
    Change change = change(sample(1, 0.1, 0, 4), sample(2, 0.5, 0, 20), "p99");
    assertThat(change.direction()).isEqualTo(Direction.UNKNOWN);
    assertThat(change.before()).isPresent();
    assertThat(change.low()).isEmpty();
  }

  @Test
  void stepsThatOneRunLacksAreNamed() {
    Sample one = sample(1, 0.1, 0, 20);
    Sample other = new Sample(true, "", Map.of("GET /new", List.of()), Map.of());
    ResultComparison comparison = ResultComparison.of(one, other, 1);
    assertThat(comparison.onlyBefore()).containsExactly(STEP);
    assertThat(comparison.onlyAfter()).containsExactly("GET /new");
    assertThat(comparison.isWorse()).isFalse();
  }

  @Test
  void attemptsAreToldWhereEitherRunSendsAgain() {
    Sample once = sample(1, 0.1, 0, 20);
    Sample naive = withRetries(sample(2, 0.1, 0, 20), 1_000, 2_500, 0);
    Sample budgeted = withRetries(sample(3, 0.1, 0, 20), 1_000, 1_100, 40);

    Change attempts = change(once, naive, "attempts");
    assertThat(attempts.before()).hasValue(1);
    assertThat(attempts.after()).hasValue(2.5);
    assertThat(attempts.change()).hasValue(2.5);
    assertThat(attempts.low()).isEmpty();
    assertThat(attempts.direction()).isEqualTo(Direction.NOT_JUDGED);
    assertThat(change(naive, once, "attempts").change()).hasValue(0.4);

    Change refused = change(naive, budgeted, "refusedByBudget");
    assertThat(refused.before()).hasValue(0);
    assertThat(refused.after()).hasValue(0.04);
    assertThat(refused.change()).hasValue(0.04);
    assertThat(ResultComparison.of(once, naive, 1).isWorse()).isFalse();

    assertThat(ResultComparison.of(once, once, 1).steps().getFirst().changes())
        .extracting(Change::what)
        .containsExactly("p50", "p90", "p99", "errors");
  }

  @Test
  void aRunInWhichNoRequestEndedHasNoAttemptsPerRequest() {
    Sample none = withRetries(sample(1, 0.1, 0, 20), 0, 3, 0);
    Change attempts = change(none, sample(2, 0.1, 0, 20), "attempts");
    assertThat(attempts.before()).isEmpty();
    assertThat(attempts.after()).hasValue(1);
    assertThat(attempts.change()).isEmpty();
  }

  @Test
  void retriesAreReadFromAResult() {
    Sample read =
        Sample.read(
            """
            {"valid": true, "target": "http://t", "batches": {"steps": {"GET /": [], "GET /b": []}},
             "steps": {"GET /": {"count": 7, "retries": {"requests": 7, "attempts": 9,
               "perRequest": 1.28, "refusedByBudget": 1}}, "GET /b": {"count": 2}}}
            """);
    assertThat(read.retries()).isEqualTo(Map.of(STEP, new Attempts(7, 9, 1)));
  }

  @Test
  void anythingElseThanAResultIsRefused() {
    assertThatThrownBy(() -> Sample.read("{")).hasMessageContaining("not a result.json");
    assertThatThrownBy(() -> Sample.read("{}")).hasMessageContaining("no batches");
  }
}
