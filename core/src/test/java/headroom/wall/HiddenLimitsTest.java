package headroom.wall;

import static org.assertj.core.api.Assertions.assertThat;

import headroom.model.Measure;
import headroom.model.StationKind;
import headroom.store.Planted;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HiddenLimitsTest {
  private static final int WINDOWS = 120;
  private static final int LIMIT = 10;

  private static int arrivals(int window) {
    return (int) Math.round(400 - 200 * Math.cos(2 * Math.PI * window / 60.0));
  }

  /**
   * A pool that is full at about four times the peak, and responses that also wait for a lock.
   *
   * @param lockSeconds how long each request holds the lock, 0 for none
   */
  private static Planted shop(double lockSeconds) {
    return new Planted(WINDOWS, 5)
        .actions(
            HiddenLimitsTest::arrivals,
            i -> 0.01 + lockSeconds / (1 - arrivals(i) / 10.0 * lockSeconds))
        .visits(Measure.POOL_HOLD, "w-1", "ledger", "", HiddenLimitsTest::arrivals, 0.04)
        .level(Measure.POOL_LIMIT, "ledger", i -> LIMIT);
  }

  private static Walls walls(Planted planted) {
    return WallPredictor.predict(planted.history(), Objective.DEFAULT, new SplittableRandom(1));
  }

  private static @Nullable HiddenLimit hidden(Planted planted) {
    return walls(planted).hidden();
  }

  @Test
  void waitsThatNoStationExplainsHintAtALimit() {
    HiddenLimit hint = Objects.requireNonNull(hidden(shop(0.005)));
    assertThat(hint.because()).contains("beyond what the stations that report explain");
    // One by one at 60/s and 5 ms: the lock is full at 3.3 times the peak.
    assertThat(hint.atLeast().orElseThrow()).isBetween(2.0, 3.34);
  }

  @Test
  void responsesThatTakeAsLongAtAnyLoadHintAtNothing() {
    assertThat(hidden(shop(0))).isNull();
  }

  @Test
  void whoIsCalledForLongAndReportsNothingMayBeTheLimit() {
    HiddenLimit bank = Objects.requireNonNull(hidden(calling("bank")));
    assertThat(bank.because()).contains("calls to bank are 30 % of the response time");
    assertThat(bank.name()).isEqualTo("bank");
    assertThat(bank.atLeast()).as("that it bears today's load is no news").isEmpty();
    assertThat(bank.wouldTell()).contains("what bank reports");
    assertThat(hidden(calling("wallet"))).as("it reports").isNull();
  }

  @Test
  void connectionsOfWhichNobodyTellsHowManyThereAreMayBeTheLimit() {
    Planted bare =
        new Planted(WINDOWS, 5)
            .actions(HiddenLimitsTest::arrivals, i -> 0.01)
            .visits(Measure.HOLD, "", "GET /a", "ledger", HiddenLimitsTest::arrivals, 0.004);
    HiddenLimit hint = Objects.requireNonNull(hidden(bare));
    assertThat(hint.name()).startsWith("connections of ").endsWith(" to its database");
    assertThat(hint.because()).contains("nothing reports how many there are");
    assertThat(hint.wouldTell()).contains("db.client.connection.max");
    assertThat(
            hidden(
                shop(0)
                    .visits(
                        Measure.HOLD, "", "GET /a", "ledger", HiddenLimitsTest::arrivals, 0.004)))
        .as("its pool is told")
        .isNull();
  }

  private static Planted calling(String peer) {
    return shop(0).visits(Measure.CALL, "", "GET /a", peer, HiddenLimitsTest::arrivals, 0.003);
  }

  @Test
  void aLimitThatDoesNotFitWhatWasSeenIsNotBelieved() {
    Wall above = pool(i -> i % 20 == 0 ? LIMIT + 4 : 3, i -> 0);
    assertThat(above.multiple()).isNull();
    assertThat(above.notes())
        .contains("the limit reported does not fit what was seen: up to 14 were in use at once");

    Wall below = pool(i -> 4, i -> i % 10 == 0 ? 2 : 0);
    assertThat(below.multiple()).isNull();
    assertThat(below.notes())
        .contains("the limit reported does not fit what was seen: requests waited well below it");
  }

  @Test
  void aLimitThatWasReachedIsBelieved() {
    assertThat(pool(i -> i == 7 ? LIMIT + 4 : 3, i -> 0).multiple()).as("a change").isNotNull();
    assertThat(pool(i -> i % 20 == 0 ? LIMIT : 3, i -> i % 20 == 0 ? 5 : 0).multiple())
        .as("full now and then")
        .isNotNull();
  }

  private static Wall pool(IntUnaryOperator used, IntUnaryOperator waiting) {
    Planted planted =
        shop(0)
            .level(Measure.POOL_USED, "ledger", used::applyAsInt)
            .level(Measure.POOL_PENDING, "ledger", waiting::applyAsInt);
    return walls(planted).walls().getFirst();
  }

  @Test
  void aFewSlowMinutesAreNoWall() {
    Planted planted = new Planted(40, 1).actions(i -> 200 + 2 * i, i -> i < 8 ? 0.16 : 0.1);
    assertThat(walls(planted).walls()).noneMatch(wall -> wall.kind() == StationKind.OBJECTIVE);
  }
}
