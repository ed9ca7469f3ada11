package headroom.queueing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headroom.testkit.ForAll;
import org.junit.jupiter.api.Test;

class DelayGridTest {
  private record Delays(double base, Waiting first, Waiting second) {}

  private static Waiting waiting(java.util.random.RandomGenerator random) {
    return new Waiting(0.05 + 0.9 * random.nextDouble(), 1 + 50 * random.nextDouble());
  }

  @Test
  void oneWaitGivesItsOwnTail() {
    ForAll.cases(200)
        .check(
            random -> new Delays(0.3 * random.nextDouble(), waiting(random), Waiting.NONE),
            delays -> {
              var grid = new DelayGrid(0.5, 256);
              grid.add(delays.base, 1);
              grid.delay(delays.first, 1);
              assertThat(grid.beyond())
                  .isCloseTo(delays.first.longerThan(0.5 - delays.base), within(0.005));
            });
  }

  @Test
  void twoWaitsAddUpInAnyOrder() {
    ForAll.cases(200)
        .check(
            random -> new Delays(0.1, waiting(random), waiting(random)),
            delays -> {
              var one = new DelayGrid(0.5, 128);
              one.add(delays.base, 0.7);
              one.delay(delays.first, 0.6);
              one.delay(delays.second, 1);
              var other = new DelayGrid(0.5, 128);
              other.add(delays.base, 0.7);
              other.delay(delays.second, 1);
              other.delay(delays.first, 0.6);
              assertThat(one.beyond()).isCloseTo(other.beyond(), within(1e-9));
            });
  }

  @Test
  void undelayIsTheInverse() {
    ForAll.cases(200)
        .check(
            random -> new Delays(0.4 * random.nextDouble(), waiting(random), waiting(random)),
            delays -> {
              var grid = new DelayGrid(0.5, 128);
              grid.add(delays.base, 1);
              grid.delay(delays.second, 0.8);
              double before = grid.beyond();
              grid.delay(delays.first, 0.9);
              grid.undelay(delays.first, 0.9);
              assertThat(grid.beyond()).isCloseTo(before, within(1e-9));
            });
  }

  @Test
  void whatIsBeyondStaysBeyondAndTheLostAreBeyond() {
    var grid = new DelayGrid(0.5, 100);
    grid.add(0.6, 0.25);
    grid.add(0.1, 0.75);
    assertThat(grid.beyond()).isCloseTo(0.25, within(1e-12));
    grid.lose(0.5);
    assertThat(grid.beyond()).isCloseTo(0.625, within(1e-12));
    grid.clear();
    assertThat(grid.beyond()).isZero();
  }
}
