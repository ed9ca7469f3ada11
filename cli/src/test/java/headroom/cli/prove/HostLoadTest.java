package headroom.cli.prove;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HostLoadTest {
  @Test
  void sharesAreOfAllProcessors() {
    var before = HostLoad.marked("cpu  100 0 50 800 50 0 0 0 0 0", 0, threads(10, 5), 0);
    var now = HostLoad.marked("cpu  150 10 60 900 70 0 0 10 0 0", 1_000_000_000L, threads(40, 15), 1_000_000_000L);

    HostLoad load = HostLoad.between(before, now, 4);

    assertThat(load.busy()).hasValue(0.4);
    assertThat(load.steal()).hasValue(0.05);
    assertThat(load.own()).hasValue(0.25);
    assertThat(load.delay()).hasValue(0.25);
    assertThat(load.isDisturbed()).isFalse();
  }

  @Test
  void nothingIsMadeUpWhereTheSystemDoesNotTell() {
    var mark = HostLoad.marked("", 0, threads(0, 0), 0);

    HostLoad load = HostLoad.between(mark, HostLoad.marked("", 5, threads(0, 0), 1_000), 1);

    assertThat(load.busy()).isEmpty();
    assertThat(load.steal()).isEmpty();
    assertThat(load.own()).hasValue(0.005);
    assertThat(load.delay()).isEmpty();
  }

  @Test
  void thisMachineCanBeReadTwice() {
    HostLoad load = HostLoad.since(HostLoad.mark());

    assertThat(load.own()).isPresent();
    assertThat(load.delay().orElse(0)).isBetween(0.0, 1.0);
  }

  private static long[] threads(long ran, long waited) {
    return new long[] {ran, waited};
  }
}
